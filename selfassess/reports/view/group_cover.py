"""The cover of the group report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.group import GroupSummary, Member
from selfassess.reports.view.group_common import list_kinds, tally
from selfassess.reports.words import count, day, sentence

__all__ = ["GroupCover", "show_group_cover"]

NAMED_GROUPS = 12


@dataclass(frozen=True, slots=True)
class GroupCover:
    """Who was assessed together, when and against what."""

    name: str
    standard: str
    about: str
    facts: tuple[tuple[str, str], ...]
    banners: tuple[str, ...]


def show_group_cover(summary: GroupSummary) -> GroupCover:
    """The cover."""
    facts = (
        ("Took part", sentence(count(len(summary.members), "organisation")).removesuffix(".")),
        ("Kinds", _kinds(summary)),
        ("Groups", _groups(summary.members)),
        ("Dates", _dates(summary.members)),
        ("Questionnaires", _questionnaires(summary)),
        ("Standard", f"{summary.standard.title}, version {summary.standard.version}"),
        ("Not scored", _not_scored(summary)),
    )
    return GroupCover(
        name=_name(summary.members),
        standard=summary.standard.title,
        about=summary.standard.head.summary,
        facts=tuple((name, value) for name, value in facts if value),
        banners=tuple(_banners(summary)),
    )


def _name(members: tuple[Member, ...]) -> str:
    """The group that all belong to; where they are of several, how many there are."""
    groups = {member.group for member in members}
    if len(groups) == 1 and groups != {""}:
        return groups.pop()
    if len(members) == 1:
        return members[0].name
    return sentence(count(len(members), "organisation")).removesuffix(".")


def _kinds(summary: GroupSummary) -> str:
    numbers = ((kind.title, sum(m.kind == kind.id for m in summary.members)) for kind in list_kinds(summary))
    return "; ".join(f"{title}: {number}" for title, number in numbers)


def _groups(members: tuple[Member, ...]) -> str:
    groups = {member.group for member in members}
    if groups <= {""}:
        return ""
    if len(groups) > NAMED_GROUPS:
        return count(len(groups - {""}), "group")
    return tally(member.group or "No group given" for member in members)


def _dates(members: tuple[Member, ...]) -> str:
    known = sorted(member.date for member in members if member.date)
    if not known:
        return "No dates were given" if members else ""
    span = day(known[0]) if known[0] == known[-1] else f"{day(known[0])} to {day(known[-1])}"
    undated = len(members) - len(known)
    return f"{span}; {undated} gave no date" if undated else span


def _questionnaires(summary: GroupSummary) -> str:
    titles = summary.standard.questionnaires
    return tally(titles[member.questionnaire].title for member in summary.members)


def _not_scored(summary: GroupSummary) -> str:
    parts = []
    if summary.rejected:
        parts.append(f"{count(len(summary.rejected), 'row')} rejected")
    if summary.not_returned:
        parts.append(f"{len(summary.not_returned)} of the previous batch missing")
    return sentence("; ".join(parts)).removesuffix(".") if parts else ""


def _banners(summary: GroupSummary) -> Iterable[str]:
    members = summary.members
    if not members:
        yield "No organisation could be scored: see what was rejected, and why."
        return
    waiting = sum(member.is_provisional for member in members)
    if not any(member.answered for member in members):
        yield "Nothing has been answered yet by anybody."
    elif waiting:
        yield (
            f"Provisional: {waiting} of {count(len(members), 'organisation')} {'has' if waiting == 1 else 'have'} not "
            "answered everything. What is not answered earns nothing and is never met: answering it would change the "
            "results."
        )
    if len({member.questionnaire for member in members}) > 1:
        yield "Not everybody answered the same questionnaire: read scores side by side with care."
