"""The results on screen say what the reports say, of what was answered or signed."""

from __future__ import annotations

from hashlib import sha256

import pytest
from sqlalchemy import event, update

from selfassess import Scorecard, load_standard, read_assessment, score
from selfassess.reports.view.report import ReportView, show_report
from tests.webapp.conftest import MakeTeam, TestTeam
from tests.webapp.pages import Page, words_of
from tests.webapp.reviewing import add_assessment, example
from webapp.db.tables import Answer as AnswerRow
from webapp.db.tables import SignedCopy
from webapp.site import Site


@pytest.fixture(scope="module")
def card() -> Scorecard:
    """The example as the library scores it."""
    return score(load_standard("prison-volunteering"), read_assessment("examples/hmp-example.yaml"))


@pytest.fixture(scope="module")
def report(card: Scorecard) -> ReportView:
    """The example as its gap report shows it."""
    return show_report(card)


def in_order(text: str, *parts: str) -> bool:
    """Whether all of these are in a text, one after the other."""
    place = 0
    for part in parts:
        found = text.find(" ".join(part.split()), place)
        if found < 0:
            return False
        place = found
    return True


def rows(page: Page, section: str) -> list[list[str]]:
    """The cells of a section's first table."""
    table = page.all(f"section#{section} table")[0]
    return [[words_of(cell) for cell in row] for row in table.cssselect("tbody tr")]


def test_summary_has_the_reports_numbers_words_and_order(app: Site, team: TestTeam, report: ReportView) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team)}/results")
    summary = report.summary
    assert [words_of(item) for item in page.all(".app-counts__item")] == [f"{n} {name}" for n, name in summary.figures]
    assert in_order(
        page.words("section#summary"),
        summary.of,
        summary.gaps,
        summary.result.rating,
        summary.result.rule,
        summary.must_count,
        summary.result.score,
        *(practice.title for practice in summary.must_gaps),
        summary.first_heading,
        *(part for item in summary.first for part in (item.practice.title, item.why, item.action)),
        *summary.strengths,
        summary.quick_wins,
        *(practice.title for practice in summary.quick_win_names),
    )


def test_must_gaps_are_links_with_titles(app: Site, team: TestTeam, report: ReportView) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team)}/results")
    links = page.all("section#summary details a")
    assert [words_of(link) for link in links] == [practice.title for practice in report.summary.must_gaps]
    assert [link.get("href").rpartition("/")[2] for link in links] == [gap.id for gap in report.summary.must_gaps]
    assert links
    assert report.summary.musts not in page.words("section#summary")


def test_results_say_what_they_rest_on(app: Site, team: TestTeam, card: Scorecard) -> None:
    address = add_assessment(app, team, "submitted")
    page = team.reader.client.page(f"{address}/results")
    held = [words_of(item) for item in page.all(".govuk-summary-list__row")]
    version, checksum = card.standard.version, card.standard.hash[:12]
    assert held == [
        f"Standard {card.standard.title}, version {version}",
        f"Checksum of the standard {checksum}… (SHA-256)",
    ]


def test_signed_results_say_who_signed_when_and_what(app: Site, team: TestTeam) -> None:
    address = add_assessment(app, team, "signed")
    rows_of_list = team.reader.client.page(f"{address}/results").all(".govuk-summary-list__row")
    signed, checksum = (words_of(row) for row in rows_of_list[2:])
    assert signed.startswith("Signed off by HMP Example Owner, ")
    document = team.reader.client.get(f"{address}/answers.json").data
    assert checksum == f"Checksum of the answers {sha256(document).hexdigest()} (SHA-256)"


@pytest.mark.parametrize("path", ["results", "results/readiness"])
def test_regions_have_names_of_their_own(app: Site, team: TestTeam, path: str) -> None:
    add_assessment(app, team, "signed", year=2025, answers=example("hmp-example-2025"))
    page = team.reader.client.page(f"{add_assessment(app, team)}/{path}")
    landmarks = page.all("[role=region], section[aria-labelledby], section[aria-label]")
    names = [item.get("aria-labelledby") or item.get("aria-label") for item in landmarks]
    assert names
    assert len(names) == len(set(names))


def test_tables_have_the_reports_rows(app: Site, team: TestTeam, report: ReportView) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team)}/results")
    lines = (*report.chart.rows, report.chart.total)
    assert rows(page, "chart") == [[r.title, "", *map(str, r.numbers), r.met, r.rating] for r in lines]
    assert [row[1:] for row in rows(page, "readiness")] == [[r.met, r.others] for r in report.readiness.counts]
    assert [row[2] for row in rows(page, "musts")] == [must.action for must in report.musts]
    assert report.survey is not None
    assert [row[2] for row in rows(page, "survey")] == [row.others for row in report.survey.rows]


def test_every_gap_stands_in_its_place(app: Site, team: TestTeam, card: Scorecard) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team)}/results")
    cells = page.all("section#gaps tbody tr")
    assert [words_of(row[1]) for row in cells] == [priority.practice.title for priority in card.priorities]


def test_bar_is_as_long_as_its_answers(app: Site, team: TestTeam, report: ReportView) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team)}/results")
    drawn = page.all("section#summary svg rect")
    bar = report.summary.bar
    assert [float(rect.get("width")) for rect in drawn] == [bar.best, bar.good, bar.partly, bar.rest]
    assert [float(rect.get("x")) for rect in drawn] == pytest.approx(
        [0, bar.best, bar.best + bar.good, bar.best + bar.good + bar.partly]
    )


def test_unfinished_results_say_so_first(app: Site, team: TestTeam) -> None:
    some = dict(list(example().items())[:5])
    page = team.reader.client.page(f"{add_assessment(app, team, answers=some)}/results")
    assert in_order(page.words("main"), "Being answered", "Provisional: 5 of 73 practices", "Summary")


def test_results_without_any_answer_have_every_section(app: Site, team: TestTeam) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team, answers={})}/results")
    assert in_order(page.words("main"), "Nothing has been answered yet", "Not assessed", "There are no gaps")


@pytest.mark.parametrize(
    ("status", "label"), [("open", "Being answered"), ("submitted", "Waiting for sign-off"), ("signed", "Signed off")]
)
def test_state_is_told_in_words(app: Site, team: TestTeam, status: str, label: str) -> None:
    assert label in team.reader.client.page(f"{add_assessment(app, team, status)}/results").words(".govuk-tag")


def test_reader_is_offered_no_step(app: Site, team: TestTeam) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team, 'submitted')}/results")
    assert not page.all("main a.govuk-button")


def test_signed_results_do_not_follow_the_answers(app: Site, team: TestTeam) -> None:
    address = f"{add_assessment(app, team, 'signed')}/results"
    before = team.reader.client.page(address).words("main")
    with app.run_work(write=True) as work:
        work.execute(update(AnswerRow).values(level="3"))
        work.commit()
    assert team.reader.client.page(address).words("main") == before


def test_signed_answers_that_were_changed_are_not_shown(
    app: Site, team: TestTeam, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"{add_assessment(app, team, 'signed')}/results"
    with app.run_work(write=True) as work:
        work.execute(update(SignedCopy).values(checksum="0" * 64))
        work.commit()
    page = team.reader.client.page(address, status=500)
    assert page.words("h1") == "This record has been changed since it was signed"
    assert "the signed answers were changed" in caplog.text


def test_results_look_back_to_the_last_signed_assessment(app: Site, team: TestTeam) -> None:
    add_assessment(app, team, "signed", year=2025, answers=example("hmp-example-2025"))
    page = team.reader.client.page(f"{add_assessment(app, team)}/results")
    assert "Since the last assessment" in page.words("#change")
    assert in_order(page.words("section#change"), "1 November 2025", "Moved up")


def test_practices_are_narrowed_by_theme_tier_and_status(app: Site, team: TestTeam, card: Scorecard) -> None:
    address = f"{add_assessment(app, team)}/results/practices"
    client = team.reader.client
    assert "73 of 73 practices" in client.page(address).words("main")
    gaps = client.page(f"{address}?status=gap")
    assert f"{len(card.priorities)} of 73 practices" in gaps.words("main")
    narrow = client.page(f"{address}?theme=policy&tier=core&status=partly")
    shown = [words_of(heading) for heading in narrow.all("main h3")]
    entries = next(theme.entries for theme in card.themes if theme.theme.id == "policy")
    assert shown == [p.title for p, a in entries if p.tier.value == "core" and a.level == 1]
    assert [option.get("value") for option in narrow.all("option[selected]")] == ["policy", "core", "partly"]


def test_filter_that_is_unknown_narrows_nothing(app: Site, team: TestTeam) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team)}/results/practices?theme=nothing&status=%00")
    assert "73 of 73 practices" in page.words("main")


def test_filter_that_fits_nothing_says_so(app: Site, team: TestTeam) -> None:
    page = team.reader.client.page(f"{add_assessment(app, team, answers={})}/results/practices?status=met")
    assert in_order(page.words("main"), "0 of 73 practices", "No practice is all of this")


def test_every_number_is_explained_in_the_librarys_words(app: Site, team: TestTeam, card: Scorecard) -> None:
    address = f"{add_assessment(app, team)}/results/explain"
    for subject in ("overall", "policy", "POL-01", "noms-2005:13"):
        page = team.reader.client.page(f"{address}/{subject}")
        assert in_order(page.words("main"), *card.explain(subject).sentences)


def test_every_link_to_an_explanation_leads_to_one(app: Site, team: TestTeam) -> None:
    address = f"{add_assessment(app, team)}/results"
    client = team.reader.client
    pages = [client.page(address), client.page(f"{address}/readiness"), client.page(f"{address}/practices")]
    links = {link.get("href") for page in pages for link in page.all("a[href*=explain]")}
    assert len(links) > 150
    for link in sorted(links)[::25]:
        client.page(link)


def test_explanation_of_nothing_is_not_found(app: Site, team: TestTeam) -> None:
    team.reader.client.page(f"{add_assessment(app, team)}/results/explain/no/such-thing", status=404)


def test_two_assessments_are_set_side_by_side_the_older_first(app: Site, team: TestTeam) -> None:
    old = add_assessment(app, team, year=2025, answers=example("hmp-example-2025"))
    new = add_assessment(app, team)
    for one, other in ((new, old), (old, new)):
        page = team.reader.client.page(f"{one}/results/compare/{other.rpartition('/')[2]}")
        assert page.words("h1") == "2025 and 2026"
        assert in_order(page.words("main"), "Then: 1 November 2025. Now: 1 November 2026.", "Moved up (25)", "Fell (3)")


def test_assessment_of_another_organisation_is_not_found(app: Site, team: TestTeam, make_team: MakeTeam) -> None:
    other = make_team("HMP Other")
    theirs, mine = add_assessment(app, other), add_assessment(app, team)
    theirs_id = theirs.rpartition("/")[2]
    for path in ("results", "results/practices", "results/readiness", "results/explain/overall"):
        team.owner.client.page(f"{team.address}/assessments/{theirs_id}/{path}", status=404)
        team.owner.client.page(f"{theirs}/{path}", status=404)
    team.owner.client.page(f"{mine}/results/compare/{theirs_id}", status=404)


def test_results_ask_the_database_little(app: Site, team: TestTeam) -> None:
    add_assessment(app, team, "signed", year=2025, answers=example("hmp-example-2025"))
    address = f"{add_assessment(app, team, 'signed')}/results"
    team.reader.client.page(address)
    asked: list[str] = []
    event.listen(app.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    team.reader.client.get(address)
    assert len([query for query in asked if query.startswith("SELECT")]) <= 10
