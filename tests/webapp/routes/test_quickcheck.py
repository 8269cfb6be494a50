"""The quick check from its first page to its reports, to an account, or to its deletion."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from selfassess import Answer, Standard
from tests.webapp.auth.letters import later
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import PASSWORD, MakePerson, MakeTeam, TestPerson, TestTeam, make_client
from tests.webapp.pages import Page, words_of
from webapp.clock import fixed_time, now
from webapp.db.tables import Organisation, QuickCheck
from webapp.pages.quickcheck import make_quick_pages
from webapp.questions.posted import REASON_LENGTH
from webapp.site import Site
from webapp.store.answers import list_answers
from webapp.store.assessments import get_assessment
from webapp.store.quickchecks import HOURS
from webapp.store.scope import get_scope
from webapp.store.standards import main_standard

ADDRESS = "/quick-check"
ALL_PAGES = ("questions/1", "check", "results", "gap-report.pdf", "action-plan.pdf", "keep", "delete")


def begin(client: CheckingClient, kind: str = "prison", organisation: str = "HMP Example") -> None:
    answer = client.send(ADDRESS, {"kind": kind, "organisation": organisation})
    assert (answer.status_code, answer.location) == (303, f"{ADDRESS}/questions/1")


def fill(number: int, level: str, standard: Standard | None = None) -> dict[str, str]:
    """A page with one answer to everything."""
    page = make_quick_pages(standard or main_standard(), "prison")[number - 1]
    return {
        f"{field.id}.{name}": value for field in page.fields for name, value in (("level", level), ("version", "0"))
    }


def answer_all(client: CheckingClient, level: str) -> None:
    for number in range(1, len(make_quick_pages(main_standard(), "prison")) + 1):
        assert client.send(f"{ADDRESS}/questions/{number}", fill(number, level)).status_code == 303


def rows(app: Site) -> int:
    with app.run_work(write=False) as work:
        return work.scalar(select(func.count()).select_from(QuickCheck)) or 0


def shown(page: Page) -> dict[str, str]:
    """The answers of the page that lists them, by question."""
    lines = page.all(".govuk-summary-list__row")
    return {
        words_of(line.cssselect("dt")[0]): words_of(line.cssselect(".govuk-summary-list__value")[0]) for line in lines
    }


def test_first_page_says_what_happens_to_answers(client: CheckingClient) -> None:
    words = client.page(ADDRESS).words("main")
    assert "You need no account" in words
    assert "24 hours and then deleted" in words


def test_looking_at_the_first_page_keeps_nothing(app: Site, client: CheckingClient) -> None:
    client.page(ADDRESS)
    assert rows(app) == 0


def test_no_kind_is_an_error_and_the_name_stays(app: Site, client: CheckingClient) -> None:
    answer = client.send(ADDRESS, {"organisation": "HMP Example"})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "Choose what kind of organisation" in page.words(".govuk-error-summary")
    assert page.one("input[name=organisation]").get("value") == "HMP Example"
    assert rows(app) == 0


def test_kind_that_the_standard_has_not_is_an_error(client: CheckingClient) -> None:
    assert client.send(ADDRESS, {"kind": "a_school"}).status_code == 422


def test_long_name_is_an_error(client: CheckingClient) -> None:
    answer = client.send(ADDRESS, {"kind": "prison", "organisation": "x" * 301})
    assert "300 characters or fewer" in Page(answer.text).words(".govuk-error-summary")


def test_each_page_leads_to_the_next_and_the_last_to_all_answers(client: CheckingClient) -> None:
    begin(client)
    last = len(make_quick_pages(main_standard(), "prison"))
    for number in range(1, last):
        answer = client.send(f"{ADDRESS}/questions/{number}")
        assert answer.location == f"{ADDRESS}/questions/{number + 1}"
    assert client.send(f"{ADDRESS}/questions/{last}").location == f"{ADDRESS}/check"


def test_page_asks_its_questions_and_shows_what_was_answered(client: CheckingClient) -> None:
    begin(client)
    client.send(f"{ADDRESS}/questions/1", fill(1, "2"))
    page = client.page(f"{ADDRESS}/questions/1")
    chosen = {field.get("name"): field.get("value") for field in page.all("input[checked]")}
    assert chosen == {name: "2" for name in fill(1, "2") if name.endswith("level")}
    assert "Quick check, page 1 of" in page.words("main")


def test_page_that_there_is_not_is_not_found(client: CheckingClient) -> None:
    begin(client)
    client.page(f"{ADDRESS}/questions/0", status=404)
    client.page(f"{ADDRESS}/questions/99", status=404)


def test_answer_can_be_changed_and_taken_back_from_the_list(client: CheckingClient) -> None:
    begin(client)
    client.send(f"{ADDRESS}/questions/1", fill(1, "0"))
    link = client.page(f"{ADDRESS}/check").all(f"a[href*='{ADDRESS}/questions/1']")[1].get("href")
    answer = client.send(link, fill(1, "3") | {"POL-01.level": ""})
    assert answer.location == f"{ADDRESS}/check"
    answers = shown(client.page(f"{ADDRESS}/check"))
    practices = main_standard().practices
    assert answers[practices["POL-03"].title] == "Embedded"
    assert answers[practices["POL-01"].title] == "Not answered"


def test_list_says_how_much_is_answered(client: CheckingClient) -> None:
    begin(client)
    client.send(f"{ADDRESS}/questions/1", fill(1, "DK"))
    page = client.page(f"{ADDRESS}/check")
    assert "6 of 26 questions are answered" in page.words("main")
    assert "Do not know yet" in shown(page).values()
    assert shown(page)["Kind of organisation"] == "Prison"


def test_answer_that_is_not_offered_is_an_error_and_the_others_are_saved(client: CheckingClient) -> None:
    begin(client)
    answer = client.send(f"{ADDRESS}/questions/1", fill(1, "2") | {"POL-01.level": "NA"})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.one(".govuk-error-summary a").get("href") == "#POL-01-level"
    assert "5 of 26" in client.page(f"{ADDRESS}/check").words("main")


def test_what_does_not_apply_needs_a_reason_which_is_shown(
    client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    standard = main_standard()
    asked = standard.questionnaires["quick-check"].model_copy(update={"practices": ("POL-01", "VET-03")})
    small = replace(standard, hash="0" * 64, questionnaires=standard.questionnaires | {"quick-check": asked})
    monkeypatch.setattr("webapp.store.quickchecks.get_standard", lambda _: small)
    begin(client)
    fields = fill(1, "NA", small) | {"POL-01.level": "2"}
    missing = client.send(f"{ADDRESS}/questions/1", fields)
    assert missing.status_code == 422
    assert Page(missing.text).one(".govuk-error-summary a").get("href") == "#VET-03-reason"
    too_long = client.send(f"{ADDRESS}/questions/1", fields | {"VET-03.reason": "x" * (REASON_LENGTH + 1)})
    assert too_long.status_code == 422
    client.send(f"{ADDRESS}/questions/1", fields | {"VET-03.reason": "No <partners> here"})
    answers = shown(client.page(f"{ADDRESS}/check"))
    assert answers[standard.practices["VET-03"].title] == "Does not applyNo <partners> here"
    assert "1 not applicable" in client.page(f"{ADDRESS}/results").words("main")


def test_first_page_of_one_under_way_changes_its_kind_and_keeps_its_answers(app: Site, client: CheckingClient) -> None:
    begin(client)
    client.send(f"{ADDRESS}/questions/1", fill(1, "2"))
    page = client.page(ADDRESS)
    assert "6 of 26 questions are answered" in page.words("main")
    assert page.one("input[checked]").get("value") == "prison"
    begin(client, "voluntary_organisation", "A trust")
    page = client.page(f"{ADDRESS}/check")
    assert "5 of 25 questions are answered" in page.words("main")
    assert shown(page)["Name"] == "A trust"
    assert rows(app) == 1


def test_results_have_counts_first_things_and_readiness(client: CheckingClient) -> None:
    begin(client)
    answer_all(client, "1")
    page = client.page(f"{ADDRESS}/results")
    assert [words_of(item) for item in page.all(".app-counts__item")][:2] == ["0 met", "26 gaps"]
    assert len(page.all(".app-card")) == 3
    assert len(page.all("tbody tr")) == len(main_standard().sources)
    assert "It is not enough to judge readiness" in page.words("main")
    assert "Urgent." in page.words("main")


def test_results_without_answers_say_so(client: CheckingClient) -> None:
    begin(client)
    page = client.page(f"{ADDRESS}/results")
    assert "Nothing has been answered yet: 26 practices are open." in page.words("main")
    assert [words_of(item) for item in page.all(".app-counts__item")][2] == "26 not answered"


def test_hostile_name_is_shown_as_typed(client: CheckingClient) -> None:
    begin(client, organisation="<b>HMP</b>")
    for part in ("results", "check", "delete"):
        page = client.page(f"{ADDRESS}/{part}")
        assert "<b>HMP</b>" in page.words("main")
    begin(client, organisation="")
    assert "Your organisation" in client.page(f"{ADDRESS}/results").words("main")


@pytest.mark.parametrize(("name", "title"), [("gap-report", "Gap report"), ("action-plan", "Action plan")])
def test_report_is_a_pdf_with_the_name(client: CheckingClient, name: str, title: str) -> None:
    begin(client, organisation="HMP Harrowmere")
    client.send(f"{ADDRESS}/questions/1", fill(1, "0"))
    answer = client.get(f"{ADDRESS}/{name}.pdf")
    assert answer.mimetype == "application/pdf"
    assert f"quick-check-{name}-" in answer.headers["Content-Disposition"]
    text = PdfReader(BytesIO(answer.data)).pages[0].extract_text()
    assert title in text
    assert "HMP Harrowmere" in text


@pytest.mark.parametrize("part", ALL_PAGES)
def test_page_without_a_quick_check_explains(client: CheckingClient, part: str) -> None:
    page = client.page(f"{ADDRESS}/{part}", status=404)
    assert page.words("h1") == "We cannot find your quick check"


def test_other_browser_does_not_find_it(app: Site, client: CheckingClient) -> None:
    begin(client)
    make_client(app).page(f"{ADDRESS}/results", status=404)


@pytest.mark.parametrize("part", ALL_PAGES)
def test_page_of_an_expired_quick_check_explains(client: CheckingClient, part: str) -> None:
    begin(client)
    moment = fixed_time.set(now() + timedelta(hours=HOURS))
    try:
        assert "more than 24 hours ago" in client.page(f"{ADDRESS}/{part}", status=404).words("main")
    finally:
        fixed_time.reset(moment)


def test_answers_sent_after_the_end_are_not_kept(app: Site, client: CheckingClient) -> None:
    begin(client)
    token = client.page(f"{ADDRESS}/questions/1").csrf
    moment = fixed_time.set(now() + timedelta(hours=HOURS))
    try:
        answer = client.post(f"{ADDRESS}/questions/1", data=fill(1, "2") | {"csrf_token": token})
    finally:
        fixed_time.reset(moment)
    assert answer.status_code == 404
    assert rows(app) == 0


def test_page_sent_without_the_cookie_explains(client: CheckingClient) -> None:
    begin(client)
    token = client.page(f"{ADDRESS}/questions/1").csrf
    client.delete_cookie("session")
    answer = client.post(f"{ADDRESS}/questions/1", data=fill(1, "2") | {"csrf_token": token})
    assert answer.status_code == 400
    assert Page(answer.text).words("h1") == "We cannot find your quick check"


def test_page_with_an_old_token_says_that_it_was_not_saved(client: CheckingClient) -> None:
    begin(client)
    answer = client.post(f"{ADDRESS}/questions/1", data=fill(1, "2") | {"csrf_token": "old"})
    assert answer.status_code == 400
    assert Page(answer.text).words("h1") == "What you sent was not saved"
    assert "0 of 26" in client.page(f"{ADDRESS}/check").words("main")


def test_expired_quick_check_does_not_keep_from_beginning_again(client: CheckingClient) -> None:
    begin(client)
    client.send(f"{ADDRESS}/questions/1", fill(1, "2"))
    moment = fixed_time.set(now() + timedelta(hours=HOURS))
    try:
        assert "You have begun" not in client.page(ADDRESS).words("main")
        begin(client)
        assert "0 of 26" in client.page(f"{ADDRESS}/check").words("main")
    finally:
        fixed_time.reset(moment)


def test_deleting_asks_first_and_then_nothing_is_left(app: Site, client: CheckingClient) -> None:
    begin(client)
    assert "Nobody can bring it back" in client.page(f"{ADDRESS}/delete").words("main")
    assert rows(app) == 1
    answer = client.send(f"{ADDRESS}/delete", follow=True)
    assert "Your answers have been deleted" in Page(answer.text).words("main")
    assert rows(app) == 0
    client.page(f"{ADDRESS}/results", status=404)


def test_keeping_without_an_account_leads_to_registering_and_back(client: CheckingClient) -> None:
    begin(client)
    page = client.page(f"{ADDRESS}/keep")
    links = {link.get("href") for link in page.all("main a")}
    assert {f"/register?next={ADDRESS}/keep", f"/sign-in?next={ADDRESS}/keep"} <= links


def test_quick_check_is_there_after_signing_in(client: CheckingClient, make_person: MakePerson) -> None:
    begin(client)
    answer_all(client, "2")
    person = make_person("Ada")
    client.sign_in(person.id, person.uniquifier)
    assert "with your 26 answers" in client.page(f"{ADDRESS}/keep").words("main")


def sign_in(client: CheckingClient, person: TestPerson) -> None:
    client.sign_in(person.id, person.uniquifier)


def test_somebody_without_organisation_creates_one_with_the_answers(
    app: Site, client: CheckingClient, make_person: MakePerson
) -> None:
    begin(client, organisation="HMP Harrowmere")
    client.send(f"{ADDRESS}/questions/1", fill(1, "2"))
    person = make_person("Ada")
    sign_in(client, person)
    assert client.page(f"{ADDRESS}/keep").one("input[name=name]").get("value") == "HMP Harrowmere"
    answer = client.send(f"{ADDRESS}/keep", {"organisation": "new", "name": "HMP Harrowmere"})
    assert answer.status_code == 303
    _, _, organisation_id, _, assessment_id = answer.location.split("/")
    with app.run_work(write=False):
        scope = get_scope(user_id=person.id, organisation_id=organisation_id)
        saved = list_answers(get_assessment(scope, assessment_id))
    assert (scope.organisation_name, scope.kind, scope.role) == ("HMP Harrowmere", "prison", "owner")
    assert len(saved) == 6
    assert all(each.answer == Answer(level=2) and each.to_confirm for each in saved.values())
    assert rows(app) == 0
    client.page(f"{ADDRESS}/results", status=404)


def test_new_organisation_without_name_is_an_error_and_creates_nothing(
    app: Site, client: CheckingClient, make_person: MakePerson
) -> None:
    begin(client)
    sign_in(client, make_person("Ada"))
    answer = client.send(f"{ADDRESS}/keep", {"organisation": "new", "name": " "})
    assert answer.status_code == 422
    assert Page(answer.text).one(".govuk-error-summary a").get("href") == "#name"
    with app.run_work(write=False) as work:
        assert work.scalar(select(func.count()).select_from(Organisation)) == 0
    assert rows(app) == 1


def test_contributor_takes_the_answers_into_their_organisation(app: Site, team: TestTeam) -> None:
    client = team.contributor.client
    begin(client)
    client.send(f"{ADDRESS}/questions/1", fill(1, "1"))
    page = client.page(f"{ADDRESS}/keep")
    choices = [field.get("value") for field in page.all("input[name=organisation]")]
    assert choices == [team.organisation_id, "new"]
    answer = client.send(f"{ADDRESS}/keep", {"organisation": team.organisation_id})
    assert answer.location.startswith(f"{team.address}/assessments/")
    with app.run_work(write=False):
        scope = get_scope(user_id=team.contributor.id, organisation_id=team.organisation_id)
        assert len(list_answers(get_assessment(scope, answer.location.rpartition("/")[2]))) == 6


def test_who_signs_in_is_reminded_of_the_quick_check_in_their_browser(team: TestTeam) -> None:
    client = team.contributor.client
    begin(client)
    assert not client.page("/organisations").all(".govuk-inset-text")
    client.send(f"{ADDRESS}/questions/1", fill(1, "1"))
    assert client.page("/organisations").one(".govuk-inset-text a").get("href") == f"{ADDRESS}/keep"
    assert not team.owner.client.page("/organisations").all(".govuk-inset-text")


def test_nothing_chosen_is_an_error(team: TestTeam) -> None:
    client = team.owner.client
    begin(client)
    answer = client.send(f"{ADDRESS}/keep", {"name": ""})
    assert answer.status_code == 422
    assert "Choose which organisation" in Page(answer.text).words(".govuk-error-summary")


@pytest.mark.parametrize("role", ["reader", "approver"])
def test_who_may_not_answer_cannot_choose_the_organisation(team: TestTeam, role: str) -> None:
    person: TestPerson = getattr(team, role)
    begin(person.client)
    assert not person.client.page(f"{ADDRESS}/keep").all("input[type=radio]")
    assert person.client.send(f"{ADDRESS}/keep", {"organisation": team.organisation_id}).status_code == 422


def test_organisation_of_another_cannot_be_chosen(make_team: MakeTeam) -> None:
    team, other = make_team("HMP Example"), make_team("HMP Oakenfell")
    begin(team.owner.client)
    answer = team.owner.client.send(f"{ADDRESS}/keep", {"organisation": other.organisation_id})
    assert answer.status_code == 422


def test_organisation_of_another_kind_cannot_be_chosen_and_the_page_says_why(make_team: MakeTeam) -> None:
    team = make_team("The Lantern Row Trust", kind="voluntary_organisation")
    begin(team.owner.client)
    page = team.owner.client.page(f"{ADDRESS}/keep")
    assert "you cannot choose The Lantern Row Trust" in page.words("main")
    assert not page.all("input[type=radio]")


def test_sending_the_choice_when_signed_out_asks_to_sign_in(client: CheckingClient) -> None:
    begin(client)
    answer = client.send(f"{ADDRESS}/keep", {"organisation": "new"}, page=f"{ADDRESS}/delete")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_name_sent_when_signed_out_is_shown_again(client: CheckingClient) -> None:
    begin(client)
    answer = client.send(f"{ADDRESS}/keep", {"organisation": "new", "name": "HMP New"}, page=f"{ADDRESS}/delete")
    assert answer.status_code == 401
    assert Page(answer.text).one("main textarea").text.strip() == "HMP New"


@pytest.mark.parametrize("path", ["", "/questions/1", "/delete"])
def test_whatever_is_sent_deletes_the_expired_of_others(app: Site, client: CheckingClient, path: str) -> None:
    begin(make_client(app))
    with later(hours=HOURS):
        token = Page(client.get(ADDRESS).text).csrf
        client.post(f"{ADDRESS}{path}", data={"csrf_token": token})
    assert rows(app) == 0


def test_signing_in_deletes_the_expired(app: Site, client: CheckingClient, make_person: MakePerson) -> None:
    begin(client)
    person = make_person("Ann Lee")
    with later(hours=HOURS):
        form = {"email": person.email, "password": PASSWORD}
        assert make_client(app).send("/sign-in", form).status_code == 303
    assert rows(app) == 0


def test_signing_out_loses_the_quick_check(app: Site, team: TestTeam) -> None:
    client = team.owner.client
    begin(client)
    client.send("/sign-out", page="/help")
    client.page(f"{ADDRESS}/results", status=404)
    assert rows(app) == 1
