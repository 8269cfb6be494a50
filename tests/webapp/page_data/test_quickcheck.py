"""The quick check on a few pages, and what it comes to."""

from __future__ import annotations

import pytest

from selfassess import Answer, Assessment, Organisation, score
from selfassess.model.answer import StandardReference
from selfassess.reports.view.report import show_report
from webapp.pages.quickcheck import check_pages, count_answered, make_quick_pages, make_quick_results
from webapp.store.standards import main_standard

KINDS = ("prison", "voluntary_organisation")


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_stands_once_in_the_order_of_the_questionnaire(kind: str) -> None:
    standard = main_standard()
    pages = make_quick_pages(standard, kind)
    assert [field.id for page in pages for field in page.fields] == [p.id for p in standard.asked("quick-check", kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_few_and_none_is_long(kind: str) -> None:
    pages = make_quick_pages(main_standard(), kind)
    assert 4 <= len(pages) <= 6
    assert max(len(page.fields) for page in pages) <= 7


@pytest.mark.parametrize("kind", KINDS)
def test_theme_is_never_split_over_pages(kind: str) -> None:
    titles = [theme.title for page in make_quick_pages(main_standard(), kind) for theme in page.themes]
    assert len(titles) == len(set(titles))


def test_numbers_of_questions_run_through() -> None:
    pages = make_quick_pages(main_standard(), "prison")
    assert pages[0].first == 1
    assert [page.first for page in pages[1:]] == [page.last + 1 for page in pages[:-1]]
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_only_an_answer_is_asked_for() -> None:
    fields = [field for page in make_quick_pages(main_standard(), "prison") for field in page.fields]
    assert {field.layout for field in fields} == {"quick"}


def test_answers_are_shown_in_words() -> None:
    pages = make_quick_pages(main_standard(), "prison")
    answers = {"POL-01": Answer(level=2), "POL-03": Answer(level="DK")}
    labels = {each.practice: each.label for page in check_pages(pages, answers) for each in page.answers}
    assert (labels["POL-01"], labels["POL-03"], labels["VET-01"]) == ("In place", "Do not know yet", "Not answered")
    assert count_answered(pages, answers) == (2, len(labels))


def test_results_are_those_of_the_report() -> None:
    standard = main_standard()
    sheet = Assessment(
        standard=StandardReference(id=standard.id),
        questionnaire="quick-check",
        organisation=Organisation(name="HMP Example", kind="prison"),
        answers={"POL-01": Answer(level=1)},
    )
    card = score(standard, sheet)
    results, report = make_quick_results(card), show_report(card)
    assert (results.summary, results.readiness, results.banner) == (
        report.summary,
        report.readiness,
        report.cover.banner,
    )
