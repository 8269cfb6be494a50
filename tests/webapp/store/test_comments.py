"""Comments reach whom they are for, and nobody outside."""

from __future__ import annotations

import pytest

from tests.webapp.conftest import TestTeam
from webapp.store.comments import OpenCount, add_comment, count_open, list_comments, list_open_for, resolve_comment
from webapp.store.errors import NotAllowedError, NotFoundError
from webapp.store.records import AssessmentRecord
from webapp.store.scope import Scope, get_scope


def test_comments_come_in_the_order_they_were_written(owner: Scope, colleague: Scope, record: AssessmentRecord) -> None:
    add_comment(owner, record, practice="POL-01", text="First")
    add_comment(colleague, record, practice="POL-01", text="Second", addressed_to=owner.user_id)
    add_comment(owner, record, practice="POL-02", text="Elsewhere")
    first, second = list_comments(record, "POL-01")
    assert (first.text, first.author, first.addressee_id) == ("First", "HMP Example Owner", None)
    assert (second.text, second.addressee) == ("Second", "HMP Example Owner")


def test_open_comments_are_counted_for_everybody_and_for_me(
    owner: Scope, colleague: Scope, record: AssessmentRecord
) -> None:
    add_comment(owner, record, practice="POL-01", text="For you", addressed_to=colleague.user_id)
    closed = add_comment(owner, record, practice="POL-01", text="For everybody")
    assert count_open(colleague, record) == {"POL-01": OpenCount(2, 1)}
    resolve_comment(owner, record, practice="POL-01", comment_id=closed)
    assert count_open(owner, record) == {"POL-01": OpenCount(1, 0)}


def test_open_comments_for_one_person_name_the_assessment(
    owner: Scope, colleague: Scope, record: AssessmentRecord
) -> None:
    add_comment(owner, record, practice="POL-01", text="For you", addressed_to=colleague.user_id)
    (found,) = list_open_for(colleague)
    assert (found.assessment_id, found.assessment_title, found.practice) == (record.id, "2026", "POL-01")
    assert (found.text, found.author) == ("For you", "HMP Example Owner")
    assert list_open_for(owner) == ()


def test_stranger_cannot_be_addressed(owner: Scope, record: AssessmentRecord) -> None:
    with pytest.raises(NotFoundError):
        add_comment(owner, record, practice="POL-01", text="Hello", addressed_to="0" * 20)
    assert list_comments(record, "POL-01") == ()


def test_reader_may_close_only_what_is_theirs(owner: Scope, record: AssessmentRecord, team: TestTeam) -> None:
    reader = get_scope(user_id=team.reader.id, organisation_id=team.organisation_id)
    foreign = add_comment(owner, record, practice="POL-01", text="For everybody")
    own = add_comment(reader, record, practice="POL-01", text="My own")
    addressed = add_comment(owner, record, practice="POL-01", text="For you", addressed_to=reader.user_id)
    for comment_id in (own, addressed):
        resolve_comment(reader, record, practice="POL-01", comment_id=comment_id)
    with pytest.raises(NotAllowedError):
        resolve_comment(reader, record, practice="POL-01", comment_id=foreign)
    assert count_open(owner, record) == {"POL-01": OpenCount(1, 0)}


def test_comment_closed_twice_keeps_who_closed_it_first(
    owner: Scope, colleague: Scope, record: AssessmentRecord
) -> None:
    comment_id = add_comment(owner, record, practice="POL-01", text="One")
    resolve_comment(colleague, record, practice="POL-01", comment_id=comment_id)
    resolve_comment(owner, record, practice="POL-01", comment_id=comment_id)
    assert list_comments(record, "POL-01")[0].resolved_by == "HMP Example Contributor"


def test_comment_of_another_practice_cannot_be_closed(owner: Scope, record: AssessmentRecord) -> None:
    comment_id = add_comment(owner, record, practice="POL-01", text="One")
    with pytest.raises(NotFoundError):
        resolve_comment(owner, record, practice="POL-02", comment_id=comment_id)
