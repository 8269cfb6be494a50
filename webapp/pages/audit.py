"""The audit log in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webapp.pages.roles import ROLE_TITLES
from webapp.store.audit import EventRecord
from webapp.store.scope import Role

__all__ = ["EventLine", "event_choices", "make_lines"]

_WORDS = {
    "account_closed": "Closed their account",
    "account_created": "Registered",
    "account_deactivated": "Deactivated an account",
    "account_reactivated": "Reactivated an account",
    "administrator_appointed": "Made somebody an administrator",
    "administrator_dismissed": "Ended somebody’s role as administrator",
    "assessment_corrected": "Started a correction of an assessment",
    "assessment_sent_back": "Sent an assessment back",
    "assessment_signed": "Signed an assessment off",
    "assessment_started": "Started an assessment",
    "assessment_submitted": "Submitted an assessment",
    "database_restored": "Restored the site from a backup",
    "email_changed": "Changed their email address",
    "email_confirmed": "Confirmed their email address",
    "group_created": "Created a group",
    "group_declined": "Said no to a group",
    "group_deleted": "Deleted a group",
    "group_joined": "Joined a group",
    "group_left": "Left a group",
    "group_offer_withdrawn": "Withdrew the offer of a place in a group",
    "group_offered": "Offered a place in a group",
    "group_reader_added": "Let somebody see a group’s results",
    "group_reader_removed": "Ended that somebody sees a group’s results",
    "group_removed": "Took an organisation out of a group",
    "group_renamed": "Renamed a group",
    "invitation_accepted": "Accepted an invitation",
    "invitation_sent_again": "Sent an invitation again",
    "invitation_withdrawn": "Withdrew an invitation",
    "member_added": "Added somebody to the team",
    "member_invited": "Invited somebody to the team",
    "member_left": "Left the team",
    "member_removed": "Removed somebody from the team",
    "name_changed": "Changed their name",
    "organisation_changed": "Changed the settings",
    "organisation_created": "Created an organisation",
    "organisation_deleted": "Deleted an organisation",
    "password_changed": "Changed their password",
    "plan_made": "Made the action plan",
    "plan_updated": "Brought the action plan up to date",
    "recovery_codes_renewed": "Made new recovery codes",
    "role_changed": "Changed somebody’s role",
    "second_factor_off": "Turned the second factor off",
    "second_factor_on": "Turned the second factor on",
    "session_ended": "Signed a browser out from elsewhere",
    "sessions_ended": "Signed all other browsers out",
}

_BY_THE_SITE = ("administrator_appointed", "database_restored")
"""What a command can do for which nobody is signed in; anything else that nobody did was done by who is gone."""

_FIELD_WORDS = {"name": "name", "kind": "kind", "reference": "reference"}


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event in words.

    Attributes:
        who: Who did it.
        organisation: Whose it is; empty for none.
        more: What else is known; empty for nothing.
    """

    happened_at: datetime
    what: str
    who: str
    organisation: str
    more: str


def make_lines(events: Iterable[EventRecord]) -> tuple[EventLine, ...]:
    """Events in words."""
    return tuple(
        EventLine(
            happened_at=event.happened_at,
            what=_say(event.event),
            who=_name_actor(event),
            organisation=_name_organisation(event),
            more=". ".join(_list_details(event)),
        )
        for event in events
    )


def event_choices(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Events to choose from, with their words, in the order of the words."""
    return tuple(sorted(((name, _say(name)) for name in names), key=lambda pair: pair[1]))


def _say(event: str) -> str:
    """An event that nobody gave words is still told in words of a kind."""
    return _WORDS.get(event) or event.replace("_", " ").capitalize()


def _name_actor(event: EventRecord) -> str:
    if event.user_id is None:
        return "The site" if event.event in _BY_THE_SITE else "A deleted account"
    return event.user_name or "A closed account"


def _name_organisation(event: EventRecord) -> str:
    if event.organisation_id is None:
        return ""
    return event.organisation_name or str(event.details.get("name") or "A deleted organisation")


def _list_details(event: EventRecord) -> Iterable[str]:
    if event.subject_name and event.subject_id != event.user_id:
        yield event.subject_name
    if event.event.startswith("group_") and "name" in event.details:
        yield f"Group: {event.details['name']}"
    if "role" in event.details:
        was = event.details.get("was")
        yield f"Role: {_name_role(event.details['role'])}" + (f", before {_name_role(was)}" if was else "")
    if isinstance(event.details.get("fields"), list):
        fields = event.details["fields"]
        yield "Changed: " + ", ".join(_FIELD_WORDS.get(str(field), str(field)) for field in fields)  # type: ignore[attr-defined]


def _name_role(code: object) -> str:
    return ROLE_TITLES[Role(str(code))].lower() if str(code) in list(Role) else str(code)
