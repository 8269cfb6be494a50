"""The actions of a plan: one row each with a version, and a history of every change.

Nobody overwrites what they did not see: who saves says which version they saw. Where two people changed different
fields, both changes are kept; where they changed the same one, the second has to choose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from selfassess.revision import own_reference
from webapp.clock import now
from webapp.db.ids import new_id
from webapp.db.tables import Action, ActionChange, Plan, User
from webapp.db.work import session
from webapp.store.action_rows import columns_of, plain_of, read_plain, record_of, select_actions, written_in
from webapp.store.answers import Result
from webapp.store.errors import NotFoundError
from webapp.store.plan_records import ActionRecord, Written
from webapp.store.scope import Scope

__all__ = [
    "PARTS",
    "ActionOutcome",
    "ActionVersion",
    "add_own_action",
    "get_action",
    "insert_action",
    "list_action_changes",
    "list_actions",
    "put_back",
    "save_action",
    "take_out",
]

PARTS: dict[str, tuple[str, ...]] = {
    "gap": ("gap",),
    "theme": ("theme",),
    "action": ("action",),
    "owner": ("owner",),
    "helpers": ("helpers",),
    "dates": ("start", "due"),
    "effort": ("effort",),
    "status": ("status",),
    "progress_note": ("progress_note",),
    "evidence": ("evidence",),
    "last_reviewed": ("last_reviewed",),
}
"""What is chosen as a whole when two people changed it: the days belong together, or one could end before it starts."""


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """What became of what somebody wanted to save.

    Attributes:
        kept: The action as it is kept now.
        mine: What would be kept if this person's text won wherever both changed the same.
        parts: In a conflict, which of `PARTS` both changed; empty otherwise.
    """

    result: Result
    kept: ActionRecord
    mine: Written
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionVersion:
    """One entry of an action's history.

    Attributes:
        kind: ``added``, ``saved``, ``taken_out``, ``put_back``, or ``not_kept``: a text that lost to another.
        version: The action's version after it.
        before: None where it was added.
        changed_by: The name of who did it; empty where the account is gone.
    """

    kind: str
    version: int
    before: Written | None
    after: Written
    changed_by: str
    changed_at: datetime


def list_actions(scope: Scope) -> tuple[ActionRecord, ...]:
    """Every action that was ever taken into the plan or declined, in the order in which that happened."""
    return tuple(record_of(row.Action, row.name) for row in session().execute(select_actions(scope)))


def get_action(scope: Scope, action_id: str) -> ActionRecord:
    """An action of the organisation's plan.

    Raises:
        NotFoundError: It has none of that id.
    """
    row = session().execute(select_actions(scope).where(Action.id == action_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return record_of(row.Action, row.name)


def insert_action(scope: Scope, *, plan_id: str, reference: str, written: Written, is_declined: bool) -> str:
    """Take an action into a plan, or note that people do not want it.

    Returns:
        Its id.
    """
    row = Action(
        id=new_id(),
        plan_id=plan_id,
        reference=reference,
        is_declined=is_declined,
        version=1,
        changed_at=now(),
        **columns_of(written),
    )
    session().add(row)
    _add_change(scope, row, "added", None, written)
    return row.id


def add_own_action(scope: Scope, *, written: Written) -> str:
    """Add an action of people's own.

    Returns:
        Its id.

    Raises:
        NotFoundError: There is no plan.
    """
    mine = Plan.organisation_id == scope.organisation_id
    plan_id = session().scalars(select(Plan.id).where(mine).with_for_update()).one_or_none()
    if plan_id is None:
        raise NotFoundError
    taken = sum(action.is_own for action in list_actions(scope))  # none is ever deleted, so numbers have no holes
    return insert_action(scope, plan_id=plan_id, reference=own_reference(taken + 1), written=written, is_declined=False)


def save_action(scope: Scope, action_id: str, *, written: Written, version: int) -> ActionOutcome:
    """Save an action as somebody left it.

    Args:
        scope: Who saves.
        action_id: Which.
        written: All its fields.
        version: The version that they saw.

    Raises:
        NotFoundError: The plan has no such action.
    """
    row = _hold(scope, action_id)
    kept = written_in(row)
    base = kept if version == row.version else _find_version(row, version)
    merged, parts = _merge(base, written, kept)
    if parts:
        _add_change(scope, row, "not_kept", kept, merged)
        return ActionOutcome(Result.CONFLICT, get_action(scope, action_id), merged, parts)
    if merged == kept:
        return ActionOutcome(Result.UNCHANGED, get_action(scope, action_id), merged)
    _change(scope, row, "saved", merged, is_declined=row.is_declined)
    return ActionOutcome(Result.SAVED, get_action(scope, action_id), merged)


def take_out(scope: Scope, action_id: str) -> None:
    """Take an action out of the plan; what people wrote stays, and it can be put back.

    Raises:
        NotFoundError: The plan has no such action.
    """
    _decide(scope, action_id, "taken_out", is_declined=True)


def put_back(scope: Scope, action_id: str) -> None:
    """Put an action into the plan that was taken out or declined.

    Raises:
        NotFoundError: The plan has no such action.
    """
    _decide(scope, action_id, "put_back", is_declined=False)


def list_action_changes(scope: Scope, action_id: str) -> tuple[ActionVersion, ...]:
    """The history of an action, the latest change first.

    Raises:
        NotFoundError: The plan has no such action.
    """
    query = (
        select(ActionChange, User.name)
        .outerjoin(User, User.id == ActionChange.changed_by)
        .where(ActionChange.action_id == get_action(scope, action_id).id)
        .order_by(ActionChange.id.desc())
    )
    return tuple(
        ActionVersion(
            row.kind,
            row.version,
            read_plain(row.before) if row.before else None,
            read_plain(row.after),
            name or "",
            row.changed_at,
        )
        for row, name in session().execute(query)
    )


def _merge(base: Written | None, mine: Written, theirs: Written) -> tuple[Written, tuple[str, ...]]:
    """Both changes together, with mine where both changed the same; and the parts where they did, each to another."""
    merged, parts = theirs, []
    for name, fields in PARTS.items():
        wanted, kept = _values(mine, fields), _values(theirs, fields)
        if wanted == kept or (base and wanted == _values(base, fields)):
            continue
        merged = replace(merged, **wanted)
        if base is None or kept != _values(base, fields):
            parts.append(name)
    return merged, tuple(parts)


def _values(written: Written, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(written, field) for field in fields}


def _find_version(row: Action, version: int) -> Written | None:
    """What an earlier version said."""
    query = select(ActionChange.after).where(
        ActionChange.action_id == row.id, ActionChange.version == version, ActionChange.kind != "not_kept"
    )
    said = session().scalars(query).first()
    return read_plain(said) if said else None


def _hold(scope: Scope, action_id: str) -> Action:
    """The row of an action that is about to change; nobody else can change it before this transaction ends."""
    query = (
        select(Action)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Action.id == action_id, Plan.organisation_id == scope.organisation_id)
        .with_for_update(of=Action)
    )
    row = session().scalars(query).one_or_none()
    if row is None:
        raise NotFoundError
    return row


def _decide(scope: Scope, action_id: str, kind: str, *, is_declined: bool) -> None:
    row = _hold(scope, action_id)
    if row.is_declined != is_declined:
        _change(scope, row, kind, written_in(row), is_declined=is_declined)


def _change(scope: Scope, row: Action, kind: str, written: Written, *, is_declined: bool) -> None:
    before = written_in(row)
    for field, value in columns_of(written).items():
        setattr(row, field, value)
    row.is_declined = is_declined
    row.version += 1
    row.changed_at = now()
    _add_change(scope, row, kind, before, written)


def _add_change(scope: Scope, row: Action, kind: str, before: Written | None, after: Written) -> None:
    session().flush()
    session().add(
        ActionChange(
            action_id=row.id,
            version=row.version,
            kind=kind,
            before=plain_of(before) if before else {},
            after=plain_of(after),
            changed_by=scope.user_id,
            changed_at=now(),
        )
    )
