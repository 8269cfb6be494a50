"""Quick checks: found with their secret alone, for a day, and never larger than the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selfassess import Answer
from webapp.clock import fixed_time, now
from webapp.db.tables import QuickCheck
from webapp.site import Site
from webapp.store.errors import NotFoundError
from webapp.store.quickchecks import (
    HOURS,
    NAME_LENGTH,
    NO_NAME,
    QUESTIONNAIRE,
    QuickCheckRecord,
    change_quick_check,
    delete_quick_check,
    find_quick_check,
    save_quick_answers,
    start_quick_check,
)
from webapp.store.standards import main_standard


@pytest.fixture(autouse=True)
def work(app: Site) -> Iterator[Session]:
    """All of these write."""
    with app.run_work(write=True) as opened:
        yield opened


def begin(kind: str = "prison", organisation: str = "") -> str:
    return start_quick_check(kind=kind, organisation=organisation)


def find(token: str) -> QuickCheckRecord:
    found = find_quick_check(token)
    assert found is not None
    return found


def count(work: Session) -> int:
    return work.scalar(select(func.count()).select_from(QuickCheck)) or 0


def test_quick_check_is_found_by_its_secret() -> None:
    found = find(begin("voluntary_organisation", "The Lantern Row Trust"))
    assert (found.kind, found.organisation, dict(found.answers)) == (
        "voluntary_organisation",
        "The Lantern Row Trust",
        {},
    )
    assert found.expires_at - found.created_at == timedelta(hours=HOURS)


def test_other_secret_finds_nothing() -> None:
    begin()
    assert find_quick_check("guessed") is None


def test_secret_is_nowhere_in_the_database(work: Session) -> None:
    token = begin()
    row = work.scalars(select(QuickCheck)).one()
    assert token not in repr({column.name: getattr(row, column.name) for column in QuickCheck.__table__.columns})


def test_expired_quick_check_is_not_shown_or_changed_though_still_there(work: Session) -> None:
    token = begin()
    moment = fixed_time.set(now() + timedelta(hours=HOURS))
    try:
        assert find_quick_check(token) is None
        with pytest.raises(NotFoundError):
            save_quick_answers(token=token, answers={"POL-01": Answer(level=2)})
        with pytest.raises(NotFoundError):
            change_quick_check(token=token, kind="prison", organisation="")
    finally:
        fixed_time.reset(moment)
    assert count(work) == 1


def test_new_quick_check_deletes_the_expired(work: Session) -> None:
    begin()
    moment = fixed_time.set(now() + timedelta(hours=HOURS))
    try:
        begin()
    finally:
        fixed_time.reset(moment)
    assert count(work) == 1


def test_answers_of_several_pages_are_kept_together() -> None:
    token = begin()
    save_quick_answers(token=token, answers={"POL-01": Answer(level=2), "POL-03": Answer(level="DK")})
    save_quick_answers(token=token, answers={"LEA-03": Answer(level=0), "POL-03": Answer(level=3)})
    assert dict(find(token).answers) == {
        "LEA-03": Answer(level=0),
        "POL-01": Answer(level=2),
        "POL-03": Answer(level=3),
    }


def test_answer_without_level_takes_back_the_one_before() -> None:
    token = begin()
    save_quick_answers(token=token, answers={"POL-01": Answer(level=2)})
    save_quick_answers(token=token, answers={"POL-01": Answer()})
    assert not find(token).answers


def test_reason_is_kept_and_note_and_evidence_are_not() -> None:
    token = begin()
    answer = Answer(level="NA", reason="None here", note="n" * 10_000, evidence=("e" * 2_000,))
    save_quick_answers(token=token, answers={"POL-01": answer})
    assert find(token).answers["POL-01"] == Answer(level="NA", reason="None here")


def test_practice_that_is_not_asked_is_left_out() -> None:
    token = begin()
    save_quick_answers(token=token, answers={"LEA-01": Answer(level=2), "ZZZ-99": Answer(level=2)})
    assert not find(token).answers


def test_long_name_is_cut() -> None:
    token = begin(organisation="x" * 1_000)
    assert len(find(token).organisation) == NAME_LENGTH
    change_quick_check(token=token, kind="prison", organisation="y" * 1_000)
    assert find(token).organisation == "y" * NAME_LENGTH


def test_other_kind_leaves_out_what_it_is_not_asked() -> None:
    token = begin("prison")
    save_quick_answers(token=token, answers={"LEA-06": Answer(level=2), "POL-01": Answer(level=1)})
    change_quick_check(token=token, kind="voluntary_organisation", organisation="A trust")
    assert dict(find(token).answers) == {"POL-01": Answer(level=1)}


def test_deleted_quick_check_is_gone_and_others_stay(work: Session) -> None:
    token, other = begin(), begin()
    delete_quick_check(token)
    assert find_quick_check(token) is None
    assert find_quick_check(other) is not None
    assert count(work) == 1


def test_scorecard_has_what_was_answered_and_counts_the_rest_as_open() -> None:
    token = begin()
    save_quick_answers(token=token, answers={"POL-01": Answer(level=2), "VET-01": Answer(level=0)})
    card = find(token).card
    asked = len(main_standard().asked(QUESTIONNAIRE, "prison"))
    assert card.assessment.organisation.name == NO_NAME
    assert (card.overall.met, card.overall.gaps, card.overall.unanswered) == (1, 1, asked - 2)
