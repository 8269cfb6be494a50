"""Everything that an organisation has written, as one object for a JSON file.

Top level: ``format``, ``format_version``, ``exported_at``, ``organisation``, ``people``, ``invitations``,
``assessments``, ``plan`` and ``events``. Each assessment has ``file``, a complete assessment file as the command line
reads one, and beside it ``answers`` (who answered last, and when), ``answer_changes``, ``comments``,
``theme_assignments``, ``review_events`` and ``signed_copy``. The plan has ``actions``, each with its ``changes``. Rows
carry the names of the tables' columns; moments are in ISO 8601 with their zone. People are named by id, and ``people``
says who they are. A column that is added to a table is in the next export without a change here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import inspect, select

from webapp.clock import now
from webapp.db.tables import (
    Action,
    ActionChange,
    Answer,
    AnswerChange,
    Assessment,
    AuditEvent,
    Base,
    Comment,
    Invitation,
    Membership,
    Organisation,
    Plan,
    ReviewEvent,
    SignedCopy,
    ThemeAssignment,
    User,
)
from webapp.db.work import session
from webapp.store.answers import SavedAnswer, list_all_answers
from webapp.store.assessments import list_assessments, make_sheet
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Scope

__all__ = ["FORMAT", "FORMAT_VERSION", "export_organisation"]

FORMAT = "selfassess-organisation"
FORMAT_VERSION = 1

Plain = dict[str, Any]

_OF_ASSESSMENT: dict[str, type[Base]] = {
    "answers": Answer,
    "answer_changes": AnswerChange,
    "comments": Comment,
    "theme_assignments": ThemeAssignment,
    "review_events": ReviewEvent,
}

_LEFT_OUT = frozenset({"token_hash", "organisation_id", "assessment_id", "plan_id", "action_id"})
"""Secrets, and ids of what the row stands in."""

_SAID_IN_FILE = frozenset({"level", "note", "reason", "evidence"})


def export_organisation(scope: Scope) -> Plain:
    """Everything that the organisation has written; see the module for what is where."""
    organisation = session().get_one(Organisation, scope.organisation_id)
    exported: Plain = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "exported_at": now().isoformat(),
        "organisation": _row(organisation) | {"group": scope.group_name},
        "invitations": [_row(row) for row in _of_organisation(scope, Invitation)],
        "assessments": _export_assessments(scope),
        "plan": _export_plan(scope),
        "events": [_row(row) for row in _of_organisation(scope, AuditEvent)],
    }
    exported["people"] = _export_people(scope, exported)
    return exported


def _export_assessments(scope: Scope) -> list[Plain]:
    parts = {name: _by_assessment(scope, table) for name, table in _OF_ASSESSMENT.items()}
    signed = _by_assessment(scope, SignedCopy)
    rows = {row.id: row for row in _of_organisation(scope, Assessment)}
    answers = list_all_answers(scope)
    return [
        _row(rows[record.id])
        | {"file": _file(scope, record, answers.get(record.id, {}))}
        | {name: [_row(row) for row in found[record.id]] for name, found in parts.items()}
        | {"signed_copy": next((_row(row) for row in signed[record.id]), None)}
        for record in list_assessments(scope)
    ]


def _file(scope: Scope, record: AssessmentRecord, answers: Mapping[str, SavedAnswer]) -> Plain:
    return make_sheet(scope, record, answers).model_dump(mode="json", exclude_none=True)


def _export_plan(scope: Scope) -> Plain | None:
    plan = session().scalars(select(Plan).where(Plan.organisation_id == scope.organisation_id)).one_or_none()
    if plan is None:
        return None
    changes: dict[str, list[Plain]] = defaultdict(list)
    of_plan = select(Action.id).where(Action.plan_id == plan.id)
    for change in session().scalars(select(ActionChange).where(ActionChange.action_id.in_(of_plan))):
        changes[change.action_id].append(_row(change))
    actions = session().scalars(select(Action).where(Action.plan_id == plan.id).order_by(Action.reference))
    return _row(plan) | {
        "assessment_id": plan.assessment_id,
        "actions": [_row(action) | {"changes": changes[action.id]} for action in actions],
    }


def _export_people(scope: Scope, exported: Plain) -> list[Plain]:
    """Who is a member now, with their address; and by name alone whoever else wrote something."""
    members = {row.user_id: row for row in _of_organisation(scope, Membership)}
    known = sorted(members.keys() | set(_find_people(exported)))
    names = session().execute(select(User.id, User.name, User.email).where(User.id.in_(known)).order_by(User.id))
    return [
        {"id": row.id, "name": row.name}
        | ({"email": row.email, "role": members[row.id].role} if row.id in members else {})
        for row in names
    ]


_PEOPLE = frozenset(
    column.name
    for table in Base.metadata.tables.values()
    for column in table.columns
    if any(key.column.table.name == User.__tablename__ for key in column.foreign_keys)
)
"""The names of the columns that hold somebody's id."""


def _find_people(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        yield from (found for key, found in value.items() if key in _PEOPLE and isinstance(found, str))
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _find_people(item)


def _of_organisation(scope: Scope, table: type[Any]) -> list[Any]:
    order = inspect(table).primary_key
    return list(session().scalars(select(table).where(table.organisation_id == scope.organisation_id).order_by(*order)))


def _by_assessment(scope: Scope, table: type[Any]) -> dict[str, list[Any]]:
    mine = select(Assessment.id).where(Assessment.organisation_id == scope.organisation_id)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session().scalars(
        select(table).where(table.assessment_id.in_(mine)).order_by(*inspect(table).primary_key)
    ):
        found[row.assessment_id].append(row)
    return found


def _row(row: Base) -> Plain:
    left_out = _LEFT_OUT | _SAID_IN_FILE if isinstance(row, Answer) else _LEFT_OUT
    names = [column.key for column in inspect(type(row)).column_attrs if column.key not in left_out]
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
