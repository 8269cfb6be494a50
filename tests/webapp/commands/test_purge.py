"""What has expired is deleted, and nothing else."""

from __future__ import annotations

import os
import re
import time
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from selfassess import Answer
from tests.places import ROOT
from tests.webapp.auth.letters import later
from tests.webapp.conftest import TestTeam
from webapp.clock import now
from webapp.commands.purge import MAILS_FOR, REMAINS_FOR
from webapp.db.tables import HeldForm, Invitation, LoginSession, QuickCheck, Try, User
from webapp.site import Site
from webapp.store import held, invitations, quickchecks
from webapp.store.answers import Draft, list_answers, save_answers
from webapp.store.assessments import create_assessment, get_assessment, get_open_assessment
from webapp.store.people import CLOSED_FOR, UNCONFIRMED_FOR, close_account, create_person
from webapp.store.scope import get_scope
from webapp.store.sessions import LONGEST
from webapp.store.standards import keep_standard
from webapp.store.tries import WINDOW

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
        work.add(LoginSession(id=mark, user_id=team.owner.id, device="A test", created_at=seen, seen_at=seen))
        work.add(Try(kind="password", whom=mark, whence=mark, happened_at=end - timedelta(minutes=15)))
        work.commit()


def test_only_what_has_expired_is_deleted(app: Site, team: TestTeam) -> None:
    fill(app, team, expires_in=timedelta(seconds=-1), name="old")
    fill(app, team, expires_in=timedelta(minutes=10), name="new")
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
        assert f"accounts never confirmed {deleted}," in output
        with app.run_work(write=False) as work:
            assert work.scalar(select(func.count()).select_from(User)) == left, "the team stays"


def test_row_of_a_closed_account_is_deleted_after_a_month_and_its_work_stays(app: Site, team: TestTeam) -> None:
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.contributor.id, organisation_id=team.organisation_id)
        assessment_id = create_assessment(scope, title="2026", day=date(2026, 11, 1))
        save_answers(scope, get_open_assessment(scope, assessment_id), [Draft("POL-01", Answer(level=2), 0)])
        close_account(team.contributor.id)
        work.commit()
    for days, deleted in ((29, 0), (31, 1), (31, 0)):
        with later(days=days):
            assert f"closed accounts {deleted}," in app.test_cli_runner().invoke(args=["purge"]).output
    with app.run_work(write=False):
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        saved = list_answers(get_assessment(scope, assessment_id))["POL-01"]
    assert (saved.answer.level, saved.changed_by, saved.changed_by_id) == (2, "", None)
    assert "somebody whose account is closed" in visit_again(team, assessment_id)


def visit_again(team: TestTeam, assessment_id: str) -> str:
    """The words of the theme's page and of the answer's history, which must not need the row."""
    team.owner.client.sign_in(team.owner.id, team.owner.uniquifier)
    address = f"{team.address}/assessments/{assessment_id}"
    history = team.owner.client.page(f"{address}/practices/POL-01/history").words("main")
    assert "In place" in history
    return team.owner.client.page(f"{address}/themes/policy").words("main")


def test_old_mails_and_remains_of_copies_are_deleted(app: Site, tmp_path: Path) -> None:
    days_old = {
        "mail/1.eml": 31,
        "mail/2.eml": 29,
        ".site.db.12345678.part": 2,
        "site.db.before-restore": 99,
        "backups/.Sunday.backup.12345678.part": 2,
        "backups/.Monday.backup.12345678.part": 0,
        "backups/Sunday.backup": 99,
    }
    for name, days in days_old.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        moment = time.time() - timedelta(days=days).total_seconds()
        os.utime(path, (moment, moment))
    output = app.test_cli_runner().invoke(args=["purge"]).output
    assert "old mails 1, remains of interrupted copies 2." in output
    assert [(tmp_path / name).exists() for name in days_old] == [False, True, False, True, False, True, True]


def test_purging_again_finds_nothing(app: Site, team: TestTeam) -> None:
    fill(app, team, expires_in=timedelta(seconds=-1), name="old")
    first, second = (app.test_cli_runner().invoke(args=["purge"]) for _ in range(2))
    assert first.exit_code == second.exit_code == 0
    assert first.output != second.output
    counts = re.findall(r" (\d+)[,.]", second.output)
    assert len(counts) == 9
    assert set(counts) == {"0"}


def test_documented_times_are_those_of_the_code() -> None:
    text = (ROOT / "docs" / "backup.md").read_text(encoding="utf-8")
    hours, days = timedelta(hours=1), timedelta(days=1)
    for line in (
        f"{quickchecks.HOURS} hours after they were begun",
        f"{invitations.DAYS} days after they were sent",
        f"after {held.HOURS} hours",
        f"began {LONGEST // hours} hours ago",
        f"{UNCONFIRMED_FOR // days} days after they were made",
        f"only tells two people apart, after {CLOSED_FOR // days} days",
        f"after {MAILS_FOR // days} days |",
    ):
        assert line in text, line
    assert (timedelta(minutes=15), days) == (WINDOW, REMAINS_FOR), "“a quarter of an hour”, “a day”"
