"""Which assessment a report looks back to, and how two are set side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfassess import ComparisonError
from tests.webapp.reviewing import answer, example, sign
from webapp.store.assessments import list_assessments
from webapp.store.corrections import start_correction
from webapp.store.records import AssessmentRecord
from webapp.store.results import compare_cards, compare_with_previous, find_previous, score_record
from webapp.store.scope import Scope
from webapp.store.signoff import hold_assessment


def signed(scope: Scope, year: int) -> str:
    """A signed assessment of a year."""
    assessment_id = answer(scope, year=year, answers=example("hmp-example-2025"))
    sign(scope, assessment_id)
    return assessment_id


def previous(scope: Scope, assessment_id: str) -> str | None:
    """The id of the one that a report looks back to."""
    found = find_previous(scope, hold_assessment(scope, assessment_id), list_assessments(scope))
    return found.id if found else None


def test_first_assessment_looks_back_to_nothing(owner: Scope, record: AssessmentRecord) -> None:
    assert previous(owner, record.id) is None
    assert compare_with_previous(owner, record, score_record(owner, record)) is None


def test_open_assessments_are_not_looked_back_to(owner: Scope) -> None:
    answer(owner, year=2025)
    assert previous(owner, answer(owner)) is None


def test_assessment_of_a_later_day_is_not_looked_back_to(owner: Scope) -> None:
    signed(owner, 2027)
    assert previous(owner, answer(owner, year=2026)) is None


def test_assessment_signed_afterwards_is_not_looked_back_to(owner: Scope) -> None:
    later = signed(owner, 2026)
    signed(owner, 2025)
    assert previous(owner, later) is None


def test_correction_looks_back_past_what_it_corrects(owner: Scope) -> None:
    first, second = signed(owner, 2025), signed(owner, 2026)
    correction = start_correction(owner, second, reason="A wrong answer")
    assert previous(owner, correction) == first
    sign(owner, correction)
    assert previous(owner, correction) == first
    assert previous(owner, answer(owner, year=2027)) == correction


def test_organisation_that_was_renamed_is_still_compared(owner: Scope) -> None:
    first = signed(owner, 2025)
    renamed = replace(owner, organisation_name="HMP Another", reference="NEW")
    record = hold_assessment(renamed, answer(renamed))
    comparison = compare_with_previous(renamed, record, score_record(renamed, record))
    assert comparison is not None
    assert comparison.old.assessment.date == hold_assessment(owner, first).date


def test_answers_to_other_standards_are_not_compared(owner: Scope, record: AssessmentRecord) -> None:
    card = score_record(owner, record)
    head = card.standard.head.model_copy(update={"id": "another"})
    other = replace(card, standard=replace(card.standard, head=head))
    with pytest.raises(ComparisonError):
        compare_cards(other, card)
