"""Assessments are started, found and carried over within their organisation only."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from selfassess import Answer
from webapp.db.tables import Assessment
from webapp.store.answers import list_answers
from webapp.store.assessments import (
    create_assessment,
    find_title,
    get_assessment,
    get_open_assessment,
    list_assessments,
    list_carriable,
    read_sheet,
    score_assessment,
)
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Role, Scope

DAY = date(2026, 11, 1)


@pytest.fixture
def stranger(owner: Scope) -> Scope:
    """Somebody elsewhere."""
    return Scope("0" * 20, "Elsewhere", "prison", None, None, owner.user_id, Role.OWNER)


def test_assessment_of_another_organisation_is_not_there(stranger: Scope, record: AssessmentRecord) -> None:
    with pytest.raises(NotFoundError):
        get_assessment(stranger, record.id)
    with pytest.raises(NotFoundError):
        get_open_assessment(stranger, record.id)
    with pytest.raises(NotFoundError):
        create_assessment(stranger, title="Theirs", day=DAY, carry_from=record.id)
    assert list_assessments(stranger) == ()
    assert find_title(stranger, record.id) is None


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.SIGNED])
def test_frozen_assessment_cannot_be_opened_to_write(
    owner: Scope, record: AssessmentRecord, work: Session, status: Status
) -> None:
    work.execute(update(Assessment).values(status=status.value))
    with pytest.raises(NotAllowedError):
        get_open_assessment(owner, record.id)
    assert get_assessment(owner, record.id).status is status


def test_latest_day_comes_first(owner: Scope, record: AssessmentRecord) -> None:
    earlier = create_assessment(owner, title="2025", day=date(2025, 11, 1))
    later = create_assessment(owner, title="2027", day=date(2027, 1, 1))
    assert [each.id for each in list_assessments(owner)] == [later, record.id, earlier]


def test_answers_are_carried_to_be_confirmed_and_those_from_elsewhere_give_way(owner: Scope) -> None:
    first = create_assessment(owner, title="2025", day=DAY, answers={"POL-01": Answer(level=2)})
    new = create_assessment(
        owner, title="2026", day=DAY, carry_from=first, answers={"POL-01": Answer(level=0), "POL-02": Answer(level=1)}
    )
    answers = list_answers(get_assessment(owner, new))
    assert {key: (saved.answer.level, saved.to_confirm) for key, saved in answers.items()} == {
        "POL-01": (2, True),
        "POL-02": (1, True),
    }


def test_answers_that_are_not_asked_any_more_are_not_carried(owner: Scope) -> None:
    answers = {
        "XXX-99": Answer(level=2),
        "POL-01": Answer(level="NA", reason="Allowed once, and not now"),
        "POL-02": Answer(level=1),
    }
    new = create_assessment(owner, title="2026", day=DAY, answers=answers)
    assert set(list_answers(get_assessment(owner, new))) == {"POL-02"}


def test_carriable_counts_what_will_be_carried(owner: Scope, record: AssessmentRecord) -> None:
    answers = {"POL-01": Answer(level=2), "POL-02": Answer(level="DK"), "POL-03": Answer(note="Only a note")}
    earlier = create_assessment(owner, title="2025", day=DAY, answers=answers)
    assert [(each.record.id, each.answers) for each in list_carriable(owner)] == [(earlier, 2)]
    assert record.id != earlier


def test_sheet_scores_as_the_library_scores(owner: Scope) -> None:
    answers = {"POL-01": Answer(level=2), "POL-02": Answer(level=0)}
    record = get_assessment(owner, create_assessment(owner, title="2026", day=DAY, answers=answers))
    card = score_assessment(owner, record)
    assert (card.overall.answered, card.overall.met) == (2, 1)
    sheet = read_sheet(owner, record)
    assert sheet.standard.hash == record.standard.hash
    assert sheet.answers == answers
