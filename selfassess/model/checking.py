"""Whether an assessment fits the standard that it says it answers."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from selfassess.model.answer import NA, Answer, Assessment
from selfassess.model.standard import Standard

__all__ = ["Misplaced", "find_misplaced"]


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Something in an assessment that the standard has no place for."""

    loc: tuple[str, ...]
    problem: str
    remedy: str


def find_misplaced(standard: Standard, assessment: Assessment) -> list[Misplaced]:
    """What the standard has no place for, in the assessment's order; at most the first hundred faults."""
    faults = [*_check_standard(standard, assessment), *_check_organisation(standard, assessment)]
    return faults or list(islice(_check_answers(standard, assessment), _ENOUGH))


_ENOUGH = 100
"""More faults help nobody, and hostile input could have hundreds of thousands."""


def _check_standard(standard: Standard, assessment: Assessment) -> Iterator[Misplaced]:
    named = assessment.standard
    if named.id != standard.id:
        problem = f"answers “{named.id}”, not “{standard.id}”"
        yield Misplaced(("standard",), problem, "Score it with the standard that it answers")
    elif named.version not in (None, standard.version):
        problem = f"answers version {named.version}; this is version {standard.version}"
        yield Misplaced(("standard",), problem, "Check the changed practices, then remove “version”")
    elif named.hash not in (None, standard.hash):
        problem = f"answers another text of version {standard.version}"
        yield Misplaced(("standard",), problem, "Score it with the same text, or remove “hash”")


def _check_organisation(standard: Standard, assessment: Assessment) -> Iterator[Misplaced]:
    kind, questionnaire = assessment.organisation.kind, assessment.questionnaire
    if kind not in standard.kinds:
        problem = f"says “{kind}”, which is no kind of organisation here"
        yield Misplaced(("organisation", "kind"), problem, _one_of(standard.kinds))
    if questionnaire not in standard.questionnaires:
        problem = f"says “{questionnaire}”, which is no questionnaire of this standard"
        yield Misplaced(("questionnaire",), problem, _one_of(standard.questionnaires))


def _check_answers(standard: Standard, assessment: Assessment) -> Iterator[Misplaced]:
    asked = {p.id for p in standard.asked(assessment.questionnaire, assessment.organisation.kind)}
    for practice_id, answer in assessment.answers.items():
        loc = ("answers", practice_id)
        if practice_id not in standard.practices:
            close = difflib.get_close_matches(practice_id, standard.practices, n=1)
            remedy = f"Did you mean {close[0]}?" if close else f"See “selfassess standards {standard.id}”"
            yield Misplaced(loc, "is not a practice of this standard", remedy)
        elif practice_id in asked:
            yield from _check_na(standard, practice_id, answer)
        elif answer.is_answered and answer.level != NA:
            yield Misplaced(loc, _why_not_asked(standard, assessment, practice_id), "Remove the answer")


def _check_na(standard: Standard, practice_id: str, answer: Answer) -> Iterator[Misplaced]:
    practice, loc = standard.practices[practice_id], ("answers", practice_id)
    if answer.level == NA and not practice.na_allowed:
        label = standard.level_labels[NA]
        yield Misplaced(loc, f"says “{label}”, which this practice does not allow", "Choose 0, 1, 2, 3 or DK")
    elif answer.level == NA and not answer.reason.strip():
        remedy = "Write {level: NA, reason: …}"
        yield Misplaced(loc, "says that it does not apply, without a reason", remedy)
    elif answer.reason.strip() and answer.level != NA:
        yield Misplaced((*loc, "reason"), "gives a reason, which only NA has", "Move the text to “note”")


def _why_not_asked(standard: Standard, assessment: Assessment, practice_id: str) -> str:
    practice, kind = standard.practices[practice_id], assessment.organisation.kind
    if practice.retired:
        return f"was retired on {practice.retired.on}"
    if kind not in practice.applies_to:
        return f"is not asked of: {standard.kinds[kind].title}"
    return f"is not in the questionnaire “{assessment.questionnaire}”"


def _one_of(names: Iterable[str]) -> str:
    return f"Use one of: {', '.join(names)}"
