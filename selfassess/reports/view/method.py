"""How the results were worked out, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess import __version__
from selfassess.explanation import RATING_RULES, READINESS_RULES
from selfassess.model.answer import DK, MET_LEVEL
from selfassess.model.practice import Tier
from selfassess.model.source import Source
from selfassess.model.standard import Standard
from selfassess.reports.view.common import Level, show_level
from selfassess.reports.words import RATING_WORDS, READINESS_WORDS, day, sentence

__all__ = ["Method", "show_method"]


@dataclass(frozen=True, slots=True)
class SourceRights:
    """A publication, where it was read, and whose it is."""

    title: str
    about: str
    seen: str
    rights: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Method:
    """The rules, the sources and the exact text that was answered.

    Attributes:
        levels: Each answer, whether it is met, and what it means.
        tiers: Label, weight and meaning.
        ratings: Each rating and its rule, in the order in which they are tried.
        readiness: Each way in which a requirement can stand, and its rule.
        rights: The rights in the standard itself.
        edition: Names and values: standard, version, content hash, checksum of the signed answers, tool.
    """

    levels: tuple[tuple[Level, str, str], ...]
    tiers: tuple[tuple[str, int, str], ...]
    ratings: tuple[tuple[str, str], ...]
    readiness: tuple[tuple[str, str], ...]
    sources: tuple[SourceRights, ...]
    rights: str
    edition: tuple[tuple[str, str], ...]


def show_method(standard: Standard, checksum: str = "") -> Method:
    """How the results were worked out.

    Args:
        standard: What was answered.
        checksum: Of the answers as they were signed; empty where nobody signed them.
    """
    head = standard.head
    survey = standard.survey
    sources = [_show_source(source) for source in standard.sources]
    if survey:
        about = f"{survey.publisher}, {survey.year}"
        sources.append(SourceRights(survey.title, about, sentence(survey.fieldwork), survey.rights, survey.link))
    return Method(
        levels=_show_levels(standard),
        tiers=tuple((tier.label, Tier(tier.id).weight, tier.meaning) for tier in head.tiers),
        ratings=tuple((RATING_WORDS[rating], sentence(rule)) for rating, rule in RATING_RULES.items()),
        readiness=tuple((READINESS_WORDS[status], sentence(rule)) for status, rule in READINESS_RULES.items()),
        sources=tuple(sources),
        rights=head.rights,
        edition=(
            ("Standard", f"{standard.title} ({standard.id})"),
            ("Version", standard.version),
            ("Content, SHA-256", standard.hash),
            *((("Signed answers, SHA-256", checksum),) if checksum else ()),
            ("Where it applies", head.jurisdiction),
            ("Made with", f"selfassess {__version__}"),
        ),
    )


def _show_levels(standard: Standard) -> tuple[tuple[Level, str, str], ...]:
    head = standard.head
    scale = [(item.level, "met" if item.level >= MET_LEVEL else "gap", item.meaning) for item in reversed(head.levels)]
    others = [(other.code, "gap" if other.code == DK else "left out", other.meaning) for other in head.other_answers]
    return tuple((show_level(standard, code), counts, meaning) for code, counts, meaning in [*scale, *others])


def _show_source(source: Source) -> SourceRights:
    return SourceRights(
        title=source.title,
        about=f"{source.publisher}, {source.year}",
        seen=f"Read through: {sentence(source.seen_through)} Checked on {day(source.checked_on)}.",
        rights=f"Rights: {sentence(source.rights)}",
        link=source.link,
    )
