"""A blank assessment as YAML, with what a person needs to know in comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from selfassess.blanks.content import Blank, BlankPractice, BlankTheme
from selfassess.model.answer import NA

__all__ = ["render_blank_yaml"]

_WIDTH = 100


def render_blank_yaml(blank: Blank) -> bytes:
    """The assessment with every practice unanswered."""
    lines = [*_head(blank), "answers:"]
    for part in blank.themes:
        lines.extend(_theme(part))
    return "\n".join([*lines, ""]).encode()


def _head(blank: Blank) -> Iterator[str]:
    yield from _comment(f"{blank.title}.")
    yield from _comment(blank.questionnaire.introduction)
    yield "#"
    yield from _comment("After each practice write one of these, as the number, the letters or the words:")
    for level in blank.levels:
        yield from _comment(f"{level.code}  {level.label}: {level.meaning}", hang="     ")
    yield "#"
    yield from _comment("To say more, write it so; a reason is needed for NA:")
    code = next(practice.id for practice in blank.practices)
    yield f"#   {code}: {{level: 2, note: Agreed in May, evidence: [Minutes of 4 May, https://intranet.example/policy]}}"
    yield f"#   {code}: {{level: {NA}, reason: Why it does not apply}}"
    yield ""
    yield f"standard: {{id: {blank.standard.id}, version: {blank.standard.version}}}"
    yield f"questionnaire: {blank.questionnaire.id}"
    yield "organisation:"
    yield '  name: ""'
    yield f"  kind: {blank.kind.id if blank.kind else ''}".rstrip() + _kinds(blank)
    yield "  # reference: the code by which you will know it again next year"
    yield "  # group: region or group"
    yield "# date: 2026-11-21"
    yield ""


def _kinds(blank: Blank) -> str:
    return "" if blank.kind else f"  # one of: {', '.join(blank.standard.kinds)}"


def _theme(part: BlankTheme) -> Iterator[str]:
    yield ""
    yield from _comment(f"== {part.theme.title} ==", indent="  ")
    yield from _comment(part.theme.introduction, indent="  ")
    for practice in part.practices:
        yield ""
        yield from _practice(practice)


def _practice(practice: BlankPractice) -> Iterator[str]:
    only = f"; asked of: {practice.asked_of}" if practice.asked_of else ""
    yield from _comment(f"{practice.title} ({practice.tier}{only})", indent="  ")
    for line in practice.statement.split("\n"):
        yield from _comment(line, indent="  ")
    yield from _comment(f"Evidence: {'; '.join(practice.evidence)}", indent="  ")
    if practice.na_hint:
        yield from _comment(practice.na_hint, indent="  ")
    yield f"  {practice.id}:"


def _comment(text: str, *, indent: str = "", hang: str = "") -> list[str]:
    """A comment; every line of it starts with #, so that no text of a standard can become data."""
    start = f"{indent}# "
    return textwrap.wrap(text, _WIDTH, initial_indent=start, subsequent_indent=start + hang, break_on_hyphens=False)
