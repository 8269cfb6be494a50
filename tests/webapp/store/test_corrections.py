"""Corrections of signed assessments."""

from __future__ import annotations

import pytest

from tests.webapp.reviewing import answer, example, sign
from webapp.store.answers import list_answers
from webapp.store.assessments import list_assessments
from webapp.store.corrections import find_correction, start_correction
from webapp.store.errors import NotAllowedError
from webapp.store.records import Status
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
