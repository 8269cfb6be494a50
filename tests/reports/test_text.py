"""Every text that a person typed is in the report, whole."""

from __future__ import annotations

import pytest

from selfassess.model.answer import NA
from tests.reports.cases import CASES, CONTROLS, HOSTILE, LONG_NOTE, LONG_WORD, WELSH_NAME, WELSH_NOTE, build
from tests.reports.conftest import Rendered, squeeze

PLAIN = [name for name in CASES if name != "hostile"]


@pytest.mark.parametrize("name", PLAIN)
def test_typed_text_is_in_the_report_whole(reports: dict[str, Rendered], name: str) -> None:
    rendered = reports[name]
    for answer in rendered.card.assessment.answers.values():
        for typed in (answer.note, answer.reason, *answer.evidence):
            assert squeeze(typed) in rendered.text


@pytest.mark.parametrize("name", PLAIN)
def test_every_practice_is_in_the_report(reports: dict[str, Rendered], name: str) -> None:
    rendered = reports[name]
    kind = rendered.card.assessment.organisation.kind
    for practice, _ in rendered.card.entries:
        assert squeeze(f"{practice.title} ({practice.id}") in rendered.text
        assert squeeze(practice.statement_to(kind)) in rendered.text


def test_long_notes_are_in_the_report_and_the_plan_whole(
    reports: dict[str, Rendered], plans: dict[str, Rendered]
) -> None:
    assert len(LONG_NOTE) > 20_000
    assert len(LONG_WORD) == 5_000
    for rendered in (reports["long-notes"], plans["long-notes"]):
        assert squeeze(LONG_NOTE) in rendered.text
        assert LONG_WORD in rendered.text


def test_welsh_letters_are_shown(reports: dict[str, Rendered]) -> None:
    assert squeeze(WELSH_NAME) in reports["welsh"].text
    assert squeeze(WELSH_NOTE) in reports["welsh"].text


def test_hostile_text_is_shown_as_text(reports: dict[str, Rendered], plans: dict[str, Rendered]) -> None:
    for rendered in (reports["hostile"], plans["hostile"]):
        assert squeeze(HOSTILE) in rendered.text


def test_characters_that_cannot_be_shown_are_named(reports: dict[str, Rendered]) -> None:
    text = reports["hostile"].text
    for name in ("[U+0000]", "[U+0007]", "[U+000C]", "[U+0085]", "[U+D83D]", "[RIGHT-TO-LEFT OVERRIDE]"):
        assert squeeze(name) in text
    for name in ("[WOMAN]", "[DEVANAGARI LETTER NA]", "[CJK UNIFIED IDEOGRAPH-6F22]", "[U+E000]", "[U+10FFFD]"):
        assert squeeze(name) in text
    assert not set(CONTROLS) & set("\x00\x07") & set(text)


def test_reason_of_what_does_not_apply_is_in_both_places(reports: dict[str, Rendered]) -> None:
    rendered = reports["prison"]
    reasons = {a.reason for a in rendered.card.assessment.answers.values() if a.level == NA}
    assert reasons
    assert all(rendered.text.count(squeeze(reason)) >= 2 for reason in reasons)


def test_note_on_a_practice_that_was_not_asked_is_in_the_report() -> None:
    from selfassess.reports import render_report_html

    card = build({"LEA-01": {"note": "Kept for next year."}}, questionnaire="quick-check")
    assert "Kept for next year." in render_report_html(card)
