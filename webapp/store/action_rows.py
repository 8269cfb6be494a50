"""How an action stands in its row and in its history."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from selfassess.model.practice import Effort
from selfassess.planning import ActionStatus
from webapp.db.tables import Action, ActionChange, Plan, User
from webapp.store.plan_records import ActionRecord, Written
from webapp.store.scope import Scope

__all__ = ["columns_of", "plain_of", "read_plain", "record_of", "select_actions", "written_in"]

_DOCUMENT = TypeAdapter(Written)


def plain_of(written: Written) -> dict[str, object]:
    """What people wrote, as an entry of the history keeps it."""
    document: dict[str, object] = _DOCUMENT.dump_python(written, mode="json")
    return document


def read_plain(document: dict[str, object]) -> Written:
    """What an entry of the history says."""
    return _DOCUMENT.validate_python(document)


def columns_of(written: Written) -> dict[str, Any]:
    """What people wrote, as the row's columns keep it."""
    columns = {field: getattr(written, field) for field in Written.__slots__}
    effort = written.effort.value if written.effort else None
    return columns | {"effort": effort, "status": written.status.value, "evidence": list(written.evidence)}


def written_in(row: Action) -> Written:
    """What people wrote, out of its row."""
    columns = {field: getattr(row, field) for field in Written.__slots__}
    return Written(
        **columns
        | {
            "effort": Effort(row.effort) if row.effort else None,
            "status": ActionStatus(row.status),
            "evidence": tuple(row.evidence),
        }
    )


def record_of(row: Action, name: str | None) -> ActionRecord:
    """An action out of its row; ``name`` is that of who changed it last."""
    return ActionRecord(
        row.id, row.reference, row.is_declined, written_in(row), row.version, name or "", row.changed_at
    )


_Added = aliased(ActionChange, name="added")


def select_actions(scope: Scope) -> Select[Action, str]:
    """Each action with the name of who changed it last, in the order in which they were taken up."""
    last = and_(
        ActionChange.action_id == Action.id,
        ActionChange.version == Action.version,
        ActionChange.kind != "not_kept",
    )
    return (
        select(Action, User.name)
        .join(Plan, Plan.id == Action.plan_id)
        .join(_Added, and_(_Added.action_id == Action.id, _Added.kind == "added"))
        .outerjoin(ActionChange, last)
        .outerjoin(User, User.id == ActionChange.changed_by)
        .where(Plan.organisation_id == scope.organisation_id)
        .order_by(_Added.id)
    )
