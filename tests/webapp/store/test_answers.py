"""Answers are never lost and never overwritten unseen."""

from __future__ import annotations

from selfassess import Answer
from webapp.store.answers import Draft, Result, list_answers, list_changes, save_answers, write_first_answers
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Scope

MINE = Answer(level=2, note="Mine", evidence=("https://example.org/policy",))
THEIRS = Answer(level=1, note="Theirs")


def save(scope: Scope, record: AssessmentRecord, answer: Answer, version: int, *, confirmed: bool = False) -> Result:
    """Save one answer to POL-01."""
    return save_answers(scope, record, [Draft("POL-01", answer, version, confirmed)])["POL-01"].result


def kept(record: AssessmentRecord) -> tuple[Answer, int]:
    """The answer to POL-01 and its version."""
    saved = list_answers(record)["POL-01"]
    return saved.answer, saved.version


def kinds(record: AssessmentRecord) -> list[str]:
    """The kinds of POL-01's changes, the first one first."""
    return [change.kind for change in reversed(list_changes(record, "POL-01"))]


def test_first_answer_is_saved_whole(owner: Scope, record: AssessmentRecord) -> None:
    assert save(owner, record, MINE, 0) is Result.SAVED
    assert kept(record) == (MINE, 1)


def test_same_answer_again_is_no_change(owner: Scope, record: AssessmentRecord) -> None:
    save(owner, record, MINE, 0)
    assert save(owner, record, MINE, 1) is Result.UNCHANGED
    assert kinds(record) == ["saved"]


def test_empty_answer_to_nothing_is_no_change(owner: Scope, record: AssessmentRecord) -> None:
    assert save(owner, record, Answer(), 0) is Result.UNCHANGED
    assert list_answers(record) == {}


def test_answer_on_an_old_version_is_a_conflict_and_kept_in_the_history(
    owner: Scope, colleague: Scope, record: AssessmentRecord
) -> None:
    save(owner, record, THEIRS, 0)
    outcome = save_answers(colleague, record, [Draft("POL-01", MINE, 0)])["POL-01"]
    assert outcome.result is Result.CONFLICT
    assert outcome.theirs is not None
    assert outcome.theirs.answer == THEIRS
    assert kept(record) == (THEIRS, 1)
    lost = list_changes(record, "POL-01")[0]
    assert (lost.kind, lost.after, lost.changed_by) == ("not_kept", MINE, "HMP Example Contributor")


def test_conflict_that_is_settled_for_mine_keeps_theirs_in_the_history(
    owner: Scope, colleague: Scope, record: AssessmentRecord
) -> None:
    save(owner, record, THEIRS, 0)
    save(colleague, record, MINE, 0)
    assert save(colleague, record, MINE, 1) is Result.SAVED
    assert kept(record) == (MINE, 2)
    assert list_changes(record, "POL-01")[0].before == THEIRS


def test_old_version_sent_back_untouched_changes_nothing(
    owner: Scope, colleague: Scope, record: AssessmentRecord
) -> None:
    save(owner, record, MINE, 0)
    save(owner, record, THEIRS, 1)
    assert save(colleague, record, MINE, 1) is Result.UNCHANGED
    assert kept(record) == (THEIRS, 2)
    assert kinds(record) == ["saved", "saved"]


def test_both_saying_the_same_is_no_conflict(owner: Scope, colleague: Scope, record: AssessmentRecord) -> None:
    save(owner, record, MINE, 0)
    assert save(colleague, record, MINE, 0) is Result.UNCHANGED


def test_one_conflict_does_not_stop_the_rest_of_the_page(
    owner: Scope, colleague: Scope, record: AssessmentRecord
) -> None:
    save(owner, record, THEIRS, 0)
    outcomes = save_answers(colleague, record, [Draft("POL-01", MINE, 0), Draft("POL-02", MINE, 0)])
    assert [outcomes[key].result for key in ("POL-01", "POL-02")] == [Result.CONFLICT, Result.SAVED]
    assert list_answers(record)["POL-02"].answer == MINE


def test_carried_answer_stays_to_confirm_until_somebody_does(owner: Scope, record: AssessmentRecord) -> None:
    write_first_answers(owner, record, {"POL-01": MINE}, to_confirm=True)
    assert save(owner, record, MINE, 1) is Result.UNCHANGED
    assert list_answers(record)["POL-01"].to_confirm
    assert save(owner, record, MINE, 1, confirmed=True) is Result.SAVED
    assert not list_answers(record)["POL-01"].to_confirm
    assert kinds(record) == ["carried", "confirmed"]


def test_carried_answer_that_is_changed_is_confirmed_by_that(owner: Scope, record: AssessmentRecord) -> None:
    write_first_answers(owner, record, {"POL-01": MINE}, to_confirm=True)
    assert save(owner, record, THEIRS, 1) is Result.SAVED
    assert not list_answers(record)["POL-01"].to_confirm


def test_answer_that_is_cleared_stays_as_an_empty_one_with_its_history(owner: Scope, record: AssessmentRecord) -> None:
    save(owner, record, MINE, 0)
    assert save(owner, record, Answer(), 1) is Result.SAVED
    assert kept(record) == (Answer(), 2)
    assert list_changes(record, "POL-01")[0].before == MINE


def test_only_the_practices_asked_for_are_read(owner: Scope, record: AssessmentRecord) -> None:
    save_answers(owner, record, [Draft("POL-01", MINE, 0), Draft("POL-02", MINE, 0)])
    assert set(list_answers(record, ["POL-02"])) == {"POL-02"}


def test_every_kind_of_answer_comes_back_as_it_was(owner: Scope, record: AssessmentRecord) -> None:
    answers = [Answer(level=level) for level in (0, 1, 2, 3, "DK")] + [Answer(level="NA", reason="None here")]
    for version, answer in enumerate(answers):
        save(owner, record, answer, version)
        assert kept(record) == (answer, version + 1)
