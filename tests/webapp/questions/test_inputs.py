"""What stands in the inputs."""

from __future__ import annotations

import pytest

from selfassess.model.answer import Answer
from webapp.questions.inputs import clean_answer, clean_text, inputs_of, split_evidence


def test_saved_answer_stands_in_the_inputs() -> None:
    answer = Answer(level=2, note="Yes", evidence=("https://a.example", "Minutes"))
    inputs = inputs_of(answer, version=4, to_confirm=True)
    assert (inputs.level, inputs.note, inputs.evidence) == ("2", "Yes", "https://a.example\nMinutes")
    assert (inputs.version, inputs.to_confirm, inputs.confirmed) == (4, True, False)


def test_level_nought_is_an_answer_and_none_is_not() -> None:
    assert inputs_of(Answer(level=0)).level == "0"
    assert inputs_of(Answer()).level == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\x0bb\x0cc\u2028d", "a\nb\nc\nd"),
        ("a\x00\x1b\x7fb", "ab"),
        ("a\ud800\ufffeb", "ab"),
        ("  a  ", "a"),
        ("a\tb ŵ 😀", "a\tb ŵ 😀"),
    ],
)
def test_text_is_cleaned_of_what_cannot_be_kept(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_evidence_is_one_piece_a_line() -> None:
    assert split_evidence(" a \r\n\r\n\tb c\n") == ("a", "b c")
    assert split_evidence(" \n ") == ()


def test_evidence_of_several_lines_becomes_one_line() -> None:
    answer = clean_answer(Answer(evidence=("Minutes\nof March", "\x00")))
    assert answer.evidence == ("Minutes of March",)
