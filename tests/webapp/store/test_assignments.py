"""A theme has one person at the most, and one who may answer."""

from __future__ import annotations

import pytest

from tests.webapp.conftest import TestTeam
from webapp.store.assignments import assign_theme, list_answerers, list_assignments
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Scope
from webapp.store.theme_notes import find_theme_notes


def test_theme_given_on_has_the_last_person_only(owner: Scope, colleague: Scope, record: AssessmentRecord) -> None:
    assign_theme(owner, record, theme="policy", user_id=owner.user_id)
    assign_theme(owner, record, theme="policy", user_id=colleague.user_id)
    assert {theme: held.name for theme, held in list_assignments(record).items()} == {
        "policy": "HMP Example Contributor"
    }


def test_theme_given_to_nobody_is_left_out(owner: Scope, record: AssessmentRecord) -> None:
    assign_theme(owner, record, theme="policy", user_id=owner.user_id)
    assign_theme(owner, record, theme="policy", user_id=None)
    assert list_assignments(record) == {}


def test_reader_is_refused_and_the_old_person_stays(owner: Scope, record: AssessmentRecord, team: TestTeam) -> None:
    assign_theme(owner, record, theme="policy", user_id=owner.user_id)
    with pytest.raises(NotAllowedError):
        assign_theme(owner, record, theme="policy", user_id=team.reader.id)
    assert list_assignments(record)["policy"].user_id == owner.user_id


def test_stranger_is_refused(owner: Scope, record: AssessmentRecord) -> None:
    with pytest.raises(NotFoundError):
        assign_theme(owner, record, theme="policy", user_id="0" * 20)


def test_answerers_are_owners_and_contributors(owner: Scope, team: TestTeam) -> None:
    assert {member.user_id for member in list_answerers(owner)} == {team.owner.id, team.contributor.id}


def test_notes_of_a_theme_name_its_person_only(owner: Scope, record: AssessmentRecord) -> None:
    assign_theme(owner, record, theme="policy", user_id=owner.user_id)
    assert find_theme_notes(record, "policy").assigned_to == "HMP Example Owner"
    assert find_theme_notes(record, "review").assigned_to == ""
