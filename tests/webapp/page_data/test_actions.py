"""What stands in an action's form, and what of it people wrote themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from selfassess import Answer, load_standard, score
from selfassess.model.answer import Assessment, Organisation, StandardReference
from selfassess.model.practice import Effort
from webapp.pages.actions import list_differences, settle, show_history, spare_drafts, written_of
from webapp.pages.plan_words import STANDARD_WORDS, write_field
from webapp.store.actions import ActionVersion
from webapp.store.plan_records import ActionRecord, LivingPlan, PlanRecord, Written
from webapp.store.records import AssessmentRecord, Status

DAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
WRITTEN = Written(start=DAY, due=DAY)


@pytest.fixture(scope="module")
def living() -> LivingPlan:
    """A plan with one action, about which nobody wrote anything."""
    standard = load_standard("prison-volunteering")
    sheet = Assessment(
        standard=StandardReference(id=standard.id, version=standard.version, hash=standard.hash),
        organisation=Organisation(name="HMP Example", kind="prison"),
        date=DAY,
        answers={"POL-01": Answer(level=1)},
    )
    record = AssessmentRecord("a", standard.hash, "full", "2026", DAY, Status.OPEN, None, None, "", None, MOMENT)
    kept = ActionRecord("b", "POL-01", is_declined=False, written=WRITTEN, version=1, changed_by="", changed_at=MOMENT)
    return LivingPlan(PlanRecord("p", "a", DAY, MOMENT), record, score(standard, sheet), (kept,))


def test_form_that_is_sent_back_untouched_is_nobodys_writing(living: LivingPlan) -> None:
    shown = written_of(living, living.kept[0])
    assert shown.action
    assert shown.effort is Effort.MEDIUM
    assert len(shown.evidence) > 1
    assert spare_drafts(living, living.kept[0], shown) == WRITTEN


def test_what_differs_from_the_standard_is_kept(living: LivingPlan) -> None:
    shown = replace(written_of(living, living.kept[0]), action="Ask", effort=Effort.LOW, evidence=("Minutes",))
    assert spare_drafts(living, living.kept[0], shown) == replace(
        WRITTEN, action="Ask", effort=Effort.LOW, evidence=("Minutes",)
    )


def test_days_are_settled_together() -> None:
    mine, theirs = replace(WRITTEN, owner="Ann"), Written(date(2027, 1, 1), date(2027, 2, 1), owner="Bob")
    assert settle(mine, theirs, ["dates"]) == replace(theirs, owner="Ann")
    assert settle(mine, theirs, []) == mine


def test_difference_has_both_texts_without_codes() -> None:
    theirs = Written(date(2027, 1, 1), date(2027, 2, 1), effort=Effort.HIGH)
    dates, effort = list_differences(["dates", "effort"], mine=WRITTEN, theirs=theirs, is_own=False)
    assert (dates.mine, dates.theirs) == ("22 November 2026 to 22 November 2026", "1 January 2027 to 1 February 2027")
    assert (effort.mine, effort.theirs) == (STANDARD_WORDS, "High")


def test_empty_field_of_an_own_action_is_nothing() -> None:
    assert write_field(WRITTEN, "action", is_own=True) == ""
    assert write_field(WRITTEN, "action", is_own=False) == STANDARD_WORDS
    assert write_field(WRITTEN, "status", is_own=True) == "Not started"


def test_history_names_only_the_fields_that_changed() -> None:
    after = replace(WRITTEN, owner="Ann", evidence=("One", "Two"))
    change = ActionVersion("saved", 2, WRITTEN, after, "", MOMENT)
    entry = show_history([change], is_own=False)[0]
    told = [(field.title, field.before, field.after) for field in entry.changes]
    assert told == [("Owner", "", "Ann"), ("Evidence", STANDARD_WORDS, "One\nTwo")]
    assert (entry.what, entry.who) == ("Changed", "A closed account")
