"""Answers: what each comes to, and what is no answer."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from selfassess.model.answer import Answer, Assessment, Code, Organisation, StandardReference
from selfassess.model.standard import AnswerLevel

EXPECTED: list[tuple[Code | None, bool, bool, bool, bool, int]] = [
    # level, answered, applies, met, gap, points
    (0, True, True, False, True, 0),
    (1, True, True, False, True, 1),
    (2, True, True, True, False, 2),
    (3, True, True, True, False, 3),
    ("DK", True, True, False, True, 0),
    ("NA", True, False, False, False, 0),
    (None, False, True, False, False, 0),
]


@pytest.mark.parametrize(("level", "answered", "applies", "met", "gap", "points"), EXPECTED)
def test_answer_counts_as_the_design_says(
    level: Code | None, answered: bool, applies: bool, met: bool, gap: bool, points: int
) -> None:
    answer = Answer(level=level)
    found = (answer.is_answered, answer.applies, answer.is_met, answer.is_gap, answer.points)
    assert found == (answered, applies, met, gap, points)


@pytest.mark.parametrize("level", [True, False, 2.0, 0.0, 4, -1, "2", "na", "In place", "", [2]])
def test_what_is_no_level_is_refused_from_python_and_from_json(level: Any) -> None:
    """``True == 1`` and ``2.0 == 2`` in Python, so both would pass for a level."""
    with pytest.raises(ValidationError):
        Answer(level=level)
    with pytest.raises(ValidationError):
        Answer.model_validate(level)


@pytest.mark.parametrize("text", ["true", "false", "2.0", "1e0"])
def test_what_only_equals_a_level_is_refused_in_json(text: str) -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate_json(f'{{"level": {text}}}')
    with pytest.raises(ValidationError):
        AnswerLevel.model_validate_json(f'{{"level": {text}, "label": "x", "meaning": "y"}}')


def test_bare_level_is_a_whole_answer() -> None:
    assert Answer.model_validate(2) == Answer(level=2)
    assert Answer.model_validate(None) == Answer()


def test_answers_cannot_be_changed_after_they_were_checked() -> None:
    with pytest.raises(ValidationError):
        Answer(level=2).level = 3  # type: ignore[misc]


def test_practice_without_an_answer_is_not_answered() -> None:
    assessment = Assessment(standard=StandardReference(id="x"), organisation=Organisation(name="A", kind="b"))
    assert not assessment.answer_to("POL-01").is_answered


def test_bare_id_names_a_standard() -> None:
    assert StandardReference.model_validate("x") == StandardReference(id="x")


@pytest.mark.parametrize("field", ["name", "reference", "group"])
def test_names_are_trimmed_and_never_blank(field: str) -> None:
    given = {"name": "A", "kind": "b"}
    assert getattr(Organisation.model_validate(given | {field: "  HMP Example "}), field) == "HMP Example"
    with pytest.raises(ValidationError):
        Organisation.model_validate(given | {field: "   "})
