"""Two people do at the same time what only one of them may: the second waits, and is told of the first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from tests.webapp.conftest import MakePerson, TestTeam
from webapp.db.work import session
from webapp.site import Site
from webapp.store.accounts import find_used_code, keep_used_code
from webapp.store.assessments import create_assessment, get_assessment
from webapp.store.errors import AlreadyThereError, NotAllowedError, NotFoundError
from webapp.store.group_places import accept_place, find_place, offer_place, withdraw_offer
from webapp.store.groups import create_group
from webapp.store.invitations import accept_invitation, invite, list_invitations, withdraw_invitation
from webapp.store.members import LastOwnerError, change_role, leave_organisation, list_members
from webapp.store.organisations import change_organisation
from webapp.store.people import close_account, create_person, find_person_by_email
from webapp.store.scope import Role, Scope, get_scope
from webapp.store.signoff import list_events, submit_assessment, take_back
from webapp.store.standards import keep_standard
from webapp.store.tries import Allowance, count_try, find_wait

WAIT = 0.4
"""Seconds in which somebody whom nothing holds would long be done."""


@pytest.fixture
def scope(app: Site, team: TestTeam) -> Scope:
    """The owner's scope."""
    with app.run_work(write=False):
        return get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)


def do(app: Site, step: Callable[[], object]) -> object:
    """Take a step in a transaction of its own."""
    with app.run_work(write=True) as work:
        done = step()
        work.commit()
    return done


def do_both(app: Site, first: Callable[[], object], second: Callable[[], object]) -> Future[object]:
    """Take a second step while the transaction of the first is still open; what became of the second."""
    with ThreadPoolExecutor(1) as others, app.run_work(write=True) as work:
        first()
        work.flush()
        outcome = others.submit(do, app, second)
        wait([outcome], timeout=WAIT)
        assert not outcome.done(), "the second did not wait"
        work.commit()
    return outcome


def owners(app: Site, scope: Scope) -> int:
    with app.run_work(write=False):
        return sum(member.role is Role.OWNER for member in list_members(scope))


def second_owner(app: Site, team: TestTeam, scope: Scope) -> Scope:
    do(app, lambda: change_role(scope, user_id=team.approver.id, role=Role.OWNER))
    return replace(scope, user_id=team.approver.id)


def test_of_two_last_owners_who_leave_at_once_one_stays(app: Site, team: TestTeam, scope: Scope) -> None:
    other = second_owner(app, team, scope)
    outcome = do_both(app, lambda: leave_organisation(scope), lambda: leave_organisation(other))
    assert isinstance(outcome.exception(), LastOwnerError)
    assert owners(app, other) == 1


def test_of_two_last_owners_who_close_their_accounts_at_once_one_stays(app: Site, team: TestTeam, scope: Scope) -> None:
    other = second_owner(app, team, scope)
    outcome = do_both(app, lambda: close_account(scope.user_id), lambda: close_account(other.user_id))
    assert isinstance(outcome.exception(), NotAllowedError)
    assert owners(app, other) == 1


def test_assessment_that_two_submit_at_once_is_submitted_once(app: Site, scope: Scope) -> None:
    assessment = str(do(app, lambda: create_assessment(scope, title="2026", day=date(2026, 11, 1))))
    outcome = do_both(app, lambda: submit_assessment(scope, assessment), lambda: submit_assessment(scope, assessment))
    assert isinstance(outcome.exception(), NotAllowedError)
    with app.run_work(write=False):
        assert len(list_events(get_assessment(scope, assessment))) == 1


def test_step_that_waited_sees_what_it_waited_for(app: Site, scope: Scope) -> None:
    assessment = str(do(app, lambda: create_assessment(scope, title="2026", day=date(2026, 11, 1))))
    outcome = do_both(app, lambda: submit_assessment(scope, assessment), lambda: take_back(scope, assessment))
    assert outcome.exception() is None
    with app.run_work(write=False):
        assert [step.is_taken_back for step in list_events(get_assessment(scope, assessment))] == [True, False]


def test_kind_that_changes_while_an_assessment_begins_is_refused(app: Site, scope: Scope) -> None:
    outcome = do_both(
        app,
        lambda: create_assessment(scope, title="2026", day=date(2026, 11, 1)),
        lambda: change_organisation(scope, name="HMP Example", kind="voluntary_organisation", reference=None),
    )
    assert isinstance(outcome.exception(), NotAllowedError)


def test_assessment_that_begins_while_the_kind_changes_asks_what_the_new_kind_is_asked(app: Site, scope: Scope) -> None:
    asked = []

    def begin() -> None:
        create_assessment(scope, title="2026", day=date(2026, 11, 1))
        asked.append(get_scope(user_id=scope.user_id, organisation_id=scope.organisation_id).kind)

    do_both(
        app,
        lambda: change_organisation(scope, name="HMP Example", kind="voluntary_organisation", reference=None),
        begin,
    ).result()
    assert asked == ["voluntary_organisation"]


@pytest.fixture
def token(app: Site, scope: Scope) -> str:
    """Of an invitation to Ann Lee."""
    return str(do(app, lambda: invite(scope, email="ann.lee@example.org", role=Role.READER)))


def test_invitation_that_is_accepted_twice_at_once_is_accepted_once(
    app: Site, make_person: MakePerson, token: str, scope: Scope
) -> None:
    ann = make_person("Ann Lee")
    accept = lambda: accept_invitation(token=token, user_id=ann.id)  # noqa: E731 - twice the same step
    outcome = do_both(app, accept, accept)
    assert isinstance(outcome.exception(), NotFoundError)
    with app.run_work(write=False):
        assert [member.user_id for member in list_members(scope)].count(ann.id) == 1


def test_invitation_that_is_withdrawn_in_this_moment_is_not_accepted(
    app: Site, make_person: MakePerson, token: str, scope: Scope
) -> None:
    ann = make_person("Ann Lee")
    with app.run_work(write=False):
        invitation = list_invitations(scope)[0].id
    outcome = do_both(
        app,
        lambda: withdraw_invitation(scope, invitation_id=invitation),
        lambda: accept_invitation(token=token, user_id=ann.id),
    )
    assert isinstance(outcome.exception(), NotFoundError)
    with app.run_work(write=False):
        assert ann.id not in [member.user_id for member in list_members(scope)]


def test_place_in_a_group_that_is_withdrawn_in_this_moment_is_not_taken(
    app: Site, team: TestTeam, scope: Scope
) -> None:
    group = str(do(app, lambda: create_group(administrator_id=team.owner.id, name="North")))
    place = {"administrator_id": team.owner.id, "organisation_id": scope.organisation_id, "group_id": group}
    do(app, lambda: offer_place(**place))
    outcome = do_both(app, lambda: withdraw_offer(**place), lambda: accept_place(scope, group_id=group))
    assert isinstance(outcome.exception(), NotFoundError)
    with app.run_work(write=False):
        assert find_place(scope) is None


def register(email: str) -> object:
    return create_person(name="Ann Lee", email=email, password_hash="x")  # noqa: S106


def test_address_that_two_register_at_once_in_other_letters_is_one_account(app: Site) -> None:
    outcome = do_both(app, lambda: register("ann@example.org"), lambda: register("Ann@Example.ORG "))
    assert isinstance(outcome.exception(), AlreadyThereError)
    with app.run_work(write=False):
        assert find_person_by_email("ANN@example.org")


def test_code_that_is_sent_twice_at_once_is_new_only_once(app: Site, team: TestTeam) -> None:
    seen: list[int | None] = []

    def use() -> None:
        seen.append(find_used_code(team.owner.id))
        keep_used_code(user_id=team.owner.id, counter=7)

    do_both(app, use, use).result()
    assert seen == [None, 7]


def test_standard_that_two_keep_at_once_is_kept_once(app: Site) -> None:
    do(app, lambda: session().execute(text("DELETE FROM standard_copy")))
    do_both(app, keep_standard, keep_standard).result()


def test_password_that_is_tried_many_times_at_once_is_counted_each_time(app: Site) -> None:
    allowance, waits = Allowance(for_one=1, from_one_place=100), []

    def try_once() -> None:
        waits.append(find_wait("password", allowance, whom="ann@example.org", whence="192.0.2.1"))
        count_try("password", whom="ann@example.org", whence="192.0.2.1")

    do_both(app, try_once, try_once).result()
    assert [wait is None for wait in waits] == [True, False]
