"""The group report: who is in it, which numbers, how it is built."""

from __future__ import annotations

import logging
import os
import shlex
import subprocess
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from selfassess import OutputError
from selfassess.explanation import round_half_up
from selfassess.group import GroupSummary
from selfassess.reports import render_group_html, write_group_report
from selfassess.reports.view.group import GroupView, show_group
from selfassess.reports.view.group_heat import THEMES_ACROSS, show_heat
from selfassess.reports.words import RATING_WORDS
from tests.reports.cases import WELSH_NAME
from tests.reports.conftest import squeeze
from tests.reports.group_cases import GROUP_CASES, batch_of, cards, group_case, invent, summarise

EVERY = pytest.mark.parametrize("name", GROUP_CASES)


@dataclass(frozen=True)
class Rendered:
    summary: GroupSummary
    path: Path
    warnings: tuple[str, ...]

    @cached_property
    def pdf(self) -> PdfReader:
        return PdfReader(self.path)

    @cached_property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in self.pdf.pages]

    @cached_property
    def text(self) -> str:
        return squeeze("".join(self.pages))


class _Listening(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture(scope="session")
def groups(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    """Every case, rendered once."""
    folder = tmp_path_factory.mktemp("groups")
    return {name: _render(group_case(name), folder / f"{name}.pdf") for name in GROUP_CASES}


def _render(summary: GroupSummary, path: Path) -> Rendered:
    listening, logger = _Listening(), logging.getLogger("weasyprint")
    logger.addHandler(listening)
    try:
        return Rendered(summary, write_group_report(summary, path), tuple(listening.said))
    finally:
        logger.removeHandler(listening)


@EVERY
def test_group_report_is_tagged_and_titled(groups: dict[str, Rendered], name: str) -> None:
    root: Any = groups[name].pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    metadata = groups[name].pdf.metadata
    assert metadata is not None
    assert (metadata.title or "").startswith("Group report: ")


@EVERY
def test_header_cells_say_what_they_head(groups: dict[str, Rendered], name: str) -> None:
    root: Any = groups[name].pdf.trailer["/Root"]
    waiting, scopes = [root["/StructTreeRoot"]["/K"]], []
    while waiting:
        item = waiting.pop().get_object()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict) and "/S" in item:
            waiting.append(item.get("/K", []))
            scopes += [item["/A"]["/Scope"]] if item["/S"] == "/TH" else []
    assert set(scopes) == {"/Column", "/Row"}


@EVERY
def test_engine_warns_of_nothing(groups: dict[str, Rendered], name: str) -> None:
    assert groups[name].warnings == ()


@pytest.mark.parametrize("name", [name for name in GROUP_CASES if name != "nobody"])
def test_summary_takes_one_page(groups: dict[str, Rendered], name: str) -> None:
    headings = [page.lstrip().splitlines()[0] for page in groups[name].pages[1:3]]
    assert headings == ["Summary", "How the scores lie"]


@pytest.mark.parametrize("name", [name for name in GROUP_CASES if name != "hostile"])
def test_every_organisation_is_named(groups: dict[str, Rendered], name: str) -> None:
    summary = groups[name].summary
    names = [member.name for member in summary.members]
    names += [item.name for item in (*summary.rejected, *summary.not_returned)]
    assert names
    assert all(squeeze(item) in groups[name].text for item in names)


def test_hostile_and_welsh_names_are_whole_and_only_text(groups: dict[str, Rendered]) -> None:
    page = render_group_html(groups["hostile"].summary)
    for tag in ("<img", "<script", "<link", "<svg", "</table>,"):
        assert tag not in page
    assert "&lt;/title&gt;&lt;script&gt;alert(1)" in page
    assert WELSH_NAME in page
    assert squeeze(WELSH_NAME) in groups["hostile"].text
    assert "=HYPERLINK(1)" in groups["hostile"].text
    assert "Llanfairpwllgwyngyll" * 12 in groups["hostile"].text


@EVERY
def test_html_needs_nothing_else(name: str) -> None:
    page = render_group_html(group_case(name))
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<h1") == 1
    assert "src=" not in page.replace("src=&#34;", "")
    assert "@media screen" in page


def test_pages_of_the_heat_map_lie_on_their_side_and_head_their_columns(groups: dict[str, Rendered]) -> None:
    rendered = groups["thirty-six"]
    wide = [at for at, page in enumerate(rendered.pdf.pages) if page.mediabox.width > page.mediabox.height]
    assert wide == [3, 4]
    assert all("Organisation" in rendered.pages[at] and "Recognition" in rendered.pages[at] for at in wide)


def test_sections_are_bookmarked(groups: dict[str, Rendered]) -> None:
    titles = [str(item["/Title"]) for item in groups["thirty-six"].pdf.outline if not isinstance(item, list)]
    assert titles[0] == "Summary"
    assert "Organisations by theme" in titles
    assert titles[-2:] == ["Missing and rejected", "How this was worked out"]


def test_heat_map_holds_the_scores_of_each_organisation() -> None:
    batch = invent(5, 3, share=0.9)
    shown = {row.name: row for row in _rows(show_group(summarise(batch)))}
    for card in cards(batch):
        row = shown[card.assessment.organisation.name]
        overall = card.overall
        assert overall.score is not None
        assert row.met == f"{overall.met} of {overall.applicable}"
        assert row.score == f"{round_half_up(overall.score)}{' p' if overall.is_provisional else ''}"
        marks = {"urgent": " !", "not_assessed": " …"}
        expected = [
            f"{round_half_up(t.result.score)}{marks.get(t.result.rating, '')}" if t.result.score is not None else "n/a"
            for t in card.themes
        ]
        assert [number for _, number in row.cells] == expected


def test_tint_follows_the_number_that_is_shown() -> None:
    bounds = {"h0": (0, 24), "h1": (25, 49), "h2": (50, 74), "h3": (75, 99), "h4": (100, 100)}
    for row in _rows(show_group(group_case("thirty-six"))):
        for style, number in row.cells:
            low, high = bounds[style]
            assert low <= int(number.split()[0]) <= high


def test_kinds_are_kept_apart_and_groups_in_order() -> None:
    tables = show_group(group_case("thirty-six")).heat.tables
    assert [table.heading for table in tables] == [
        "Prison (24 organisations)",
        "Voluntary organisation (12 organisations)",
    ]
    assert [block.group for block in tables[0].blocks] == [
        "Cymru",
        "London",
        "Midlands",
        "North",
        "South",
        "No group given",
    ]


def test_theme_that_was_not_asked_has_a_dash() -> None:
    summary = group_case("one")
    heat = ((None, *summary.heat[0][1:]),)
    assert show_heat(replace(summary, heat=heat)).tables[0].blocks[0].rows[0].cells[0] == ("", "–")


def test_many_themes_are_shown_in_several_tables() -> None:
    summary = group_case("one")
    themes = tuple(summary.themes[at % 13] for at in range(30))
    tables = show_heat(replace(summary, themes=themes, heat=(summary.heat[0] * 3,)[:1])).tables
    assert [len(table.themes) for table in tables] == [10, 10, 10]
    assert max(len(table.themes) for table in tables) <= THEMES_ACROSS


def test_counts_add_up() -> None:
    summary = group_case("thirty-six")
    shown = show_group(summary)
    assert sum(row.number for row in shown.scores.bands) == len(summary.members)
    assert sum(sum(row.by_kind) for row in shown.scores.bands) == len(summary.members)
    assert sum(row.number for row in shown.summary.ratings) == len(summary.members)
    for theme in shown.scores.themes:
        assert sum(theme.ratings) == len(summary.members)
    for source in shown.sources.sources:
        assert all(sum(row.counts) == len(summary.members) for row in source.rows)
    for row in shown.sources.overview:
        assert sum(row.counts) == row.requirements


def test_help_names_five_practices_with_counts_and_first_step() -> None:
    summary = group_case("thirty-six")
    shown = show_group(summary).summary.help
    assert [item.practice.id for item in shown] == [item.practice.id for item in summary.help[:5]]
    assert f"a gap at {summary.help[0].gaps} of {summary.help[0].asked}" in shown[0].about
    assert shown[0].action.startswith(summary.help[0].practice.first_action.text[:20])


def test_open_musts_are_counted_by_practice_and_by_organisation() -> None:
    summary = group_case("thirty-six")
    musts = show_group(summary).musts
    assert sum(row.number for row in musts.organisations) == sum(member.must_gaps for member in summary.members)
    assert sum(sum(row.levels) for row in musts.practices) == sum(member.must_gaps for member in summary.members)
    numbers = [row.number for row in musts.organisations]
    assert numbers == sorted(numbers, reverse=True)


def test_change_counts_directions_and_names_who_is_new(groups: dict[str, Rendered]) -> None:
    change = show_group(group_case("thirty-six")).change
    assert change is not None
    assert len(change.rows) == 34
    assert any("Here for the first time (2): HMP New B; HMP New A." in remark for remark in change.remarks)
    assert sum(then for _, then, _ in change.ratings) == sum(now for _, _, now in change.ratings) == 34
    assert squeeze("Since the previous batch") in groups["thirty-six"].text
    assert show_group(group_case("one")).change is None


def test_only_some_of_many_new_organisations_are_named_in_the_sentence() -> None:
    summary = group_case("thirty-six")
    assert summary.changes
    change = show_group(replace(summary, changes=summary.changes[:1])).change
    assert change is not None
    (new,) = [remark for remark in change.remarks if "first time (35)" in remark]
    assert new.count("; ") == 20
    assert new.endswith("; and 15 more, all who are not in the table below.")


@pytest.mark.parametrize(("provisional", "shown"), [(True, "50 p"), (False, "50")])
def test_score_then_says_that_it_was_provisional(provisional: bool, shown: str) -> None:
    summary = group_case("thirty-six")
    assert summary.changes
    then = replace(summary.changes[0], old_score=50.0, old_provisional=provisional)
    change = show_group(replace(summary, changes=(then,))).change
    assert change is not None
    assert change.rows[0].score[0] == shown


def test_change_of_another_text_says_so() -> None:
    summary = group_case("thirty-six")
    assert summary.changes
    other = replace(
        summary.changes[0], old_version="0.9.0", old_questionnaire="quick-check", old_score=None, old_date=None
    )
    change = show_group(replace(summary, changes=(other,))).change
    assert change is not None
    assert change.rows[0].note == "answered then: Quick check; version 0.9.0 of the standard then"
    assert (change.rows[0].then, change.rows[0].change, change.rows[0].score[0]) == ("No date", "", "–")


def test_missing_and_rejected_are_told_with_reasons(groups: dict[str, Rendered]) -> None:
    absent = show_group(group_case("thirty-six")).absent
    assert {item.name for item in absent.missing} == {"HMP Example 1", "HMP Example 2"}
    assert len(absent.rejected) == 3
    assert squeeze("POL-01") in squeeze(" ".join(absent.rejected[0].reasons))
    assert "row37" in groups["thirty-six"].text
    hostile = show_group(group_case("hostile")).absent.rejected[0]
    assert hostile.reasons[-1] == "And 25 more reasons."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no-gaps", "No practice that was answered is a gap anywhere."),
        ("nothing-answered", "Nothing has been answered yet."),
        ("nobody", "No organisation could be scored"),
        ("half-answered", "Provisional: 9 of 9 organisations have not answered everything."),
    ],
)
def test_little_to_say_is_said(groups: dict[str, Rendered], name: str, words: str) -> None:
    assert squeeze(words) in groups[name].text


def test_cover_names_the_group_where_there_is_one() -> None:
    assert show_group(group_case("one")).cover.name == "North"
    summary = group_case("thirty-six")
    assert show_group(summary).cover.name == "36 organisations"
    alone = replace(group_case("one").members[0], group="")
    assert show_group(replace(group_case("one"), members=(alone,))).cover.name == alone.name


def test_ratings_use_the_words_of_the_other_reports() -> None:
    labels = {row.label for row in show_group(group_case("one")).summary.ratings}
    assert labels == set(RATING_WORDS.values())


def test_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"use \.pdf or \.html"):
        write_group_report(group_case("one"), tmp_path / "group.docx")
    assert write_group_report(group_case("one"), str(tmp_path / "group.HTML")).exists()


@pytest.mark.slow
def test_five_hundred_organisations_fit_in_a_sensible_number_of_pages(tmp_path: Path) -> None:
    rendered = _render(batch_of(340, 160), tmp_path / "group.pdf")
    assert rendered.warnings == ()
    assert 30 <= len(rendered.pages) <= 80
    assert all(squeeze(member.name) in rendered.text for member in rendered.summary.members)


@pytest.mark.slow
def test_every_group_report_passes_the_validator(groups: dict[str, Rendered]) -> None:
    check = os.environ.get("PDFUA_CHECK")
    if not check:
        pytest.skip("PDFUA_CHECK names no PDF/UA validator")
    paths = [str(rendered.path) for rendered in groups.values()]
    done = subprocess.run([*shlex.split(check), *paths], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def _rows(view: GroupView) -> list[Any]:
    return [row for table in view.heat.tables for block in table.blocks for row in block.rows]
