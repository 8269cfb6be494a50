"""What a page would send: its forms as they stand, and the links that carry values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from tests.webapp.pages import Page

__all__ = ["Sendable", "find_sendable"]

_SAMPLES = {"email": "somebody@example.org"}


@dataclass(frozen=True)
class Sendable:
    """A form or a link.

    Attributes:
        fields: What it sends as it stands; what is empty and can be typed has some text.
        choices: Each name with every value that it can have.
    """

    method: str
    address: str
    fields: dict[str, str]
    choices: tuple[tuple[str, str], ...]


def find_sendable(page: Page, address: str) -> Iterator[Sendable]:
    """Every form of a page, and every link with values in its address."""
    for form in page.all("form"):
        target, method = form.get("action") or address, (form.get("method") or "get").upper()
        yield Sendable(method, target, _fields(form), tuple(_choices(form)))
    for link in page.all("a[href*='?']"):
        parts = urlsplit(link.get("href"))
        values = parse_qsl(parts.query)
        yield Sendable("GET", parts.path, dict(values), tuple(values))


def _choices(form: HtmlElement) -> Iterator[tuple[str, str]]:
    for field in form.cssselect("input[name], button[name]"):
        yield field.get("name"), field.get("value") or ""
    for option in form.cssselect("select option"):
        yield next(option.iterancestors("select")).get("name"), option.get("value") or ""


def _fields(form: HtmlElement) -> dict[str, str]:
    fields: dict[str, str] = {}
    for field in form.cssselect("input[name], select[name], textarea[name]"):
        kind, name = field.get("type") or "text", field.get("name")
        if kind in ("radio", "checkbox"):
            if field.get("checked") is not None or (kind == "radio" and name not in fields):
                fields[name] = field.get("value") or "y"
        else:
            fields[name] = _value(field) or _SAMPLES.get(kind, "" if kind == "hidden" else "Words")
    return fields


def _value(field: HtmlElement) -> str:
    if field.tag == "select":
        chosen = field.cssselect("option[selected]") or field.cssselect("option")
        return chosen[0].get("value") or ""
    return (field.text if field.tag == "textarea" else field.get("value")) or ""
