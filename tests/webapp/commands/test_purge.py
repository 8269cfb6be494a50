"""What has expired is deleted, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from tests.webapp.auth.letters import later
from tests.webapp.conftest import TestTeam
from webapp.clock import now
from webapp.db.tables import HeldForm, Invitation, LoginSession, QuickCheck, Try, User
from webapp.site import Site
from webapp.store.people import create_person
from webapp.store.standards import keep_standard

DAY = timedelta(days=1)


def fill(app: Site, team: TestTeam, *, expires_in: timedelta, name: str) -> None:
    """One of each that expires then."""
    moment, end = now() - 20 * DAY, now() + expires_in
    mark = name.rjust(64, "0")
    with app.run_work(write=True) as work:
        work.add(
            QuickCheck(
                token_hash=mark,
                standard_hash=keep_standard(),
                kind="prison",
                answers={},
                created_at=moment,
                expires_at=end,
            )
        )
        work.add(
            Invitation(
                organisation_id=team.organisation_id,
                email=f"{name}@example.org",
                role="reader",
                token_hash=mark,
                invited_by=team.owner.id,
                created_at=moment,
                expires_at=end,
            )
        )
        work.add(
            HeldForm(token_hash=mark, user_id=team.owner.id, path="/", fields={}, created_at=moment, expires_at=end)
        )
        seen = end - timedelta(minutes=120)
        work.add(LoginSession(id=mark, user_id=team.owner.id, device="A test", created_at=moment, seen_at=seen))
        work.add(Try(kind="password", whom=mark, whence=mark, happened_at=end - timedelta(minutes=15)))
        work.commit()


def test_only_what_has_expired_is_deleted(app: Site, team: TestTeam) -> None:
    fill(app, team, expires_in=timedelta(seconds=-1), name="old")
    fill(app, team, expires_in=timedelta(hours=1), name="new")
    result = app.test_cli_runner().invoke(args=["purge"])
    assert result.exit_code == 0
    assert result.output.startswith("Deleted: quick checks 1, invitations 1, held forms 1, ended sessions 1, ")
    with app.run_work(write=False) as work:
        for table in (QuickCheck, Invitation, HeldForm, Try):
            assert work.scalar(select(func.count()).select_from(table)) == 1, table
        assert work.get(LoginSession, "new".rjust(64, "0"))
    assert team.owner.client.get(team.address).status_code == 200, "who is signed in stays so"


def test_account_is_deleted_when_nobody_has_confirmed_it_for_a_week(app: Site, team: TestTeam) -> None:
    people = (team.owner, team.approver, team.contributor, team.reader)
    with app.run_work(write=True) as work:
        create_person(name="Ann Lee", email="ann@example.org", password_hash="x", is_confirmed=False)  # noqa: S106
        work.commit()
    for days, deleted, left in ((6, 0, len(people) + 1), (8, 1, len(people))):
        with later(days=days):
            output = app.test_cli_runner().invoke(args=["purge"]).output
        assert f"accounts never confirmed {deleted}." in output
        with app.run_work(write=False) as work:
            assert work.scalar(select(func.count()).select_from(User)) == left, "the team stays"


def test_purging_nothing_is_no_fault(app: Site) -> None:
    assert app.test_cli_runner().invoke(args=["purge"]).exit_code == 0
