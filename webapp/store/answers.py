"""Answers: one row each with a version, and a history of every change.

Nobody overwrites what they did not see: who saves says which version they saw. A text that loses is kept in
the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, insert, select, update

from selfassess import Answer
from selfassess.model.answer import DK, NA, Code
from webapp.clock import now
from webapp.db.prepared import Prepared, PreparedChange
from webapp.db.tables import Answer as AnswerRow
from webapp.db.tables import AnswerChange, Assessment, Base, User
from webapp.db.work import ask, session, write
from webapp.store.errors import ChangedMeanwhileError
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Scope

__all__ = [
    "Change",
    "Draft",
    "Outcome",
    "Result",
    "SavedAnswer",
    "list_all_answers",
    "list_answers",
    "list_changes",
    "save_answers",
    "write_first_answers",
]


class Result(StrEnum):
    """What became of something that somebody wanted to save."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer as it is kept.

    Attributes:
        version: Counts the changes from 1.
        to_confirm: Whether it was carried over and nobody has said yet that it still holds.
        changed_by: The name of who changed it last; empty where the account is gone.
        changed_by_id: Their account.
    """

    practice: str
    answer: Answer
    version: int
    to_confirm: bool
    changed_by: str
    changed_at: datetime
    changed_by_id: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to save.

    Attributes:
        version: The version they saw; 0 where there was none.
        confirmed: Whether they say that a carried answer still holds.
    """

    practice: str
    answer: Answer
    version: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft.

    Attributes:
        version: The version that is now kept.
        theirs: In a conflict, what somebody else saved meanwhile.
    """

    practice: str
    result: Result
    version: int
    theirs: SavedAnswer | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of an answer's history.

    Attributes:
        kind: ``saved``, ``carried``, ``confirmed``, or ``not_kept``: a text that lost to another.
        version: The answer's version after it.
        changed_by: The name of who did it; empty where the account is gone.
    """

    practice: str
    kind: str
    version: int
    before: Answer
    after: Answer
    changed_by: str
    changed_at: datetime


def list_answers(record: AssessmentRecord, practices: Iterable[str] | None = None) -> dict[str, SavedAnswer]:
    """The answers of an assessment, by practice.

    Args:
        record: The assessment.
        practices: Only these.
    """
    values: dict[str, object] = {"assessment": record.id}
    query = _EVERY_ANSWER
    if practices is not None:
        named = {f"practice_{number}": practice for number, practice in enumerate(practices)}
        if not named:
            return {}
        query, values = _some_answers(len(named)), values | named
    return {row[0]: _saved(*row) for row in ask(query, values)}


def list_all_answers(scope: Scope) -> dict[str, dict[str, SavedAnswer]]:
    """The answers of every assessment of the organisation, by assessment and practice, in one question."""
    found: dict[str, dict[str, SavedAnswer]] = defaultdict(dict)
    for assessment_id, *row in ask(_ANSWERS_OF_ALL, {"organisation": scope.organisation_id}):
        found[assessment_id][row[0]] = _saved(*row)
    return found


def save_answers(
    scope: Scope,
    record: AssessmentRecord,
    drafts: Iterable[Draft],
    *,
    kept: Mapping[str, SavedAnswer] | None = None,
) -> dict[str, Outcome]:
    """Save what changed of a page; each answer on its own, so that one conflict does not stop the others.

    A draft that says what is kept already, or what its own version said, is no change. One that was written on another
    version than the one kept is a conflict: nothing is overwritten, and the text goes into the history.

    Args:
        scope: Who saves.
        record: The assessment, opened by ``get_open_assessment``.
        drafts: What to save, each practice once.
        kept: The answers that are there, where this transaction has read them already.

    Raises:
        ChangedMeanwhileError: Somebody else changed an answer meanwhile; nobody can where the record was opened so.
    """
    wanted = {draft.practice: draft for draft in drafts}
    kept = list_answers(record, wanted) if kept is None else kept
    outcomes = {key: _settle(record, draft, kept.get(key)) for key, draft in wanted.items()}
    changed = [draft for key, draft in wanted.items() if outcomes[key].result is Result.SAVED]
    lost = [draft for key, draft in wanted.items() if outcomes[key].result is Result.CONFLICT]
    _write(scope, record, changed, kept)
    entries = [_lost_entry(draft, kept[draft.practice]) for draft in lost]
    _write_history(scope, record, _not_told_yet(scope, record, entries))
    return outcomes


def write_first_answers(
    scope: Scope, record: AssessmentRecord, answers: Mapping[str, Answer], *, to_confirm: bool
) -> None:
    """Fill a new assessment with answers from elsewhere.

    Args:
        scope: Who starts it.
        record: An assessment without answers.
        answers: By practice.
        to_confirm: Whether somebody has to say that they still hold.
    """
    drafts = [Draft(practice, answer, 0) for practice, answer in answers.items()]
    _insert(scope, record, drafts, to_confirm=to_confirm)
    _write_history(scope, record, [_entry("carried", draft, Answer(), 1) for draft in drafts])


def list_changes(record: AssessmentRecord, practice: str) -> tuple[Change, ...]:
    """The history of an answer, the latest change first."""
    query = (
        select(AnswerChange, User.name)
        .outerjoin(User, User.id == AnswerChange.changed_by)
        .where(AnswerChange.assessment_id == record.id, AnswerChange.practice == practice)
        .order_by(AnswerChange.id.desc())
    )
    return tuple(
        Change(practice, row.kind, row.version, _answer(row.before), _answer(row.after), name or "", row.changed_at)
        for row, name in session().execute(query)
    )


def _settle(record: AssessmentRecord, draft: Draft, kept: SavedAnswer | None) -> Outcome:
    version = kept.version if kept else 0
    is_same = draft.answer == (kept.answer if kept else Answer())
    if is_same and not (draft.confirmed and kept and kept.to_confirm):
        return Outcome(draft.practice, Result.UNCHANGED, version)
    if draft.version == version or is_same:
        return Outcome(draft.practice, Result.SAVED, version + 1)
    if _said_in(record, draft):
        return Outcome(draft.practice, Result.UNCHANGED, version)
    return Outcome(draft.practice, Result.CONFLICT, version, kept)


def _said_in(record: AssessmentRecord, draft: Draft) -> bool:
    """Whether a draft only says what the version said on which it was written: then its author changed nothing."""
    if draft.version == 0:
        return draft.answer == Answer()
    query = select(AnswerChange.after).where(
        AnswerChange.assessment_id == record.id,
        AnswerChange.practice == draft.practice,
        AnswerChange.version == draft.version,
        AnswerChange.kind != "not_kept",
    )
    said = session().scalars(query).first()
    return said is not None and _answer(said) == draft.answer


def _write(scope: Scope, record: AssessmentRecord, drafts: list[Draft], kept: Mapping[str, SavedAnswer]) -> None:
    new = [draft for draft in drafts if draft.practice not in kept]
    _insert(scope, record, new, to_confirm=False)
    _update(scope, record, [draft for draft in drafts if draft.practice in kept], kept)
    _write_history(scope, record, [_saved_entry(draft, kept.get(draft.practice)) for draft in drafts])


def _insert(scope: Scope, record: AssessmentRecord, drafts: list[Draft], *, to_confirm: bool) -> None:
    if not drafts:
        return
    common = {"assessment_id": record.id, "to_confirm": to_confirm, "version": 1} | _who_and_when(scope)
    rows = [{"practice": draft.practice} | _columns(draft.answer) for draft in drafts]
    write(_INSERT_ANSWERS, common, rows)


def _update(scope: Scope, record: AssessmentRecord, drafts: list[Draft], kept: Mapping[str, SavedAnswer]) -> None:
    if not drafts:
        return
    common = {"its_assessment": record.id, "to_confirm": False} | _who_and_when(scope)
    rows = [
        {"its_practice": draft.practice, "seen_version": seen, "version": seen + 1} | _columns(draft.answer)
        for draft in drafts
        for seen in [kept[draft.practice].version]
    ]
    if write(_UPDATE_ANSWERS, common, rows) < len(rows):
        raise ChangedMeanwhileError("somebody answered in this very moment")


_ANSWERS = Base.metadata.tables[AnswerRow.__tablename__]
_CHANGES = Base.metadata.tables[AnswerChange.__tablename__]
_KEYS = {"assessment_id", "practice"}
_INSERT_ANSWERS = PreparedChange(insert(_ANSWERS), _ANSWERS.columns.keys())
_INSERT_CHANGES = PreparedChange(insert(_CHANGES), set(_CHANGES.columns.keys()) - {"id"})
_UPDATE_ANSWERS = PreparedChange(
    update(_ANSWERS).where(
        _ANSWERS.c.assessment_id == bindparam("its_assessment"),
        _ANSWERS.c.practice == bindparam("its_practice"),
        _ANSWERS.c.version == bindparam("seen_version"),
    ),
    set(_ANSWERS.columns.keys()) - _KEYS,
)


def _write_history(scope: Scope, record: AssessmentRecord, entries: list[dict[str, object]]) -> None:
    if entries:
        common = {"assessment_id": record.id} | _who_and_when(scope)
        write(_INSERT_CHANGES, common, entries)


def _saved_entry(draft: Draft, kept: SavedAnswer | None) -> dict[str, object]:
    if kept is None:
        return _entry("saved", draft, Answer(), 1)
    kind = "confirmed" if draft.answer == kept.answer else "saved"
    return _entry(kind, draft, kept.answer, kept.version + 1)


def _lost_entry(draft: Draft, kept: SavedAnswer) -> dict[str, object]:
    return _entry("not_kept", draft, kept.answer, kept.version)


def _not_told_yet(scope: Scope, record: AssessmentRecord, entries: list[dict[str, object]]) -> list[dict[str, object]]:
    """Without the texts that the history has already: a page in conflict may be sent more than once."""
    if not entries:
        return []
    query = select(AnswerChange.practice, AnswerChange.version, AnswerChange.after).where(
        AnswerChange.assessment_id == record.id,
        AnswerChange.kind == "not_kept",
        AnswerChange.changed_by == scope.user_id,
        AnswerChange.practice.in_([entry["practice"] for entry in entries]),
    )
    told = [(row.practice, row.version, row.after) for row in session().execute(query)]
    return [entry for entry in entries if (entry["practice"], entry["version"], entry["after"]) not in told]


def _entry(kind: str, draft: Draft, before: Answer, version: int) -> dict[str, object]:
    return {
        "practice": draft.practice,
        "kind": kind,
        "version": version,
        "before": before.model_dump(mode="json"),
        "after": draft.answer.model_dump(mode="json"),
    }


def _who_and_when(scope: Scope) -> dict[str, Any]:
    return {"changed_by": scope.user_id, "changed_at": now()}


def _columns(answer: Answer) -> dict[str, Any]:
    level = None if answer.level is None else str(answer.level)
    return {"level": level, "note": answer.note, "reason": answer.reason, "evidence": list(answer.evidence)}


def _answer(document: dict[str, object]) -> Answer:
    return Answer.model_validate(document)


def _saved(
    practice: str,
    level: str | None,
    note: str,
    reason: str,
    evidence: list[str],
    to_confirm: bool,  # noqa: FBT001 - a column
    version: int,
    changed_by: str | None,
    changed_at: datetime,
    name: str | None,
) -> SavedAnswer:
    # Checked when it was saved, and by the database's own constraint; to check again would take half of the reading.
    answer = Answer.model_construct(level=_CODES[level], note=note, reason=reason, evidence=tuple(evidence))
    return SavedAnswer(practice, answer, version, to_confirm, name or "", changed_at, changed_by)


_CODES: dict[str | None, Code | None] = {None: None, "0": 0, "1": 1, "2": 2, "3": 3, "NA": NA, "DK": DK}
"""The library's codes for those of the column."""


_FIELDS = (
    AnswerRow.practice,
    AnswerRow.level,
    AnswerRow.note,
    AnswerRow.reason,
    AnswerRow.evidence,
    AnswerRow.to_confirm,
    AnswerRow.version,
    AnswerRow.changed_by,
    AnswerRow.changed_at,
    User.name,
)
"""In the order in which `_saved` takes them."""


def _every_answer() -> Select[*tuple[Any, ...]]:
    query = select(*_FIELDS).outerjoin(User, User.id == AnswerRow.changed_by)
    return query.where(AnswerRow.assessment_id == bindparam("assessment"))


def _answers_of_all() -> Select[*tuple[Any, ...]]:
    query = select(AnswerRow.assessment_id, *_FIELDS).outerjoin(User, User.id == AnswerRow.changed_by)
    mine = select(Assessment.id).where(Assessment.organisation_id == bindparam("organisation"))
    return query.where(AnswerRow.assessment_id.in_(mine))


_EVERY_ANSWER = Prepared(_every_answer())
_ANSWERS_OF_ALL = Prepared(_answers_of_all())


@lru_cache(maxsize=128)
def _some_answers(count: int) -> Prepared[*tuple[Any, ...]]:
    """With so many parameters: a list of any length would be written into the query anew each time."""
    names: list[BindParameter[str]] = [bindparam(f"practice_{number}") for number in range(count)]
    return Prepared(_every_answer().where(AnswerRow.practice.in_(names)))
