from __future__ import annotations

import pytest

from selfassess.benchmark import SurveyComparison
from selfassess.model.answer import DK, NA
from selfassess.model.practice import Practice
from selfassess.model.standard import Standard
from selfassess.model.survey import Base, BaseOfKind, Survey, SurveyRow
from tests.builders import CLUB, SCHOOL, Given, make_practice, make_standard, score_answers

# The mean is as published: 27.5 and 28 are other means of the same figures.
ROW_1 = SurveyRow(id="T1", label="First", locator="Table 1", in_place={CLUB: 7, SCHOOL: 48}, published_mean=29)
ROW_2 = SurveyRow(id="T2", label="Second", locator="Table 2", in_place={SCHOOL: 86})
OF_CLUBS = BaseOfKind(n=41, text="Clubs, up to 41 answering")
SURVEY = Survey(
    id="figures",
    title="Figures",
    short_title="Figures",
    publisher="A publisher",
    year=2001,
    fieldwork="Not stated",
    rights="None",
    bases={"in_place": Base(locator="Table 1", by_kind={CLUB: OF_CLUBS})},
    rows=(ROW_1, ROW_2),
)


def compared(row: str) -> Practice:
    return make_practice("AA-01", survey_row=row, kinds=[CLUB, SCHOOL])


def compare_one(answer: Given, *, row: str = "T1", kind: str = CLUB) -> SurveyComparison:
    standard = make_standard([compared(row)], survey=SURVEY)
    (comparison,) = score_answers(standard, {"AA-01": answer}, kind=kind).survey
    return comparison


@pytest.mark.parametrize(
    ("answer", "in_place"), [(3, True), (2, True), (1, False), (0, False), (DK, False), (NA, None), (None, None)]
)
def test_answer_says_whether_it_is_in_place(answer: Given, in_place: bool | None) -> None:
    assert compare_one(answer).in_place is in_place


@pytest.mark.parametrize("answer", [0, 3, DK, NA, None])
def test_published_figures_stand_whatever_is_answered(answer: Given) -> None:
    found = compare_one(answer)
    assert found.same_kind_percent == 7
    assert found.base == OF_CLUBS
    assert found.row is ROW_1


def test_other_kind_gets_its_own_figure() -> None:
    assert compare_one(2, kind=SCHOOL).same_kind_percent == 48


def test_kind_without_figure_or_base_gets_none() -> None:
    assert compare_one(2, row="T2", kind=CLUB).same_kind_percent is None
    assert compare_one(2, row="T2", kind=SCHOOL).base is None


def test_rows_come_in_the_surveys_order() -> None:
    practices = [make_practice("AA-01", survey_row="T2"), make_practice("AA-02", survey_row="T1")]
    found = score_answers(make_standard(practices, survey=SURVEY), {}).survey
    assert [(item.row.id, item.practice.id) for item in found] == [("T1", "AA-02"), ("T2", "AA-01")]


def test_row_of_a_practice_not_asked_is_left_out() -> None:
    practices = [make_practice("AA-01", survey_row="T1", kinds=[SCHOOL]), make_practice("AA-02", survey_row="T2")]
    found = score_answers(make_standard(practices, survey=SURVEY), {}).survey
    assert [item.row.id for item in found] == ["T2"]


def test_standard_without_survey_compares_nothing() -> None:
    assert score_answers(make_standard([make_practice("AA-01")]), {"AA-01": 2}).survey == ()


@pytest.mark.parametrize(
    ("kind", "published"),
    [
        ("prison", [20, 51, 2, 7, 73, 51, 44, 63, 7]),
        ("voluntary_organisation", [86, 86, 59, 75, 94, 86, 80, 84, 37]),
    ],
)
def test_real_survey_shows_table_3_as_published(prison_standard: Standard, kind: str, published: list[int]) -> None:
    # Clinks 2016, section 4.3, Table 3, rows 1 to 9.
    found = score_answers(prison_standard, {"POL-01": 2}, kind=kind).survey
    assert [item.row.id for item in found] == [f"T{number}" for number in range(1, 10)]
    assert [item.same_kind_percent for item in found] == published


def test_real_survey_names_its_base(prison_standard: Standard) -> None:
    for kind, n in (("prison", 41), ("voluntary_organisation", 51)):
        bases = [item.base for item in score_answers(prison_standard, {}, kind=kind).survey]
        assert all(base and base.n == n and f"up to {n} answering" in base.text for base in bases)
