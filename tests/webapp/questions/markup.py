"""Markup as a tree that can be compared and asked, whatever its blanks and the order of its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "meta", "link"}


@dataclass
class Element:
    """An element; text is a string among its children, with single blanks."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, tag: str, **attributes: str) -> Element:
        """The only element with this tag and these attributes."""
        found = self.find_all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    def find_all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [each for each in self.walk() if each.tag == tag and wanted.items() <= each.attributes.items()]

    @property
    def text(self) -> str:
        """The text of the whole element; that of a textarea as it was typed."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs), f"{tag} says an attribute twice"
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"{tag} is closed out of turn"

    def handle_data(self, data: str) -> None:
        text = data if self.open[-1].tag == "textarea" else " ".join(data.split())
        if text:
            self.open[-1].children.append(text)


def parse(markup: str | bytes) -> Element:
    """The tree of a piece of HTML, in UTF-8 where it is bytes; every element must be closed in turn."""
    builder = _Builder()
    builder.feed(markup if isinstance(markup, str) else markup.decode())
    builder.close()
    assert len(builder.open) == 1, f"{builder.open[-1].tag} is not closed"
    return builder.open[0]


def post(root: Element) -> dict[str, str]:
    """What a browser posts of a form; line breaks as browsers send them."""
    sent: dict[str, str] = {}
    for each in root.walk():
        name = each.attributes.get("name", "")
        kind = each.attributes.get("type")
        if each.tag == "textarea":
            sent[name] = re.sub("\r\n|\r|\n", "\r\n", each.text.removeprefix("\n"))
        elif each.tag == "input" and (kind not in ("radio", "checkbox") or "checked" in each.attributes):
            sent[name] = each.attributes["value"]
    return sent
