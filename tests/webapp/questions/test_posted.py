"""A posted form as typed answers, or as messages."""

from __future__ import annotations

import pytest

from selfassess.model.answer import Answer
from webapp.questions.fields import QuestionField
from webapp.questions.inputs import Inputs
from webapp.questions.posted import (
    EVIDENCE_ITEMS,
    EVIDENCE_LENGTH,
    NOTE_LENGTH,
    REASON_LENGTH,
    FieldErrors,
    PostedAnswer,
    errors_in,
    list_errors,
    read_posted,
    typed_in,
)


def _form(field: QuestionField, **parts: str) -> dict[str, str]:
    return {f"{field.id}.{part}": text for part, text in {"version": "0", **parts}.items()}


def _read(field: QuestionField, **parts: str) -> PostedAnswer | FieldErrors:
    return read_posted([field], _form(field, **parts))[field.id]


def _answer(field: QuestionField, **parts: str) -> Answer:
    posted = _read(field, **parts)
    assert isinstance(posted, PostedAnswer), posted
    return posted.answer


def _messages(field: QuestionField, **parts: str) -> dict[str, str]:
    posted = _read(field, **parts)
    assert isinstance(posted, FieldErrors), posted
    return dict(posted.messages)


@pytest.mark.parametrize(("value", "level"), [("0", 0), ("1", 1), ("2", 2), ("3", 3), ("DK", "DK"), ("", None)])
def test_chosen_level_is_the_answer(without_na: QuestionField, value: str, level: int | str | None) -> None:
    assert _answer(without_na, level=value).level == level


def test_nothing_chosen_is_no_answer_and_keeps_the_note(without_na: QuestionField) -> None:
    assert _answer(without_na, note="Ask the chaplain") == Answer(note="Ask the chaplain")


def test_practice_that_was_not_on_the_page_is_left_out(fields: list[QuestionField]) -> None:
    assert list(read_posted(fields, _form(fields[3], level="2"))) == [fields[3].id]
    assert read_posted(fields, {fields[0].names.level: "2"}) == {}


def test_note_and_evidence_are_kept_clean(without_na: QuestionField) -> None:
    answer = _answer(without_na, level="2", note=" One\r\ntwo\x00 ", evidence="https://a.example\r\n\r\n Minutes \r\n")
    assert answer == Answer(level=2, note="One\ntwo", evidence=("https://a.example", "Minutes"))


def test_text_that_looks_like_a_script_address_is_kept_as_text(without_na: QuestionField) -> None:
    assert _answer(without_na, evidence="javascript:alert(1)").evidence == ("javascript:alert(1)",)


def test_does_not_apply_with_a_reason_is_an_answer(with_na: QuestionField) -> None:
    assert _answer(with_na, level="NA", reason="No partners") == Answer(level="NA", reason="No partners")


@pytest.mark.parametrize("reason", ["", " \r\n "])
def test_does_not_apply_without_a_reason_asks_for_it(with_na: QuestionField, reason: str) -> None:
    assert _messages(with_na, level="NA", reason=reason) == {"reason": f"Say why “{with_na.title}” does not apply"}


def test_does_not_apply_where_not_allowed_is_refused(without_na: QuestionField) -> None:
    messages = _messages(without_na, level="NA", reason="Because")
    assert messages == {"level": f"Choose one of the answers for “{without_na.title}”"}


@pytest.mark.parametrize("value", ["4", "-1", "na", "2.0", "２", "<b>"])
def test_unknown_level_is_refused(with_na: QuestionField, value: str) -> None:
    assert list(_messages(with_na, level=value)) == ["level"]


@pytest.mark.parametrize("level", ["2", "DK", ""])
def test_reason_beside_another_answer_moves_to_the_note(with_na: QuestionField, level: str) -> None:
    answer = _answer(with_na, level=level, note="Now we do", reason="No partners")
    assert (answer.reason, answer.note) == ("", "Now we do\n\nWhy it did not apply: No partners")
    assert _answer(with_na, level=level, note=answer.note, reason="No partners").note == answer.note


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("note", "ŵ" * NOTE_LENGTH),
        ("evidence", "a" * EVIDENCE_LENGTH),
        ("evidence", "a\n" * EVIDENCE_ITEMS),
        ("reason", "r" * REASON_LENGTH),
    ],
)
def test_longest_text_is_kept_and_one_more_is_refused(with_na: QuestionField, part: str, text: str) -> None:
    level = "NA" if part == "reason" else "1"
    _answer(with_na, level=level, **{"reason": "r" if level == "NA" else "", part: text})
    messages = _messages(with_na, level=level, **{part: text + "b"})
    assert list(messages) == [part]
    assert f"“{with_na.title}”" in messages[part]
    assert "or fewer (it has " in messages[part]


@pytest.mark.parametrize(("text", "version"), [("7", 7), ("0", 0), ("", -1), ("x", -1), ("-3", -1), ("٣", -1)])
def test_version_is_a_number_or_one_that_nobody_has(without_na: QuestionField, text: str, version: int) -> None:
    posted = _read(without_na, version=text)
    assert isinstance(posted, PostedAnswer)
    assert posted.version == version


def test_ever_longer_version_is_no_number(without_na: QuestionField) -> None:
    posted = _read(without_na, version="9" * 5000)
    assert isinstance(posted, PostedAnswer)
    assert posted.version == -1


def test_confirmation_is_read_and_asked_for_again(without_na: QuestionField) -> None:
    shown = {without_na.id: Inputs(level="2", to_confirm=True)}
    form = _form(without_na, level="2", confirm="yes")
    posted = read_posted([without_na], form, shown)[without_na.id]
    assert isinstance(posted, PostedAnswer)
    assert posted.confirmed
    assert (posted.typed.confirmed, posted.typed.to_confirm) == (True, True)
    unticked = read_posted([without_na], _form(without_na, level="2"), shown)[without_na.id]
    assert isinstance(unticked, PostedAnswer)
    assert not unticked.confirmed


def test_what_was_typed_is_kept_beside_the_errors(with_na: QuestionField) -> None:
    posted = _read(with_na, level="NA", note="a\r\nb", reason="", evidence="c", version="5", confirm="yes")
    assert posted.typed == Inputs(level="NA", note="a\nb", evidence="c", version=5, confirmed=True)


def test_errors_are_listed_in_the_order_of_the_page(fields: list[QuestionField]) -> None:
    first, second = fields[0], fields[1]
    form = _form(second, level="x", note="n" * (NOTE_LENGTH + 1)) | _form(first, evidence="a\n" * 51)
    posted = read_posted(fields, form | _form(fields[2], level="1"))
    assert [error.href for error in list_errors(posted)] == [
        f"#{first.id}-evidence",
        f"#{second.id}-level",
        f"#{second.id}-note",
    ]
    assert list(errors_in(posted)) == [first.id, second.id]
    assert list(typed_in(posted)) == [field.id for field in fields[:3]]
