"""What the reports say, and what they say where there is little to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from selfassess.model.source import Encoded
from selfassess.reports import render_plan_html, render_report_html
from selfassess.reports.fonts import make_pattern, name_character
from selfassess.reports.view.bars import show_levels_bar, show_percent_bar
from selfassess.reports.view.plan import show_plan
from selfassess.reports.view.report import show_report
from selfassess.reports.words import count, day, join_words, sentence
from tests.reports.cases import CASES, build, comparison_for, everything_at
from tests.reports.conftest import Rendered, plan_for, squeeze


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (day(date(2026, 11, 1)), "1 November 2026"),
        (count(0, "gap"), "no gaps"),
        (count(1, "gap"), "1 gap"),
        (count(2, "gap"), "2 gaps"),
        (join_words(["a"]), "a"),
        (join_words(["a", "b", "c"]), "a, b and c"),
        (sentence("at least one"), "At least one."),
        (sentence("Why?"), "Why?"),
    ],
)
def test_words_read_as_people_write(said: str, words: str) -> None:
    assert said == words


def test_incomplete_answers_are_provisional_on_cover_and_summary() -> None:
    report = show_report(CASES["half-answered"]())
    assert report.cover.banner is not None
    assert report.cover.banner.startswith("Provisional: ")
    assert "provisional" in report.summary.result.score


def test_complete_answers_are_not_provisional() -> None:
    report = show_report(CASES["prison"]())
    assert report.cover.banner is None
    assert "provisional" not in report.summary.result.score


def test_first_three_things_say_why() -> None:
    card = CASES["prison"]()
    first = show_report(card).summary.first
    assert [item.practice.id for item in first] == [p.practice.id for p in card.priorities[:3]]
    assert [item.why for item in first] == [p.why for p in card.priorities[:3]]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nothing-answered", "Nothing has been answered yet"),
        ("all-met", "There are no gaps. To show that good practice is embedded"),
        ("embedded", "There are no gaps, and every practice is embedded"),
    ],
)
def test_report_without_gaps_says_what_to_do(name: str, words: str) -> None:
    assert words in show_report(CASES[name]()).summary.first_note


def test_no_gaps_so_far_asks_for_the_rest() -> None:
    summary = show_report(build({"POL-01": 2})).summary
    assert summary.first_note.startswith("No gaps among what was answered")
    assert len(summary.first) == 3


@pytest.mark.parametrize(
    ("name", "words"),
    [("nothing-answered", "Nothing has been answered yet"), ("all-met", "There are no gaps")],
)
def test_plan_without_actions_says_why(plans: dict[str, Rendered], name: str, words: str) -> None:
    assert squeeze(words) in plans[name].text


def test_plan_without_gaps_so_far_says_that_it_may_grow() -> None:
    from selfassess import plan_actions

    shown = show_plan(plan_actions(build({"POL-01": 2}), start=date(2026, 11, 2)))
    assert shown.empty is not None
    assert "may grow" in shown.empty


def test_plan_counts_by_owner_and_by_day() -> None:
    plan = plan_for("prison")
    actions = (replace(plan.actions[0], owner="Ceri", last_reviewed=date(2026, 12, 1)), *plan.actions[1:])
    shown = show_plan(replace(plan, actions=actions))
    assert [share.name for share in shown.by_owner] == ["Nobody yet", "Ceri"]
    assert sum(share.actions for share in shown.by_due) == len(actions)
    page = render_plan_html(replace(plan, actions=actions))
    assert "Ceri" in page
    assert "1 December 2026" in page


def test_comparison_is_shown_both_ways() -> None:
    card = CASES["compared"]()
    comparison = comparison_for("compared", card)
    change = show_report(card, comparison).change
    assert change is not None
    assert change.dates == ("20 October 2025", "1 November 2026")
    assert {words.split(" (")[0] for words, _ in change.moves} >= {"Moved up", "Fell", "Answered for the first time"}
    assert "Since the last assessment" in render_report_html(card, comparison)
    assert "Since the last assessment" not in render_report_html(card)


SIGNED_BY = "Signed by <b>A & B</b> on 2 November 2026"
CHECKSUM = "0123456789abcdef" * 4


def test_signed_report_says_who_signed_on_its_cover_and_what_in_its_method() -> None:
    card = CASES["prison"]()
    page = render_report_html(card, standing=SIGNED_BY, checksum=CHECKSUM)
    told = "Signed by &lt;b&gt;A &amp; B&lt;/b&gt; on 2 November 2026"
    assert page.index(told) < page.index('id="summary"')
    assert page.index('id="method"') < page.index(f"Signed answers, SHA-256: {CHECKSUM}")


def test_signed_plan_says_who_signed_and_what_before_its_actions() -> None:
    page = render_plan_html(plan_for("prison"), standing=SIGNED_BY, checksum=CHECKSUM)
    place = page.index("By due date")
    assert page.index("Signed by &lt;b&gt;A &amp; B&lt;/b&gt; on 2 November 2026") < place
    assert page.index(CHECKSUM) < place


def test_report_and_plan_say_nothing_of_a_signature_where_nobody_is_asked_to_sign() -> None:
    for page in (render_report_html(CASES["prison"]()), render_plan_html(plan_for("prison"))):
        assert "Signed" not in page
        assert "not signed" not in page


def test_must_gaps_are_named_as_well_as_counted() -> None:
    summary = show_report(CASES["prison"]()).summary
    assert summary.must_gaps
    gaps = ", ".join(gap.id for gap in summary.must_gaps)
    assert summary.musts == f"{summary.must_count.removesuffix('.')}; gaps: {gaps}."


def test_sources_with_the_same_requirements_share_a_table() -> None:
    readiness = show_report(CASES["prison"]()).readiness
    assert [matrix.titles for matrix in readiness.matrices] == [("NOMS 2005", "Clinks and VE 2010", "IiV 2014")]
    matrix = readiness.matrices[0]
    assert len(matrix.rows) == 20
    assert {words for _, words in matrix.rows[0].cells} == {"Not asked"}
    assert matrix.rows[3].cells[0] == ("none", "Not asked for")
    assert matrix.rows[7].cells[2][1] == "– Does not apply"


def test_what_must_be_said_of_a_source_is_said() -> None:
    card = CASES["prison"]()
    page = render_report_html(card)
    for source in card.standard.sources:
        assert (source.readiness_note or "") in page
        if source.encoded is Encoded.PARTLY:
            assert (source.encoded_note or "") in page


def test_survey_calls_a_small_share_few() -> None:
    survey = show_report(CASES["prison"]()).survey
    assert survey is not None
    shown = {row.id: row.others for row in survey.rows}
    assert shown["T1"] == "20%"
    assert shown["T3"] == "2%, few"


def test_chart_counts_what_was_not_answered_where_there_is_any() -> None:
    half, full = (show_report(CASES[name]()).chart for name in ("half-answered", "prison"))
    assert half.columns[-1] == ("un", "Not answered")
    assert half.total.numbers[-1] == CASES["half-answered"]().overall.unanswered
    assert [label for _, label in full.columns][-1] == "Do not know yet"


def test_bar_lengths_add_up() -> None:
    result = CASES["prison"]().overall
    bar = show_levels_bar(result, 120)
    assert bar.best + bar.answered == pytest.approx(120, abs=0.1)
    assert show_percent_bar(25, 80).good == 20
    assert show_levels_bar(everything_at(3).overall, 10).best == 10


def test_characters_without_a_glyph_are_found() -> None:
    pattern = make_pattern(range(32, 127))
    assert pattern.sub(lambda found: name_character(found[0]), "a\t\n\u200b😀\u202e") == (
        "a\t\n\u200b[GRINNING FACE][RIGHT-TO-LEFT OVERRIDE]"
    )
