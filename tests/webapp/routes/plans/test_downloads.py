"""The plan as a file says what the page says."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from tests.webapp.conftest import MakeTeam, TestTeam
from tests.webapp.planning import add_plan, ids_of
from webapp.site import Site


@pytest.fixture
def written(app: Site, team: TestTeam, plan: str) -> str:
    """A plan in which an action has an owner, and another was taken out."""
    ids = ids_of(app, team)
    client = team.owner.client
    fields = {"version": "1", "status": "done", "owner": "=Chaplain ŵ", "due": ["1", "2", "2027"]}
    action = f"{plan}/actions/{ids['PRO-03']}"
    client.send(action, fields | {"start": ["1", "12", "2026"]})
    client.send(f"{plan}/actions/{ids['POL-03']}/take-out", {}, page=action)
    return plan


def test_csv_has_the_actions_of_the_plan_with_what_was_written(team: TestTeam, written: str) -> None:
    answer = team.reader.client.get(f"{written}/action-plan.csv")
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
    told = [(row["reference"], row["owner"], row["status"], row["due"]) for row in rows]
    assert told == [
        ("PRO-03", "'=Chaplain ŵ", "done", "2027-02-01"),
        ("POL-01", "", "not_started", "2027-11-22"),
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="HMP-Example-action-plan-2026-11-22.csv"'


def test_pdf_has_what_was_written(team: TestTeam, written: str) -> None:
    answer = team.reader.client.get(f"{written}/action-plan.pdf")
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "=Chaplain ŵ" in text
    assert "PRO-03" in text
    assert "POL-03" not in text


@pytest.mark.parametrize(("ending", "member"), [("docx", "word/document.xml"), ("xlsx", "xl/sharedStrings.xml")])
def test_office_file_has_what_was_written(team: TestTeam, written: str, ending: str, member: str) -> None:
    answer = team.approver.client.get(f"{written}/action-plan.{ending}")
    text = ZipFile(BytesIO(answer.data)).read(member).decode()
    assert "=Chaplain ŵ" in text
    assert "POL-03" not in text


def test_calendar_has_an_entry_for_each_action(team: TestTeam, written: str) -> None:
    answer = team.contributor.client.get(f"{written}/action-plan.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.text.count("BEGIN:VEVENT") == 2
    assert "20270201" in answer.text


def test_other_ending_is_not_found(team: TestTeam, written: str) -> None:
    assert team.reader.client.get(f"{written}/action-plan.exe").status_code == 404


@pytest.mark.parametrize("ending", ["pdf", "csv"])
def test_without_a_plan_there_is_no_file(team: TestTeam, ending: str) -> None:
    assert team.reader.client.get(f"{team.address}/plan/action-plan.{ending}").status_code == 404


def test_name_of_the_file_is_safe(app: Site, make_team: MakeTeam) -> None:
    other = make_team('Elusen / "Tŷ" .. \\ Cymru')
    answer = other.owner.client.get(f"{add_plan(app, other)}/action-plan.csv")
    told = answer.headers["Content-Disposition"]
    assert 'filename="Elusen-Ty-Cymru-action-plan-' in told
