"""Places in an organisation offered by email; only who has the mail has the token, and the store keeps its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, select

from webapp.clock import now
from webapp.db.ids import new_id
from webapp.db.tables import Invitation, Membership, Organisation, User
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.constraints import mapped
from webapp.store.errors import AlreadyThereError, NotAllowedError, NotFoundError
from webapp.store.holding import hold_organisation
from webapp.store.members import insert_member
from webapp.store.scope import Role, Scope

__all__ = [
    "DAYS",
    "InvitationRecord",
    "accept_invitation",
    "find_invitation",
    "get_invitation",
    "invite",
    "list_invitations",
    "renew_invitation",
    "withdraw_invitation",
]

DAYS = 14
"""How long an invitation can be accepted."""

MOST = 500
"""Invitations that may wait in one organisation, so that nobody sends mails without end."""


@dataclass(frozen=True, slots=True)
class InvitationRecord:
    """A place that is offered.

    Attributes:
        invited_by: The name of who offers it.
    """

    id: str
    organisation_id: str
    organisation_name: str
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime

    @property
    def is_expired(self) -> bool:
        """Whether it is too late to accept."""
        return self.expires_at <= now()

    def is_for(self, email: str) -> bool:
        """Whether it was sent to this address."""
        return self.email == _plain(email)


def list_invitations(scope: Scope) -> tuple[InvitationRecord, ...]:
    """The invitations of an organisation that nobody accepted yet, by address; those that expired too."""
    found = _select(Invitation.organisation_id == scope.organisation_id).order_by(Invitation.email)
    return tuple(_make_record(row) for row in session().execute(found))


def get_invitation(scope: Scope, invitation_id: str) -> InvitationRecord:
    """An invitation of an organisation.

    Raises:
        NotFoundError: There is no such invitation.
    """
    _get(scope, invitation_id)
    return _make_record(session().execute(_select(Invitation.id == invitation_id)).one())


def invite(scope: Scope, *, email: str, role: Role) -> str:
    """Offer somebody a place.

    Returns:
        The token for the mail; it is nowhere else.

    Raises:
        AlreadyThereError: They are a member, or were invited.
        NotAllowedError: Too many invitations wait.
    """
    hold_organisation(scope.organisation_id)
    email, token, moment = _plain(email), _make_token(), now()
    _check_not_member(scope, email)
    _check_number(scope)
    invitation = Invitation(
        id=new_id(),
        organisation_id=scope.organisation_id,
        email=email,
        role=role.value,
        token_hash=_hash(token),
        invited_by=scope.user_id,
        created_at=moment,
        expires_at=moment + timedelta(days=DAYS),
    )
    there = AlreadyThereError("This address has an invitation already. You can send it again from the team’s page")
    with mapped({"uq_invitation_organisation_id": there, "invitation.organisation_id, invitation.email": there}):
        session().add(invitation)
    _record(scope, "member_invited", invitation.id, role=role.value)
    return token


def renew_invitation(scope: Scope, *, invitation_id: str) -> tuple[InvitationRecord, str]:
    """Offer the same place again for as long, with another token; the one before no longer works.

    Returns:
        The invitation and its token.

    Raises:
        NotFoundError: There is no such invitation.
    """
    held = _hold(scope, invitation_id)
    token = _make_token()
    held.token_hash, held.expires_at = _hash(token), now() + timedelta(days=DAYS)
    session().flush()
    _record(scope, "invitation_sent_again", invitation_id, role=held.role)
    return get_invitation(scope, invitation_id), token


def withdraw_invitation(scope: Scope, *, invitation_id: str) -> None:
    """Take an offer back.

    Raises:
        NotFoundError: There is no such invitation.
    """
    held = _hold(scope, invitation_id)
    session().delete(held)
    session().flush()
    _record(scope, "invitation_withdrawn", invitation_id, role=held.role)


def find_invitation(token: str) -> InvitationRecord | None:
    """The invitation of a mail; None where it was used, withdrawn or never sent, or is too old."""
    row = session().execute(_select(Invitation.token_hash == _hash(token))).one_or_none()
    found = _make_record(row) if row else None
    return None if found is None or found.is_expired else found


def accept_invitation(*, token: str, user_id: str) -> InvitationRecord:
    """Take the place that was offered; an invitation works once.

    Raises:
        NotFoundError: `find_invitation` finds none, or it was sent to another address than this person has.
        AlreadyThereError: The person is a member already, and keeps the role they have.
    """
    found = _hold_sent(token)
    email = session().scalar(select(User.email).where(User.id == user_id, User.confirmed_at.is_not(None)))
    if found is None or email is None or not found.is_for(email):
        raise NotFoundError
    insert_member(organisation_id=found.organisation_id, user_id=user_id, role=found.role)
    session().delete(session().get_one(Invitation, found.id))
    session().flush()
    record_event(
        "invitation_accepted",
        user_id=user_id,
        organisation_id=found.organisation_id,
        subject=user_id,
        details={"role": found.role.value},
    )
    return found


def _select(condition: ColumnElement[bool]) -> Select[Invitation, str, str]:
    return (
        select(Invitation, Organisation.name.label("organisation_name"), User.name.label("invited_by"))
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(User, User.id == Invitation.invited_by)
        .where(condition)
        .execution_options(populate_existing=True)  # what was read before others were waited for counts no more
    )


def _make_record(row: Row[Invitation, str, str]) -> InvitationRecord:
    held = row[0]
    return InvitationRecord(
        id=held.id,
        organisation_id=held.organisation_id,
        organisation_name=row.organisation_name,
        email=held.email,
        role=Role(held.role),
        invited_by=row.invited_by,
        created_at=held.created_at,
        expires_at=held.expires_at,
    )


def _hold_sent(token: str) -> InvitationRecord | None:
    """The invitation of a mail, which nobody can withdraw or accept before this transaction ends."""
    found = find_invitation(token)
    if found is None:
        return None
    hold_organisation(found.organisation_id)
    return find_invitation(token)


def _hold(scope: Scope, invitation_id: str) -> Invitation:
    """An invitation that is about to change; nobody else can change one of this organisation meanwhile."""
    hold_organisation(scope.organisation_id)
    return _get(scope, invitation_id)


def _get(scope: Scope, invitation_id: str) -> Invitation:
    query = select(Invitation).where(
        Invitation.id == invitation_id, Invitation.organisation_id == scope.organisation_id
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFoundError
    return found


def _check_not_member(scope: Scope, email: str) -> None:
    query = (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == scope.organisation_id, func.lower(User.email) == email)
    )
    if session().execute(query).first():
        raise AlreadyThereError("Somebody with this address is in the team already")


def _check_number(scope: Scope) -> None:
    waiting = select(func.count()).where(Invitation.organisation_id == scope.organisation_id)
    if (session().scalar(waiting) or 0) >= MOST:
        raise NotAllowedError(f"{MOST} invitations wait to be accepted. Withdraw some before you send more")


def _plain(email: str) -> str:
    return email.strip().lower()


def _make_token() -> str:
    return secrets.token_urlsafe(32)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _record(scope: Scope, event: str, subject: str, **details: object) -> None:
    record_event(event, user_id=scope.user_id, organisation_id=scope.organisation_id, subject=subject, details=details)
