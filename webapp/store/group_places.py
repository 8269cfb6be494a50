"""An organisation's place in a group: an administrator offers it, and only the owner can take it or give it up.

Whoever reads a group sees what its organisations signed, so no organisation is put into one without its owner's word.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from webapp.clock import now
from webapp.db.tables import Group, GroupOffer, Organisation
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.groups import Reader, get_group, list_group_readers
from webapp.store.holding import hold_organisation
from webapp.store.scope import Scope

__all__ = [
    "GroupPlace",
    "OrganisationName",
    "accept_place",
    "decline_place",
    "find_offered_place",
    "find_place",
    "leave_group",
    "list_offered",
    "list_placed",
    "offer_place",
    "take_out",
    "withdraw_offer",
]


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """A group as an organisation in it, or invited to it, sees it."""

    group_id: str
    group_name: str
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation, by its name alone."""

    id: str
    name: str


def find_place(scope: Scope) -> GroupPlace | None:
    """The group in which the organisation is."""
    return _find(select(Organisation.group_id).where(Organisation.id == scope.organisation_id))


def find_offered_place(scope: Scope) -> GroupPlace | None:
    """The group in which the organisation is offered a place."""
    return _find(select(GroupOffer.group_id).where(GroupOffer.organisation_id == scope.organisation_id))


def accept_place(scope: Scope, *, group_id: str) -> None:
    """Take the place offered, and give up that in another group.

    Args:
        scope: The owner.
        group_id: The group that the owner read of, in case another was offered since.

    Raises:
        NotFoundError: No place in this group is offered.
    """
    offer = _hold_offer(scope.organisation_id, group_id)
    session().delete(offer)
    session().get_one(Organisation, scope.organisation_id).group_id = group_id
    session().flush()
    _record("group_joined", scope.user_id, scope.organisation_id, group_id)


def decline_place(scope: Scope, *, group_id: str) -> None:
    """Say no to the place offered.

    Raises:
        NotFoundError: No place in this group is offered.
    """
    session().delete(_hold_offer(scope.organisation_id, group_id))
    session().flush()
    _record("group_declined", scope.user_id, scope.organisation_id, group_id)


def leave_group(scope: Scope) -> None:
    """Give up the place in the group; its readers see nothing of the organisation from then on.

    Raises:
        NotFoundError: The organisation is in no group.
    """
    _clear(scope.organisation_id, scope.user_id, "group_left")


def list_placed(group_id: str) -> tuple[OrganisationName, ...]:
    """The organisations in a group, by name."""
    query = select(Organisation.id, Organisation.name).where(Organisation.group_id == group_id).order_by(*_BY_NAME)
    return tuple(OrganisationName(row.id, row.name) for row in session().execute(query))


def list_offered(group_id: str) -> tuple[OrganisationName, ...]:
    """The organisations that have not answered the offer of a place in a group, by name."""
    query = (
        select(Organisation.id, Organisation.name)
        .join(GroupOffer, GroupOffer.organisation_id == Organisation.id)
        .where(GroupOffer.group_id == group_id)
        .order_by(*_BY_NAME)
    )
    return tuple(OrganisationName(row.id, row.name) for row in session().execute(query))


def offer_place(*, administrator_id: str, organisation_id: str, group_id: str) -> None:
    """Offer an organisation a place in a group, instead of what was offered before.

    Raises:
        NotFoundError: There is no such organisation or group.
        NotAllowedError: It is in this group already.
    """
    get_group(group_id)
    hold_organisation(organisation_id)
    organisation = session().get(Organisation, organisation_id, populate_existing=True)
    if organisation is None:
        raise NotFoundError
    if organisation.group_id == group_id:
        raise NotAllowedError("This organisation is in the group already")
    session().merge(GroupOffer(organisation_id=organisation_id, group_id=group_id, created_at=now()))
    session().flush()
    _record("group_offered", administrator_id, organisation_id, group_id)


def withdraw_offer(*, administrator_id: str, organisation_id: str, group_id: str) -> None:
    """Take back the offer of a place.

    Raises:
        NotFoundError: There is none.
    """
    session().delete(_hold_offer(organisation_id, group_id))
    session().flush()
    _record("group_offer_withdrawn", administrator_id, organisation_id, group_id)


def take_out(*, administrator_id: str, organisation_id: str) -> None:
    """Take an organisation out of its group.

    Raises:
        NotFoundError: It is in none.
    """
    _clear(organisation_id, administrator_id, "group_removed")


_BY_NAME = (func.lower(Organisation.name), Organisation.id)


def _find(query: Select[str | None]) -> GroupPlace | None:
    row = session().execute(select(Group.id, Group.name).where(Group.id.in_(query))).one_or_none()
    return GroupPlace(row.id, row.name, list_group_readers(row.id)) if row else None


def _hold_offer(organisation_id: str, group_id: str) -> GroupOffer:
    hold_organisation(organisation_id)
    offer = session().get(GroupOffer, organisation_id, populate_existing=True)
    if offer is None or offer.group_id != group_id:
        raise NotFoundError
    return offer


def _clear(organisation_id: str, user_id: str, event: str) -> None:
    hold_organisation(organisation_id)
    organisation = session().get(Organisation, organisation_id, populate_existing=True)
    if organisation is None or organisation.group_id is None:
        raise NotFoundError
    group_id, organisation.group_id = organisation.group_id, None
    session().flush()
    _record(event, user_id, organisation_id, group_id)


def _record(event: str, user_id: str, organisation_id: str, group_id: str) -> None:
    details: dict[str, object] = {"name": get_group(group_id).name}
    record_event(event, user_id=user_id, organisation_id=organisation_id, subject=group_id, details=details)
