"""An assessment that a prison's team works on, and short ways to answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pytest

from selfassess import Answer
from tests.webapp.conftest import TestPerson, TestTeam
from tests.webapp.pages import Page
from webapp.site import Site
from webapp.store.answers import Change, SavedAnswer, list_answers, list_changes
from webapp.store.assessments import create_assessment, get_assessment
from webapp.store.records import AssessmentRecord
from webapp.store.scope import get_scope

_T = TypeVar("_T")

POLICY = ("POL-01", "POL-02", "POL-03", "POL-04", "POL-06")


@dataclass(frozen=True)
class Sheet:
    """An assessment, and what is kept of it."""

    app: Site
    team: TestTeam
    id: str

    @property
    def address(self) -> str:
        """Its task list."""
        return f"{self.team.address}/assessments/{self.id}"

    @property
    def policy(self) -> str:
        """The page of one theme."""
        return f"{self.address}/themes/policy"

    @property
    def answers(self) -> dict[str, SavedAnswer]:
        """What is saved, by practice."""
        return self._read(list_answers)

    def changes(self, practice: str = "POL-01") -> tuple[Change, ...]:
        """The history of an answer, the latest first."""
        return self._read(lambda record: list_changes(record, practice))

    def answer(self, person: TestPerson, fields: dict[str, str], **more: str) -> Page:
        """Fill in POL-01 on its page as this person, and send it; the page that comes back."""
        page = person.client.page(self.policy)
        filled = form_of(page) | {f"POL-01.{name}": value for name, value in fields.items()} | more
        return Page(person.client.post(self.policy, data=filled, follow_redirects=True).text)

    def _read(self, ask: Callable[[AssessmentRecord], _T]) -> _T:
        with self.app.run_work(write=False):
            scope = get_scope(user_id=self.team.owner.id, organisation_id=self.team.organisation_id)
            return ask(get_assessment(scope, self.id))


@pytest.fixture
def sheet(app: Site, team: TestTeam) -> Sheet:
    """An open assessment without answers."""
    return start(app, team)


def start(app: Site, team: TestTeam, answers: dict[str, Answer] | None = None) -> Sheet:
    """Start an assessment, with answers to be confirmed."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        assessment_id = create_assessment(scope, title="2026", day=date(2026, 11, 1), answers=answers)
        work.commit()
    return Sheet(app, team, assessment_id)


def form_of(page: Page, css: str = "main form[method=post]") -> dict[str, str]:
    """What a form would send as it stands, with its last button."""
    form = page.all(css)[-1]
    return {name: value or "" for name, value in form.form_values()}
