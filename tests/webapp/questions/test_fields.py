"""A practice as a plain field."""

from __future__ import annotations

from copy import copy
from pathlib import Path

import pytest

from selfassess.blanks.content import make_blank
from selfassess.catalogue import load_standard
from selfassess.model.standard import Standard
from tests.webapp.questions.conftest import all_fields
from webapp.questions.fields import QuestionField, fields_for, scale_of


def test_every_practice_asked_is_a_field_in_the_questionnaires_order(
    prison_standard: Standard, kind: str, fields: list[QuestionField]
) -> None:
    assert [field.id for field in fields] == [practice.id for practice in prison_standard.asked("full", kind)]
    assert len(fields) > 60


def test_both_kinds_together_cover_every_practice(prison_standard: Standard) -> None:
    ids = {f.id for kind in prison_standard.kinds for f in all_fields(prison_standard, kind)}
    assert ids == {practice.id for practice in prison_standard.practices.values() if not practice.retired}
    assert len(ids) == 74


def test_quick_check_asks_only_its_practices_of_the_theme(prison_standard: Standard) -> None:
    fields = fields_for(prison_standard, "quick-check", "policy", "prison", layout="quick")
    asked = prison_standard.asked("quick-check", "prison")
    assert [field.id for field in fields] == [p.id for p in asked if prison_standard.theme_of[p.id].id == "policy"]
    assert 0 < len(fields) < len(fields_for(prison_standard, "full", "policy", "prison"))


def test_statement_is_in_the_words_for_the_kind(prison_standard: Standard) -> None:
    prison, other = (all_fields(prison_standard, kind) for kind in ("prison", "voluntary_organisation"))
    assert "the whole prison" in next(f for f in prison if f.id == "POL-01").statement
    assert "the whole prison" not in next(f for f in other if f.id == "POL-01").statement


def test_options_stand_as_on_the_printed_questionnaire(prison_standard: Standard, with_na: QuestionField) -> None:
    printed = [level.label for level in make_blank(prison_standard).levels]
    assert [option.label for option in with_na.options] == [*printed, "No answer yet"]
    assert [option.label for option in scale_of(prison_standard)] == printed
    assert list(with_na.codes.values()) == [0, 1, 2, 3, "DK", "NA", None]


def test_does_not_apply_is_offered_only_where_allowed(prison_standard: Standard, fields: list[QuestionField]) -> None:
    for field in fields:
        allowed = prison_standard.practices[field.id].na_allowed
        assert ("NA" in field.codes, field.na_allowed) == (allowed, allowed)


def test_hint_of_does_not_apply_is_the_practices_own(prison_standard: Standard, fields: list[QuestionField]) -> None:
    hinted = [field for field in fields if prison_standard.practices[field.id].na_hint]
    assert hinted
    for field in hinted:
        option = next(option for option in field.options if option.value == "NA")
        assert option.hint == prison_standard.practices[field.id].na_hint


def test_names_are_the_practices_with_a_part(without_na: QuestionField) -> None:
    assert without_na.names._asdict() == {part: f"{without_na.id}.{part}" for part in without_na.names._fields}


def test_standard_read_twice_gives_the_same_fields(prison_standard: Standard) -> None:
    again = load_standard(Path("standards/prison-volunteering"))
    assert again is not prison_standard
    first = fields_for(prison_standard, "full", "policy", "prison")
    assert fields_for(again, "full", "policy", "prison") is first


def test_fields_differ_by_the_standards_content(prison_standard: Standard) -> None:
    changed = copy(prison_standard)
    object.__setattr__(changed, "hash", "0" * 64)
    old, new = (fields_for(each, "full", "policy", "prison")[0] for each in (prison_standard, changed))
    assert old != new
    assert old != fields_for(prison_standard, "full", "policy", "voluntary_organisation")[0]


@pytest.mark.parametrize(
    "asked", [("none", "policy", "prison"), ("full", "none", "prison"), ("full", "policy", "none")]
)
def test_unknown_part_raises_key_error(prison_standard: Standard, asked: tuple[str, str, str]) -> None:
    with pytest.raises(KeyError, match="none"):
        fields_for(prison_standard, *asked)
