from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Event

from selfassess.errors import OutputError
from selfassess.office.plan_ics import render_plan_ics
from selfassess.planning import ActionPlan, ActionStatus
from selfassess.revision import EditedAction, own_reference, revise_plan
from tests.office.cases import ILLEGAL, small_plan

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def read(plan: ActionPlan) -> Calendar:
    return Calendar.from_ical(render_plan_ics(plan, now=NOW))


def test_every_action_is_an_all_day_entry_on_its_due_day() -> None:
    events = read(small_plan()).walk("VEVENT")
    assert events[0].decoded("dtstart") == date(2026, 12, 21)
    assert events[0].decoded("dtend") == date(2026, 12, 22)
    assert len(events) == 4
    assert {str(event["transp"]) for event in events} == {"TRANSPARENT"}


def test_entry_says_what_is_to_be_done() -> None:
    plan = revise_plan(small_plan(), [EditedAction("AA-01", owner="Sam; Kim, Jo", progress_note="One\nTwo")])
    event = read(plan).walk("VEVENT")[0]
    assert event["summary"] == "Due: Title of AA-01 (AA-01)"
    told = str(event["description"])
    assert told.startswith("First action for AA-01.\n")
    assert "Owner: Sam; Kim, Jo\n" in told
    assert "Progress: One\nTwo\n" in told


def test_entries_keep_their_identity_when_the_plan_is_drawn_up_again() -> None:
    first = read(small_plan()).walk("VEVENT")
    later = read(small_plan({"AA-01": 1, "BB-03": 0})).walk("VEVENT")
    assert first[0]["uid"] == later[0]["uid"]
    assert len({str(event["uid"]) for event in first}) == len(first)


def test_identity_differs_between_organisations_and_gives_no_name_away() -> None:
    one = read(small_plan(name="HMP One")).walk("VEVENT")[0]["uid"]
    two = read(small_plan(name="HMP Two")).walk("VEVENT")[0]["uid"]
    assert one != two
    assert "HMP" not in str(one)


def test_done_and_added_actions_are_marked() -> None:
    own = EditedAction(own_reference(1), action="Buy a kettle", status=ActionStatus.DONE)
    event = read(revise_plan(small_plan(), [own])).walk("VEVENT")[-1]
    assert event["summary"] == "Done: Buy a kettle (Own 1)"
    assert isinstance(event, Event)
    assert event.categories == ["Action plan", "Added"]


def test_typed_text_cannot_start_a_line_of_its_own() -> None:
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:file:///etc/passwd"
    plan = small_plan(name=evil)
    plan = replace(plan, actions=tuple(replace(a, owner=evil + ILLEGAL, gap=evil) for a in plan.actions))
    calendar = read(plan)
    assert len(calendar.walk("VEVENT")) == 4
    assert calendar.walk("VALARM") == []
    assert "[U+0000]" in str(calendar.walk("VEVENT")[0]["description"])


def test_same_plan_at_the_same_time_is_the_same_calendar() -> None:
    assert render_plan_ics(small_plan(), now=NOW) == render_plan_ics(small_plan(), now=NOW)


def test_plan_without_gaps_is_an_empty_calendar() -> None:
    calendar = read(small_plan({}))
    assert calendar["method"] == "PUBLISH"
    assert calendar.walk("VEVENT") == []


def test_without_its_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(OutputError, match=r"pip install \"selfassess\[office\]\""):
        render_plan_ics(small_plan())
