"""The server is killed fifty times while people save, and loses nothing that it acknowledged."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from threading import Event

import pytest
from sqlalchemy import text

from tests.durability.authors import Author, number_of
from tests.durability.visiting import Visit
from tests.figures import Figure
from tests.webapp.browser.server import Server
from tests.webapp.conftest import TestTeam
from webapp.site import Site
from webapp.store.answers import Change, list_answers, list_changes
from webapp.store.assessments import create_assessment, get_assessment
from webapp.store.records import AssessmentRecord
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow

KILLS = 50
SEED = 20261122
LONGEST_WAIT = 0.4
"""Seconds, at most, from the server's first sign of life, or from the first save of that life, to its death."""

PATIENCE = 30

THEMES = ("policy", "vetting", "working-together")


class Page:
    """What the database has of one author's page."""

    def __init__(self, app: Site, team: TestTeam, theme: str) -> None:
        self.app, self.team, self.theme = app, team, theme
        with app.run_work(write=True) as work:
            scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
            self.assessment = create_assessment(scope, title=theme, day=date(2026, 11, 1))
            work.commit()
        with app.run_work(write=False):
            standard = self._record().standard
        self.practices = [
            each.id for each in standard.asked("full", "prison") if standard.theme_of[each.id].id == theme
        ]

    @property
    def address(self) -> str:
        return f"{self.team.address}/assessments/{self.assessment}/themes/{self.theme}"

    def notes(self) -> list[int]:
        """The number of the save that each practice has now, read in one moment."""
        with self.app.run_work(write=False):
            answers = list_answers(self._record(), self.practices)
        return [number_of(answers[key].answer.note) if key in answers else 0 for key in self.practices]

    def history(self) -> dict[str, list[Change]]:
        """All changes of every practice, the first one first."""
        with self.app.run_work(write=False):
            record = self._record()
            return {key: list(list_changes(record, key)[::-1]) for key in self.practices}

    def _record(self) -> AssessmentRecord:
        scope = get_scope(user_id=self.team.owner.id, organisation_id=self.team.organisation_id)
        return get_assessment(scope, self.assessment)


@pytest.fixture
def pages(app: Site, team: TestTeam) -> list[Page]:
    return [Page(app, team, theme) for theme in THEMES]


@pytest.fixture
def lives() -> Event:
    """Set while the server is there."""
    return Event()


@pytest.fixture
def authors(server: Server, team: TestTeam, pages: list[Page], lives: Event) -> Iterator[list[Author]]:
    server.start()
    people = [Author(Visit(server.port), page.address, lives) for page in pages]
    for author in people:
        author.visit.sign_in(team.contributor.email)
    yield people
    for author in people:
        author.faults.append("over")  # lets a thread end whose test failed
    lives.set()


def test_fifty_kills_lose_no_acknowledged_answer(
    app: Site, server: Server, pages: list[Page], authors: list[Author], lives: Event, figure: Figure
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - to be repeated
    for author in authors:
        author.begin()
    for _ in range(KILLS):
        app.engine.dispose()  # so that the server alone has the database open when it dies
        lives.set()
        if chance.random() < 0.7:  # the others die before, while they still wake up
            await_save(authors)
        time.sleep(chance.uniform(0, LONGEST_WAIT))
        server.kill()
        lives.clear()
        server.start()
        check_pages(pages, authors)  # before anybody sends again what was half saved
        check_integrity(app)
    lives.set()
    for author in authors:
        author.stop()
    for page, author in zip(pages, authors, strict=True):
        assert author.faults == []
        check_history(page, author)
    assert sum(author.resent for author in authors) > KILLS / 4, "the kills met nobody who was saving"
    figure("kills of the server survived", KILLS)
    figure("pages acknowledged between kills, all found", sum(len(author.acknowledged) for author in authors))
    figure("pages sent again after a kill, none kept twice", sum(author.resent for author in authors))


def await_save(authors: list[Author]) -> None:
    """Wait until one more save is acknowledged, so that others are under way."""
    before = sum(len(author.acknowledged) for author in authors)
    until = time.monotonic() + PATIENCE
    while sum(len(author.acknowledged) for author in authors) == before:
        assert time.monotonic() < until, "nothing is saved any more"
        assert not any(author.faults for author in authors), [author.faults for author in authors]
        time.sleep(0.01)


def check_pages(pages: list[Page], authors: list[Author]) -> None:
    """Every page is of one save, and of none before the last one acknowledged."""
    for page, author in zip(pages, authors, strict=True):
        acknowledged = len(author.acknowledged)
        notes = page.notes()
        assert len(set(notes)) == 1, f"half a page was saved: {notes}"
        assert notes[0] >= acknowledged, f"save {acknowledged} was acknowledged, and the database has {notes[0]}"


def check_integrity(app: Site) -> None:
    if app.engine.dialect.name == "sqlite":
        with app.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def check_history(page: Page, author: Author) -> None:
    """Each save is told once for each practice, in order; what was sent again is not told twice."""
    assert author.acknowledged == list(range(1, len(author.acknowledged) + 1))
    for practice, changes in page.history().items():
        told = [number_of(change.after.note) for change in changes]
        twice = [number for number, count in Counter(told).items() if count > 1]
        assert told == author.acknowledged, f"{practice}: twice {twice}"
        assert [change.version for change in changes] == author.acknowledged
        assert {change.kind for change in changes} == {"saved"}
