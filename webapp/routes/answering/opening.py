"""What the views of one theme or practice begin with."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.guards import scope
from webapp.pages.theme import ThemePage, find_field, make_theme_page
from webapp.questions.fields import QuestionField
from webapp.store.assessments import get_assessment, get_open_assessment
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Role, Scope

__all__ = ["OpenedPractice", "OpenedTheme", "may_answer", "open_practice", "open_theme"]


@dataclass(frozen=True, slots=True)
class OpenedTheme:
    """One theme of an assessment, and who opened it."""

    scope: Scope
    record: AssessmentRecord
    page: ThemePage

    @property
    def practices(self) -> tuple[str, ...]:
        """The ids of its practices."""
        return tuple(field.id for field in self.page.fields)

    @property
    def list_address(self) -> str:
        """The address of the list of themes, below which all others of the assessment are.

        Written by hand, because asking Flask takes longer than all else that the page does with addresses.
        """
        return f"/organisations/{self.scope.organisation_id}/assessments/{self.record.id}"

    @property
    def is_locked(self) -> bool:
        """Whether this person can only read it."""
        return not (self.record.is_open and may_answer(self.scope))


@dataclass(frozen=True, slots=True)
class OpenedPractice:
    """One practice of an assessment, and who opened it."""

    scope: Scope
    record: AssessmentRecord
    theme: str
    field: QuestionField


def may_answer(held: Scope) -> bool:
    """Whether somebody's role lets them answer."""
    return held.may_act_as(Role.CONTRIBUTOR)


def open_theme(assessment_id: str, theme: str, *, to_write: bool = False) -> OpenedTheme:
    """A theme of an assessment.

    Raises:
        NotFoundError: There is no such assessment or theme.
        NotAllowedError: Answers are to be written, and the assessment was submitted.
    """
    held = scope()
    record = get_open_assessment(held, assessment_id) if to_write else get_assessment(held, assessment_id)
    return OpenedTheme(held, record, make_theme_page(record.standard, record.questionnaire, theme, held.kind))


def open_practice(assessment_id: str, practice: str) -> OpenedPractice:
    """A practice of an assessment.

    Raises:
        NotFoundError: There is no such assessment or practice.
    """
    held = scope()
    record = get_assessment(held, assessment_id)
    theme, field = find_field(record.standard, record.questionnaire, practice, held.kind)
    return OpenedPractice(held, record, theme, field)
