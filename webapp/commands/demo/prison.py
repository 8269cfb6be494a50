"""HMP Example: signed off last year, a plan under way since, and this year's assessment half done."""

from __future__ import annotations

from datetime import date

from webapp.commands.demo.examples import answer_themes, read_example, sign
from webapp.commands.demo.people import People, at
from webapp.commands.demo.plan import make_prison_plan
from webapp.store.assessments import create_assessment, get_open_assessment
from webapp.store.assignments import assign_theme
from webapp.store.comments import add_comment
from webapp.store.invitations import invite
from webapp.store.members import add_member
from webapp.store.organisations import create_organisation
from webapp.store.scope import Role, Scope, get_scope
from webapp.store.standards import main_standard

__all__ = ["make_prison"]

_NOT_YET = ("working-together", "review")
"""Themes of this year's assessment in which nobody has confirmed last year's answers yet."""


def make_prison(people: People) -> str:
    """Make the prison with its team, its assessments and its plan.

    Returns:
        Its id.
    """
    with at(2025, 9, 8):
        organisation_id = _make_team(people)
    owner = get_scope(user_id=people["prison owner"], organisation_id=organisation_id)
    approver = get_scope(user_id=people["approver"], organisation_id=organisation_id)
    contributor = get_scope(user_id=people["contributor"], organisation_id=organisation_id)
    last_year = _make_last_year(owner, approver, contributor)
    make_prison_plan(owner, contributor, last_year)
    _make_this_year(owner, contributor, last_year)
    invite(owner, email="chaplain@example.org", role=Role.CONTRIBUTOR)
    return organisation_id


def _make_team(people: People) -> str:
    organisation_id = create_organisation(
        user_id=people["prison owner"], name="HMP Example", kind="prison", reference="HMP-EX"
    )
    owner = get_scope(user_id=people["prison owner"], organisation_id=organisation_id)
    for key, role in (("approver", Role.APPROVER), ("contributor", Role.CONTRIBUTOR), ("reader", Role.READER)):
        add_member(owner, user_id=people[key], role=role)
    return organisation_id


def _make_last_year(owner: Scope, approver: Scope, contributor: Scope) -> str:
    example, themes = read_example("hmp-example-2025.yaml"), _list_themes()
    with at(2025, 10, 20):
        assessment_id = create_assessment(owner, title="Self-audit 2025", day=date(2025, 11, 3))
        answer_themes(owner, assessment_id, example, themes[:4])
    with at(2025, 11, 3, 14):
        answer_themes(contributor, assessment_id, example, themes[4:])
    with at(2025, 11, 10, 16):
        sign(owner, approver, assessment_id)
    return assessment_id


def _make_this_year(owner: Scope, contributor: Scope, last_year: str) -> None:
    example = read_example("hmp-example.yaml")
    themes = [theme for theme in _list_themes() if theme not in _NOT_YET]
    with at(2026, 10, 26):
        assessment_id = create_assessment(owner, title="Self-audit 2026", day=date(2026, 11, 1), carry_from=last_year)
        record = get_open_assessment(owner, assessment_id)
        assign_theme(owner, record, theme="vetting", user_id=contributor.user_id)
        answer_themes(owner, assessment_id, example, themes[:3])
    with at(2026, 11, 2, 15):
        answer_themes(contributor, assessment_id, example, themes[3:])
        add_comment(
            contributor,
            record,
            practice="POL-01",
            text="Gwen, is the draft from June still the latest one?",
            addressed_to=owner.user_id,
        )
    with at(2026, 11, 3):
        add_comment(
            owner,
            record,
            practice="POL-01",
            text="Yes. The senior team looks at it on Thursday.",
            addressed_to=contributor.user_id,
        )


def _list_themes() -> list[str]:
    return [theme.id for theme in main_standard().head.themes]
