"""The example assessments of the checkout, as answers that somebody saves."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from selfassess import Answer, Assessment, read_assessment
from webapp.store.answers import Draft, list_answers, save_answers
from webapp.store.assessments import get_open_assessment
from webapp.store.scope import Scope
from webapp.store.signoff import find_last_event, sign_assessment, submit_assessment

__all__ = ["answer_themes", "read_example", "sign"]

_FOLDER = Path(__file__).parents[3] / "examples"


def read_example(name: str) -> Assessment:
    """An example assessment.

    Raises:
        click.ClickException: The examples are not there: the site was not installed from a checkout.
    """
    file = _FOLDER / name
    if not file.exists():
        raise click.ClickException(f"{file} is missing: the demonstration needs the examples of a checkout.")
    return read_assessment(file)


def answer_themes(scope: Scope, assessment_id: str, example: Assessment, themes: Collection[str]) -> None:
    """Save the answers of an example to the practices of some themes, as one person does."""
    record = get_open_assessment(scope, assessment_id)
    theme_of = record.standard.theme_of
    wanted = {key: answer for key, answer in example.answers.items() if theme_of[key].id in themes}
    kept = list_answers(record, wanted)
    drafts = [_draft(key, answer, kept[key].version if key in kept else 0) for key, answer in wanted.items()]
    save_answers(scope, record, drafts)


def sign(owner: Scope, approver: Scope, assessment_id: str) -> None:
    """Submit an assessment, and sign it."""
    record = get_open_assessment(owner, assessment_id)
    submit_assessment(owner, assessment_id)
    last = find_last_event(record)
    if last is None:
        raise AssertionError("it has just been submitted")
    sign_assessment(approver, assessment_id, submission=last.id)


def _draft(practice: str, answer: Answer, version: int) -> Draft:
    return Draft(practice=practice, answer=answer, version=version, confirmed=True)
