"""Cyfeillion Example Friends: a voluntary organisation with a signed assessment."""

from __future__ import annotations

from datetime import date

from webapp.commands.demo.examples import answer_themes, read_example, sign
from webapp.commands.demo.people import People, at
from webapp.store.assessments import create_assessment
from webapp.store.organisations import create_organisation
from webapp.store.scope import get_scope
from webapp.store.standards import main_standard

__all__ = ["make_charity"]


def make_charity(people: People) -> str:
    """Make the charity, whose owner does everything alone.

    Returns:
        Its id.
    """
    example = read_example("voluntary-organisation.yaml")
    themes = [theme.id for theme in main_standard().head.themes]
    user_id = people["charity owner"]
    with at(2026, 10, 5):
        organisation_id = create_organisation(
            user_id=user_id, name=example.organisation.name, kind=example.organisation.kind, reference="CEF-01"
        )
        owner = get_scope(user_id=user_id, organisation_id=organisation_id)
        assessment_id = create_assessment(owner, title="Self-audit 2026", day=date(2026, 10, 15))
        answer_themes(owner, assessment_id, example, themes)
    with at(2026, 10, 20):
        sign(owner, owner, assessment_id)
    return organisation_id
