"""Quick checks without an account: found only by the secret in the visitor's own cookie, and gone after a day.

Only what a quick check asks is kept: a level for each practice, and the reason where it does not apply. So a row
cannot grow beyond the questionnaire.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import Select, bindparam, delete, select

from selfassess import Answer, Assessment, Organisation, Scorecard, Standard, score
from selfassess.model.answer import StandardReference
from webapp.clock import HERE, now
from webapp.db.tables import QuickCheck
from webapp.db.work import session
from webapp.store.errors import NotFoundError
from webapp.store.standards import get_standard, keep_standard

__all__ = [
    "HOURS",
    "NAME_LENGTH",
    "QUESTIONNAIRE",
    "QuickCheckRecord",
    "change_quick_check",
    "delete_expired",
    "delete_quick_check",
    "find_quick_check",
    "save_quick_answers",
    "start_quick_check",
]

QUESTIONNAIRE = "quick-check"
"""What is asked."""

HOURS = 24
"""How long a quick check is kept, from its start."""

NAME_LENGTH = 300
"""Characters of an organisation's name."""

NO_NAME = "Your organisation"
"""What reports say where nobody gave a name."""


@dataclass(frozen=True, slots=True)
class QuickCheckRecord:
    """A visitor's quick check.

    Attributes:
        organisation: The name for the reports; may be empty.
        answers: By practice; only of those that are asked of this kind of organisation.
        expires_at: When it is deleted.
    """

    standard_hash: str
    kind: str
    organisation: str
    answers: Mapping[str, Answer]
    created_at: datetime
    expires_at: datetime

    @property
    def standard(self) -> Standard:
        """The standard in the version that is answered."""
        return get_standard(self.standard_hash)

    @property
    def sheet(self) -> Assessment:
        """The quick check as the library reads an assessment."""
        standard = self.standard
        return Assessment(
            standard=StandardReference(id=standard.id, version=standard.version, hash=standard.hash),
            questionnaire=QUESTIONNAIRE,
            organisation=Organisation(name=self.organisation or NO_NAME, kind=self.kind),
            date=self.created_at.astimezone(HERE).date(),
            answers=dict(self.answers),
        )

    @property
    def card(self) -> Scorecard:
        """The quick check, scored by the library."""
        return score(self.standard, self.sheet)


def start_quick_check(*, kind: str, organisation: str) -> str:
    """Begin a quick check, and delete those whose time is over.

    Args:
        kind: One of the standard's kinds of organisation.
        organisation: The name for the reports; may be empty.

    Returns:
        The secret by which it is found again; the database keeps its hash only.
    """
    moment = now()
    delete_expired()
    token = secrets.token_urlsafe(32)
    row = QuickCheck(
        token_hash=_hash(token),
        standard_hash=keep_standard(),
        kind=kind,
        organisation=organisation[:NAME_LENGTH],
        answers={},
        created_at=moment,
        expires_at=moment + timedelta(hours=HOURS),
    )
    session().add(row)
    session().flush()
    return token


def find_quick_check(token: str) -> QuickCheckRecord | None:
    """A visitor's quick check; None where there is none, or its time is over."""
    row = session().scalar(_one(), _names(token))
    return _record(row) if row else None


def change_quick_check(*, token: str, kind: str, organisation: str) -> None:
    """Change what a quick check is about; answers that another kind of organisation is not asked are left out.

    Raises:
        NotFoundError: There is none, or its time is over.
    """
    row = _get(token)
    row.kind, row.organisation = kind, organisation[:NAME_LENGTH]
    _keep(row, row.answers)


def save_quick_answers(*, token: str, answers: Mapping[str, Answer]) -> None:
    """Keep the answers of a page beside those of the other pages.

    Args:
        token: The visitor's secret.
        answers: By practice. One without a level takes back what was answered before; what is not asked is left out.

    Raises:
        NotFoundError: There is none, or its time is over.
    """
    row = _get(token)
    given = {practice: _plain(answer) for practice, answer in answers.items() if answer.is_answered}
    others = {practice: kept for practice, kept in row.answers.items() if practice not in answers}
    _keep(row, others | given)


def delete_quick_check(token: str) -> None:
    """Delete a quick check; nothing happens where there is none."""
    session().execute(delete(QuickCheck).where(QuickCheck.token_hash == _hash(token)))


def delete_expired() -> None:
    """Delete all quick checks whose time is over."""
    session().execute(delete(QuickCheck).where(QuickCheck.expires_at <= now()))


def _get(token: str) -> QuickCheck:
    """The row, which nobody else can change before this transaction ends."""
    row = session().scalar(_one().with_for_update(), _names(token))
    if row is None:
        raise NotFoundError
    return row


@lru_cache(maxsize=1)
def _one() -> Select[QuickCheck]:
    """Made once, because every page asks it."""
    return select(QuickCheck).where(
        QuickCheck.token_hash == bindparam("held"), QuickCheck.expires_at > bindparam("moment")
    )


def _names(token: str) -> dict[str, object]:
    return {"held": _hash(token), "moment": now()}


def _keep(row: QuickCheck, answers: Mapping[str, object]) -> None:
    """Keep answers, of the practices alone that are asked of this kind of organisation, in their order."""
    asked = get_standard(row.standard_hash).asked(QUESTIONNAIRE, row.kind)
    row.answers = {practice.id: answers[practice.id] for practice in asked if practice.id in answers}
    session().flush()


def _plain(answer: Answer) -> dict[str, object]:
    return {"level": answer.level, "reason": answer.reason}


def _record(row: QuickCheck) -> QuickCheckRecord:
    return QuickCheckRecord(
        standard_hash=row.standard_hash,
        kind=row.kind,
        organisation=row.organisation,
        answers={practice: Answer.model_validate(kept) for practice, kept in row.answers.items()},
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
