"""Small standards and assessments made in memory, so that a test shows all that matters to it in a line or two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from selfassess.model.answer import DK, NA, Answer, Assessment, Code, Organisation, StandardReference
from selfassess.model.practice import CaseStudyShown, Effort, FirstAction, Practice, Relation, Tier, Timeframe
from selfassess.model.practice import Mapping as Claim
from selfassess.model.reference import CaseStudies, CaseStudy
from selfassess.model.source import Encoded, Requirement, RequirementStatus, Source, SourceKind
from selfassess.model.standard import (
    AnswerLevel,
    Kind,
    OtherAnswer,
    Questionnaire,
    Standard,
    StandardHead,
    Theme,
    TierMeaning,
)
from selfassess.model.survey import Survey
from selfassess.scorecard import Scorecard, score

CLUB, SCHOOL = "club", "school"
"""The kinds of organisation of every standard made here; practices ask clubs unless told otherwise."""

Given = Code | Answer | None
"""An answer in short; None for a practice that was not answered."""


def make_practice(
    practice_id: str,
    tier: str = "core",
    *,
    meets: Iterable[str] = (),
    effort: str = "low",
    timeframe: str = "immediate",
    kinds: Sequence[str] = (CLUB,),
    na_allowed: bool = True,
    survey_row: str | None = None,
    case_studies: Iterable[str] = (),
) -> Practice:
    """A practice; ``meets`` holds claims such as ``"equal guide:1"``."""
    return Practice(
        id=practice_id,
        title=f"Title of {practice_id}",
        statement=f"Statement of {practice_id}.",
        why=f"Why {practice_id}.",
        applies_to=tuple(kinds),
        tier=Tier(tier),
        tier_reason=f"Reason for the tier of {practice_id}.",
        na_allowed=na_allowed,
        evidence=(f"Evidence of {practice_id}", f"More evidence of {practice_id}"),
        first_action=FirstAction(
            text=f"First action for {practice_id}.",
            effort=Effort(effort),
            timeframe=Timeframe(timeframe),
            basis="Our judgement",
        ),
        meets=tuple(_make_claim(claim) for claim in meets),
        survey_row=survey_row,
        case_studies=tuple(CaseStudyShown(id=study, shows=f"What {study} shows") for study in case_studies),
    )


def _make_claim(text: str) -> Claim:
    relation, _, target = text.partition(" ")
    source, _, requirement = target.partition(":")
    return Claim(source=source, requirement=requirement, relation=Relation(relation), reason=f"Reason for {target}.")


def make_source(source_id: str, requirements: Mapping[str, str], readiness_note: str | None = None) -> Source:
    """A source; ``requirements`` gives each one's status by its id."""
    return Source(
        id=source_id,
        title=f"The whole title of {source_id}",
        short_title=f"Short {source_id}",
        publisher="A publisher",
        year=2001,
        kind_of_source=SourceKind.GUIDANCE,
        encoded=Encoded.FULLY,
        seen_through="The publication itself",
        rights="None",
        checked_on=date(2026, 1, 2),
        readiness_note=readiness_note,
        requirements=tuple(
            Requirement(
                id=name,
                label=f"Label of {source_id} {name}",
                locator=f"Page {name}",
                status=RequirementStatus(status),
            )
            for name, status in requirements.items()
        ),
    )


def make_standard(
    practices: Sequence[Practice] | Mapping[str, Sequence[Practice]],
    *,
    sources: Sequence[Source] | None = None,
    survey: Survey | None = None,
    questionnaires: Mapping[str, Sequence[str]] | None = None,
    case_studies: Iterable[str] = (),
    standard_id: str = "tiny",
    version: str = "1.0.0",
    content_hash: str = "0" * 64,
) -> Standard:
    """A standard of these practices, given by theme or as one theme.

    Args:
        practices: The practices; a bare list is the theme ``everything``.
        sources: Without them, every requirement that a practice names, all of them required.
        questionnaires: Those besides ``full``, each with the practices it asks.
    """
    by_theme = practices if isinstance(practices, Mapping) else {"everything": practices}
    sources = _named_sources(by_theme) if sources is None else sources
    studies = tuple(CaseStudy(id=s, title=f"Study {s}", shows="Much", locator="Page 9") for s in case_studies)
    listed = {name: Questionnaire(id=name, title=name, introduction="Some.", practices=tuple(ids))
              for name, ids in (questionnaires or {}).items()}  # fmt: skip
    return Standard(
        head=_make_head(standard_id, version, tuple(by_theme), tuple(source.id for source in sources)),
        hash=content_hash,
        practices_by_theme={theme: tuple(held) for theme, held in by_theme.items()},
        sources=tuple(sources),
        questionnaires={"full": Questionnaire(id="full", title="Full", introduction="All.", practices="all")} | listed,
        survey=survey,
        rules={},
        case_studies=CaseStudies(publisher="A publisher", year=2001, case_studies=studies) if studies else None,
    )


def _named_sources(by_theme: Mapping[str, Sequence[Practice]]) -> list[Source]:
    named: dict[str, dict[str, str]] = {}
    for practices in by_theme.values():
        for practice in practices:
            for claim in practice.meets:
                named.setdefault(claim.source, {})[claim.requirement] = "required"
    return [make_source(source_id, requirements) for source_id, requirements in named.items()]


def _make_head(standard_id: str, version: str, themes: tuple[str, ...], sources: tuple[str, ...]) -> StandardHead:
    return StandardHead(
        id=standard_id,
        title="A tiny standard",
        version=version,
        language="en-GB",
        summary="Made for a test.",
        jurisdiction="Anywhere",
        kinds=tuple(Kind(id=kind, title=kind.title(), description="Made for a test.") for kind in (CLUB, SCHOOL)),
        levels=(
            AnswerLevel(level=0, label="Not in place", meaning="Nothing."),
            AnswerLevel(level=1, label="Partly in place", meaning="Some."),
            AnswerLevel(level=2, label="In place", meaning="All."),
            AnswerLevel(level=3, label="Embedded", meaning="All, and shown."),
        ),
        other_answers=(
            OtherAnswer(code=NA, label="Does not apply", meaning="No case of it."),
            OtherAnswer(code=DK, label="Do not know yet", meaning="Not found out."),
        ),
        tiers=(
            TierMeaning(id="must", label="Must", meaning="The law."),
            TierMeaning(id="core", label="Core", meaning="The basics."),
            TierMeaning(id="stretch", label="Stretch", meaning="The rest."),
        ),
        themes=tuple(Theme(id=theme, title=f"Theme {theme}", introduction="About it.") for theme in themes),
        rights="Made for a test.",
        sources_order=sources,
    )


def make_answer(given: Any) -> Answer:
    """An answer given in short; NA gets a reason, which it needs."""
    if isinstance(given, Answer):
        return given
    return Answer(level=given, reason="Made for a test" if given == NA else "")


def make_assessment(
    standard: Standard,
    answers: Mapping[str, Given],
    *,
    kind: str = CLUB,
    questionnaire: str = "full",
    day: date | None = None,
    name: str = "Example Club",
    reference: str | None = None,
) -> Assessment:
    """The answers of one organisation."""
    return Assessment(
        standard=StandardReference(id=standard.id),
        questionnaire=questionnaire,
        organisation=Organisation(name=name, kind=kind, reference=reference),
        date=day,
        answers={practice_id: make_answer(given) for practice_id, given in answers.items()},
    )


def score_answers(standard: Standard, answers: Mapping[str, Given], **about: Any) -> Scorecard:
    """The scorecard of these answers; ``about`` as for ``make_assessment``."""
    return score(standard, make_assessment(standard, answers, **about))
