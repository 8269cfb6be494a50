"""Corrections of signed assessments."""

from __future__ import annotations

from datetime import date

import pytest

from selfassess import Answer
from tests.webapp.reviewing import answer, example, sign
from webapp.store.answers import Draft, list_answers, save_answers
from webapp.store.assessments import create_assessment, get_open_assessment, list_assessments
from webapp.store.corrections import find_correction, start_correction
from webapp.store.errors import NotAllowedError
from webapp.store.records import Status
from webapp.store.results import list_to_confirm
from webapp.store.scope import Scope
from webapp.store.signoff import hold_assessment


def test_correction_begins_with_the_signed_answers(owner: Scope) -> None:
    original = answer(owner)
    sign(owner, original)
    correction = hold_assessment(owner, start_correction(owner, original, reason="A wrong level"))
    assert (correction.status, correction.corrects_id, correction.correction_reason) == (
        Status.OPEN,
        original,
        "A wrong level",
    )
    saved = list_answers(correction)
    assert {key: held.answer for key, held in saved.items()} == example()
    assert not any(held.to_confirm for held in saved.values())
    assert find_correction(hold_assessment(owner, original), list_assessments(owner)) == correction


def test_correction_keeps_what_nobody_had_confirmed(owner: Scope) -> None:
    given = {key: Answer(level=2) for key in ("POL-01", "POL-02", "POL-03")}
    earlier = answer(owner, year=2025, answers=given)
    carried = create_assessment(owner, title="2026", day=date(2026, 11, 1), carry_from=earlier)
    kept = Draft("POL-02", Answer(level=2), 1, confirmed=True)
    save_answers(owner, get_open_assessment(owner, carried), [kept])
    sign(owner, carried)
    assert list_to_confirm(hold_assessment(owner, carried)) == {"POL-01", "POL-03"}
    correction = hold_assessment(owner, start_correction(owner, carried, reason="A wrong level"))
    assert list_to_confirm(correction) == {"POL-01", "POL-03"}
    assert {key: held.answer for key, held in list_answers(correction).items()} == given


def test_open_assessment_is_not_corrected(owner: Scope) -> None:
    with pytest.raises(NotAllowedError, match="while it is open"):
        start_correction(owner, answer(owner), reason="A wrong level")


def test_second_correction_while_one_is_open_is_refused(owner: Scope) -> None:
    original = answer(owner)
    sign(owner, original)
    start_correction(owner, original, reason="A wrong level")
    with pytest.raises(NotAllowedError, match="finish that one"):
        start_correction(owner, original, reason="Another wrong level")


def test_correction_of_what_was_corrected_is_refused_and_of_the_correction_is_not(owner: Scope) -> None:
    original = answer(owner)
    sign(owner, original)
    correction = start_correction(owner, original, reason="A wrong level")
    sign(owner, correction)
    with pytest.raises(NotAllowedError, match="correct that one"):
        start_correction(owner, original, reason="Another wrong level")
    again = hold_assessment(owner, start_correction(owner, correction, reason="Another wrong level"))
    assert again.title == "2026, corrected"
