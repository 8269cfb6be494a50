"""The plan on one page, in every state that it can be in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import event

from selfassess import Answer, load_standard
from selfassess.planning import ActionStatus
from selfassess.reports.view.plan import show_plan
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakeTeam, TestTeam
from tests.webapp.pages import Page, words_of
from tests.webapp.planning import LATER, add_assessment, add_plan
from webapp.site import Site
from webapp.store.actions import save_action
from webapp.store.plans import get_living_plan
from webapp.store.scope import get_scope


def titles(page: Page) -> list[str]:
    """The groups, with how many are in each."""
    return [words_of(heading) for heading in page.all("main h3")]


def gaps(page: Page) -> list[str]:
    """The actions in the order of the page."""
    return [words_of(link) for link in page.all(".govuk-task-list a")]


def write(app: Site, team: TestTeam, reference: str, **fields: object) -> None:
    """Write something about an action."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        record = get_living_plan(scope).by_reference[reference]
        written = replace(record.written, **fields)  # type: ignore[arg-type]
        save_action(scope, record.id, written=written, version=record.version)
        work.commit()


def test_without_an_assessment_the_page_says_what_comes_first(team: TestTeam) -> None:
    assert "no assessment yet" in team.contributor.client.page(f"{team.address}/plan").words("main")
    assert not team.reader.client.page(f"{team.address}/plan").all("main p a")


def test_without_a_plan_only_those_who_may_are_offered_to_make_it(app: Site, team: TestTeam) -> None:
    add_assessment(app, team)
    assert team.contributor.client.page(f"{team.address}/plan").all("main a.govuk-button")
    page = team.approver.client.page(f"{team.address}/plan")
    assert not page.all("main a.govuk-button")
    assert "Nobody has made the plan yet" in page.words("main")


def test_plan_says_what_the_pdf_says_in_its_order(app: Site, team: TestTeam, plan: str) -> None:
    page = team.reader.client.page(plan)
    with app.run_work(write=False):
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        view = show_plan(get_living_plan(scope).plan)
    assert gaps(page) == [item.gap for _, items in view.groups for item in items]
    assert titles(page) == [f"{title} ({len(items)})" for title, items in view.groups]
    numbers = [words_of(item) for item in page.all(".app-counts__item")]
    assert numbers == ["3 actions in the plan", "0 done", "0 overdue", "1 on must practices", "2 quick wins"]
    by_owner, by_due = ([words_of(row) for row in table.cssselect("tbody tr")] for table in page.all("details table"))
    assert by_owner == ["Nobody yet31222 December 2026"]
    assert [row.partition(" 20")[0] for row in by_due] == ["22 December", "22 February", "22 November"]


def test_overdue_is_said_in_words(app: Site, team: TestTeam, plan: str) -> None:
    write(app, team, "PRO-03", start=date(2026, 10, 1), due=date(2026, 11, 21))
    page = team.reader.client.page(f"{plan}?group=due")
    assert titles(page) == ["Overdue (1)", "Due in February 2027 (1)", "Due in November 2027 (1)"]
    assert [words_of(tag) for tag in page.all(".govuk-tag--red")] == ["Overdue"]


def test_groups_hold_the_actions_of_owners_and_themes(app: Site, team: TestTeam, plan: str) -> None:
    write(app, team, "POL-01", owner="Ann")
    assert titles(team.reader.client.page(f"{plan}?group=owner")) == ["Nobody yet (2)", "Ann (1)"]
    themes = titles(team.reader.client.page(f"{plan}?group=theme"))
    standard = load_standard("prison-volunteering")
    expected = [standard.theme_of[key].title for key in ("POL-01", "PRO-03")]
    assert themes == [f"{expected[0]} (2)", f"{expected[1]} (1)"]


def test_filter_says_how_many_of_how_many(app: Site, team: TestTeam, plan: str) -> None:
    write(app, team, "POL-01", owner="Ann & Co", status=ActionStatus.BLOCKED)
    page = team.reader.client.page(f"{plan}?status=blocked&owner=is%3AAnn+%26+Co")
    assert gaps(page) == ["There is a current volunteering policy"]
    assert "Showing 1 of 3." in page.words("main")
    assert page.one("#choose-owner option[selected]").get("value") == "is:Ann & Co"


def test_filter_that_fits_nothing_says_so(team: TestTeam, plan: str) -> None:
    page = team.reader.client.page(f"{plan}?status=done")
    assert "Showing 0 of 3." in page.words("main")
    assert "No action fits what you chose." in page.words("main")


def test_plan_without_gaps_says_so(app: Site, team: TestTeam) -> None:
    address = add_plan(app, team, {"POL-01": Answer(level=3)})
    assert "No gaps among the 1 practice answered so far." in team.reader.client.page(address).words("main")


def test_plan_in_which_all_is_done_says_so(app: Site, team: TestTeam, plan: str) -> None:
    for reference in ("PRO-03", "POL-01", "POL-03"):
        write(app, team, reference, status=ActionStatus.DONE)
    assert "Every action is done." in team.reader.client.page(plan).words("main")


def test_newer_assessment_is_offered_to_those_who_may_use_it(app: Site, team: TestTeam, plan: str) -> None:
    newer = add_assessment(app, team, LATER, year=2027)
    assert "another assessment, “2027”" in team.reader.client.page(plan).words(".govuk-inset-text")
    link = team.owner.client.page(plan).one(".govuk-inset-text a")
    assert link.get("href") == f"{plan}/update?assessment={newer}"


def test_plan_with_every_practice_and_long_texts_is_shown(app: Site, team: TestTeam) -> None:
    standard = load_standard("prison-volunteering")
    answers = {practice.id: Answer(level=0, note="n" * 10_000) for practice in standard.asked("full", "prison")}
    address = add_plan(app, team, answers)
    write(app, team, "POL-01", owner="o" * 300, progress_note="<script>alert(1)</script>" * 400)
    page = team.contributor.client.page(address)
    assert len(gaps(page)) == len(answers) > 70
    assert not page.all("main script")


def test_number_of_questions_does_not_grow_with_the_plan(app: Site, team: TestTeam) -> None:
    standard = load_standard("prison-volunteering")
    address = add_plan(app, team, {p.id: Answer(level=0) for p in standard.asked("full", "prison")})
    asked: list[str] = []
    event.listen(app.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    team.reader.client.page(address)
    assert len([words for words in asked if words.startswith("SELECT")]) <= 8


def test_plan_of_others_is_not_found(client: CheckingClient, make_team: MakeTeam, plan: str) -> None:
    stranger = make_team("HMP Other").owner.client
    for address in (plan, f"{plan}/new", f"{plan}/update", f"{plan}/actions/new", f"{plan}/action-plan.pdf"):
        assert stranger.get(address).status_code == 404
        assert client.get(address).status_code == 303
