"""The action plan in a browser: made, kept by several people, brought up to date, and taken along as a file."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import NewVisitor
from tests.webapp.browser.server import Server
from tests.webapp.browser.steps import enter
from tests.webapp.browser.visitor import Visitor
from tests.webapp.conftest import TestTeam
from tests.webapp.planning import LATER, add_assessment, add_plan
from webapp.site import Site

pytestmark = pytest.mark.slow

POLICY = "There is a current volunteering policy"


@pytest.fixture
def author(new_visitor: NewVisitor, crew: TestTeam, server: Server) -> Visitor:
    """Somebody who may change the plan."""
    return enter(new_visitor(), crew.contributor, server)


@pytest.fixture
def plan(app: Site, crew: TestTeam) -> str:
    """The address of a plan with three actions."""
    return add_plan(app, crew)


def type_day(visitor: Visitor, name: str, *parts: str) -> None:
    for part, typed in zip(("day", "month", "year"), parts, strict=True):
        visitor.page.locator(f"#{name}-{part}").fill(typed)


def test_plan_is_made_from_the_gaps(author: Visitor, crew: TestTeam, app: Site) -> None:
    author.go(f"{crew.address}/plan").reads("There is no assessment yet")
    add_assessment(app, crew)
    author.go(f"{crew.address}/plan").press("Make the plan").heading("Make the action plan").reads("3 gaps")
    type_day(author, "start", "31", "2", "2026")
    author.press("Make the plan").reads("The start of the plan must be a real day")
    type_day(author, "start", "1", "12", "2026")
    author.press("Make the plan").heading("Action plan").reads("The plan has been made, with 3 actions")
    author.reads("The plan starts on 1 December 2026").reads("3 actions in the plan").reads(POLICY)


def test_action_is_changed_and_found_by_its_owner(author: Visitor, plan: str) -> None:
    author.go(plan).follow(POLICY).heading(POLICY)
    type_day(author, "due", "1", "1", "2020")
    author.fill("Owner (optional)", "The chaplain").press("Save").reads("There is a problem")
    author.reads("The due date must be the day it starts, or later")
    type_day(author, "due", "31", "1", "2027")
    author.choose("Under way").fill("Progress (optional)", "A draft is written.\nIt is with the governor.")
    author.press("Save").reads("The action has been saved").reads("Owner: The chaplain").reads("Due 31 January 2027")
    author.pick("Group by", "Owner").pick("Sort by", "Due date").press("Apply").reads("Showing 3 of 3")
    expect(author.page.get_by_role("heading", name="The chaplain (1)")).to_be_visible()
    author.pick("Owner", "The chaplain").pick("Show", "Everything still to do").press("Apply").reads("Showing 1 of 3")
    author.pick("Show", "Done").press("Apply").reads("No action fits what you chose").follow("Show all")
    author.pick("Group by", "Theme").press("Apply").reads("Showing 3 of 3").reads("Policy and agreements (")
    author.follow(POLICY).follow("Every change").heading("Every change of this action").reads("The chaplain")


def test_two_people_who_change_the_same_action_choose(
    new_visitor: NewVisitor, author: Visitor, crew: TestTeam, server: Server, plan: str
) -> None:
    other = enter(new_visitor(), crew.owner, server).go(plan).follow(POLICY)
    author.go(plan).follow(POLICY)
    other.fill("Owner (optional)", "Ann").fill("Progress (optional)", "Theirs").fill("Helpers (optional)", "Education")
    other.press("Save").reads("The action has been saved")
    author.fill("Owner (optional)", "Bob").fill("Progress (optional)", "Mine").choose("Under way")
    author.press("Save").heading("Somebody else has changed this action").reads(crew.owner.name)
    author.reads("Theirs").reads("Mine").page.locator("#keep-owner-theirs").check()
    author.press("Save what I chose").reads("The action has been saved").reads("Owner: Ann")
    other.go(plan).follow(POLICY)
    assert other.page.get_by_label("Progress (optional)").input_value() == "Mine"
    assert other.page.get_by_label("Helpers (optional)").input_value() == "Education"
    other.follow("Every change").reads("Typed but not kept").reads("Bob").reads("Theirs")


def test_action_of_ones_own_is_added_taken_out_and_put_back(author: Visitor, plan: str) -> None:
    author.go(plan).follow("Add an action of your own").press("Add to the plan").reads("Enter what the action is about")
    author.fill("What is it about?", "A quiet room").fill("What to do", "Find one")
    type_day(author, "start", "1", "12", "2026")
    type_day(author, "due", "1", "3", "2027")
    author.press("Add to the plan").reads("“A quiet room” has been added to the plan").reads("4 actions in the plan")
    author.follow("A quiet room").press("Take out of the plan").reads("This action is not in the plan")
    author.go(plan).reads("3 actions in the plan").reads("Not in the plan (1)")
    author.page.get_by_text("Not in the plan (1)").click()
    author.follow("A quiet room").press("Put it in the plan").reads("The action is in the plan")
    author.go(plan).reads("4 actions in the plan")


def test_newer_assessment_offers_its_gaps_and_overwrites_nothing(
    author: Visitor, crew: TestTeam, plan: str, app: Site
) -> None:
    author.go(plan).follow(POLICY).fill("Owner (optional)", "Ann").press("Save")
    add_assessment(app, crew, LATER, year=2027)
    author.go(plan).reads("There is another assessment, “2027”").follow("See what it would change")
    author.heading("Bring the plan up to date").reads("They stay in the plan").reads("1 gap is not in the plan yet")
    type_day(author, "start", "", "", "")
    author.press("Bring the plan up to date").reads("Enter the day the new actions start")
    type_day(author, "start", "1", "12", "2027")
    author.press("Bring the plan up to date").reads("has been brought up to date: 1 action added")
    author.reads("4 actions in the plan").reads("Owner: Ann").reads("follows the answers of “2027”")
    author.lacks("There is another assessment")


def test_plan_is_downloaded_in_every_format(author: Visitor, plan: str) -> None:
    author.go(plan).follow(POLICY).fill("Owner (optional)", "Tŷ Cymorth").press("Save").heading("Action plan")
    assert author.download("Download as PDF").startswith(b"%PDF-")
    rows = list(csv.DictReader(StringIO(author.download("CSV table").decode("utf-8-sig"))))
    assert [(row["reference"], row["owner"]) for row in rows if row["owner"]] == [("POL-01", "Tŷ Cymorth")]
    for link, member in (("Word", "word/document.xml"), ("Excel", "xl/sharedStrings.xml")):
        assert "Tŷ Cymorth" in ZipFile(BytesIO(author.download(link))).read(member).decode()
    assert author.download("Calendar of due dates").count(b"BEGIN:VEVENT") == len(rows)


def test_reader_sees_the_plan_and_changes_nothing(
    new_visitor: NewVisitor, crew: TestTeam, server: Server, plan: str
) -> None:
    reader = enter(new_visitor(), crew.reader, server).go(plan).lacks("Add an action of your own")
    reader.follow(POLICY).reads("What it rests on")
    expect(reader.page.locator("main form")).to_have_count(0)
    reader.go(f"{plan}/actions/new").heading("You cannot do this")
