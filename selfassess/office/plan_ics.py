"""The action plan as a calendar: an all-day entry on the day that each action is due.

Entries and not tasks, because Outlook and the calendars of telephones take entries from a file and drop its tasks.
They block no time. Each keeps its identity, so that a calendar that is imported again updates them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from selfassess import __version__
from selfassess.errors import OutputError
from selfassess.office.plan_words import EFFORTS, level_words, tier_words
from selfassess.planning import Action, ActionPlan, ActionStatus
from selfassess.reports.html import make_legal
from selfassess.reports.words import STATUS_WORDS, day

if TYPE_CHECKING:
    from icalendar import Event

__all__ = ["render_plan_ics"]


def render_plan_ics(plan: ActionPlan, *, now: datetime | None = None) -> bytes:
    """The calendar.

    Args:
        plan: The actions.
        now: When it is written, with a time zone; by it calendars tell newer entries from older ones.

    Raises:
        OutputError: icalendar is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        message = 'A calendar cannot be written, because icalendar is missing: pip install "selfassess[office]"'
        raise OutputError(message) from None
    calendar = Calendar()
    calendar.add("prodid", f"-//selfassess//selfassess {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _one_line(f"Action plan: {plan.scorecard.assessment.organisation.name}"))
    for action in plan.actions:
        calendar.add_component(_event(plan, action, now or datetime.now(UTC)))
    return bytes(calendar.to_ical())


def _event(plan: ActionPlan, action: Action, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", _identity(plan, action))
    event.add("dtstamp", now)
    event.add("dtstart", action.due)
    event.add("dtend", action.due + timedelta(days=1))
    event.add("summary", _one_line(_summary(action)))
    event.add("description", make_legal("\n".join(_description(plan, action))))
    event.add("categories", ["Action plan", tier_words(plan.scorecard.standard, action) or "Added"])
    event.add("transp", "TRANSPARENT")
    return event


def _identity(plan: ActionPlan, action: Action) -> str:
    """The same for the same action of the same organisation, whenever the plan is drawn up; it gives no name away."""
    organisation, standard = plan.scorecard.assessment.organisation, plan.scorecard.standard
    whose = organisation.reference or f"{organisation.kind}/{organisation.name}"
    told = "\n".join([standard.id, whose, action.reference])
    return f"{sha256(told.encode('utf-8', 'backslashreplace')).hexdigest()[:32]}@selfassess"


def _summary(action: Action) -> str:
    state = "Done" if action.status is ActionStatus.DONE else "Due"
    return f"{state}: {action.gap or action.action} ({action.reference})"


def _one_line(text: str) -> str:
    return " ".join(make_legal(text).split())


def _description(plan: ActionPlan, action: Action) -> Iterator[str]:
    standard = plan.scorecard.standard
    yield action.action
    yield ""
    told = {
        "Owner": action.owner,
        "Helpers": action.helpers,
        "Status": STATUS_WORDS[action.status],
        "Start": day(action.start),
        "Level when planned": level_words(standard, action.level_now, action.standing),
        "Effort": EFFORTS[action.effort] if action.effort else "",
        "Expected evidence": "; ".join(action.expected_evidence),
        "Progress": action.progress_note,
        "Note": action.note,
        "Why": action.why,
    }
    yield from (f"{label}: {text}" for label, text in told.items() if text)
