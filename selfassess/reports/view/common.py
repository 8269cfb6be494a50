"""What several parts of a report show in the same way: answers, practices, evidence, counts."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from selfassess.model.answer import Code
from selfassess.model.practice import Practice
from selfassess.model.standard import Standard
from selfassess.reports.words import LEVEL_KEYS, LEVEL_MARKS, NOT_ANSWERED

__all__ = ["Evidence", "Level", "Named", "name_practices", "show_evidence", "show_level"]

_URL_CHARACTERS = "!#$%&'()*+,/:;=?@[]~-._"


@dataclass(frozen=True, slots=True)
class Level:
    """An answer as people see it.

    Attributes:
        key: Its name in the style sheet.
        mark: A sign beside the words.
        label: What the standard calls it.
    """

    key: str
    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class Named:
    """A practice by id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence as it was typed, with the address to follow where it is one."""

    text: str
    link: str | None


def show_level(standard: Standard, level: Code | None) -> Level:
    """An answer in the standard's words."""
    label = NOT_ANSWERED if level is None else standard.level_labels[level]
    return Level(LEVEL_KEYS[level], LEVEL_MARKS[level], label)


def name_practices(*practices: Practice) -> tuple[Named, ...]:
    """Practices by id and title, in the order given."""
    return tuple(Named(practice.id, practice.title) for practice in practices)


def show_evidence(text: str) -> Evidence:
    """What was typed; a link only for an address of the web, written in plain ASCII."""
    address = text.strip()
    return Evidence(text, _quote(address) if _is_web_address(address) else None)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(map(str.isspace, text))


def _quote(address: str) -> str:
    return quote(address, safe=_URL_CHARACTERS, errors="replace")
