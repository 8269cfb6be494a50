"""What the help pages say is what the library does."""

from __future__ import annotations

from fractions import Fraction

from selfassess.explanation import RATING_RULES, round_half_up
from selfassess.reports.words import RATING_WORDS
from webapp.pages.help import list_sources, make_help
from webapp.store.standards import main_standard


def test_every_answer_has_its_meaning_and_says_how_it_counts() -> None:
    levels = {level.label: level for level in make_help(main_standard()).levels}
    assert list(levels) == [
        "Not in place",
        "Partly in place",
        "In place",
        "Embedded",
        "Do not know yet",
        "Does not apply",
    ]
    assert all(level.meaning for level in levels.values())
    assert all(level.example for level in list(levels.values())[:4])
    assert levels["Partly in place"].counts == levels["Do not know yet"].counts == "Counts as a gap."
    assert levels["In place"].counts == "Counts as met."
    assert levels["Does not apply"].counts.startswith("Left out")


def test_ratings_stand_in_the_order_in_which_they_are_tried() -> None:
    ratings = make_help(main_standard()).method.ratings
    assert [label for label, _ in ratings] == [RATING_WORDS[rating] for rating in RATING_RULES]


def test_example_adds_up_and_its_score_is_the_one_explained() -> None:
    example = make_help(main_standard()).example
    counted = [row for row in example.rows if row.points is not None]
    assert sum(row.points or 0 for row in counted) == example.points
    assert sum(row.most for row in counted) == example.most
    expected = round_half_up(float(Fraction(100 * example.points, example.most)))
    assert f"Score {expected} of 100:" in " ".join(example.sentences)


def test_example_shows_every_sort_of_answer_and_tier() -> None:
    example = make_help(main_standard()).example
    answers = {row.answer for row in example.rows}
    assert answers >= {"In place", "Partly in place", "Does not apply", "Do not know yet", "Not answered"}
    assert {row.tier for row in example.rows} == {"Must", "Core", "Stretch"}
    assert [row.points for row in example.rows if row.answer == "Does not apply"] == [None]


def test_example_explains_two_ways_in_which_requirements_stand() -> None:
    points = make_help(main_standard()).example.readiness
    assert [point.sentences[0].partition(":")[0] for point in points] == ["Met", "Partly"]


def test_every_source_is_listed_and_the_survey_last() -> None:
    standard = main_standard()
    sources = list_sources(standard)
    assert standard.survey is not None
    assert [each.title for each in sources] == [*(each.title for each in standard.sources), standard.survey.title]
    assert all(each.seen and each.rights for each in sources)


def test_source_known_in_part_says_so() -> None:
    noms, *_ = list_sources(main_standard())
    assert noms.notes[0].startswith("Known to us in part only.")
    assert noms.asked == "It asks for 18 things that can be set beside your answers."
