"""Mistakes in writing YAML, in words for people who do not know what a token or a flow sequence is."""

from __future__ import annotations

import re

import yaml

__all__ = ["UNPRINTABLE", "explain_mistake"]

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_INDENT = "Line it up with the lines it belongs to, with spaces"
_QUOTE = "Put quotes around text that holds “: ” or “ #”, or that starts with a sign such as @ % & * ! | > [ {"

_MISTAKES = (
    ("found a tab character", "has a tab where spaces are needed", _INDENT),
    ("mapping values are not allowed", "has a second “: ” in one line", _QUOTE),
    ("cannot start any token", "starts a value with “{char}”", _QUOTE),
    ("could not find expected ':'", "has a line without “key:”", _INDENT),
    ("did not find expected key", "is out of line, or text goes on after a closing quote", f"{_INDENT}; check quotes"),
    ("expected <block end>", "is out of line, or text goes on after a closing quote", f"{_INDENT}; check quotes"),
    ("did not find expected '-' indicator", "is out of line with the list before it", _INDENT),
    ("expected ',' or", "has a list or group in brackets that is not closed", "Add the bracket or comma"),
    ("unexpected end of stream", "has a quote that is never closed", "Close it"),
    ("unknown escape character", "has a backslash inside double quotes", "Use single quotes, or write two backslashes"),
    (
        "found unexpected ':'",
        "has a colon without a space after it",
        "Put a space after the colon, or quotes around it",
    ),
    ("escape code", "has a backslash code for half of a character", "Type the character itself"),
)
"""A part of what the YAML parser says (the fast one or the slow one), and what it means to whoever wrote the file."""

_OPENED = ("expected ',' or", "unexpected end of stream")
"""Where the start matters, because the end that is missing can be noticed lines later."""


def explain_mistake(error: yaml.YAMLError, text: str) -> tuple[int, str, str, str]:
    """The rest of a fault: line (0 if unknown), place (none), what is wrong there, and how to put it right."""
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        return line, "", f"holds the control character U+{ord(unprintable[0]):04X}", "Delete it; no screen shows it"
    said = " ".join(str(getattr(error, part, None) or "") for part in ("context", "problem")).strip()
    said = said or " ".join(str(error).split())
    mark = _mark(error, said)
    line, column = (mark.line, mark.column) if mark else (-1, 0)
    for phrase, problem, remedy in _MISTAKES:
        if phrase in said:
            return line + 1, "", problem.format(char=_char_at(text, line, column)), remedy
    return line + 1, "", f"is not valid YAML: {said}", "Check indentation, quotes, colons and brackets there"


def _mark(error: yaml.YAMLError, said: str) -> yaml.Mark | None:
    start, end = (getattr(error, name, None) for name in ("context_mark", "problem_mark"))
    is_opened = any(phrase in said for phrase in _OPENED)
    return (start or end) if is_opened else (end or start)


def _char_at(text: str, line: int, column: int) -> str:
    lines = text.splitlines()
    found = lines[line][column : column + 1] if 0 <= line < len(lines) else ""
    return "a tab" if found == "\t" else found
