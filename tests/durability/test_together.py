"""Two or three people at one answer, in a thousand orders: no update is lost, and no text."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.figures import Figure
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestPerson, TestTeam
from webapp.site import Site
from webapp.store.answers import Change, list_changes
from webapp.store.assessments import create_assessment, get_assessment
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow

SEED = 20261122
INTERLEAVINGS = 1000
LONGEST = 7
"""Steps of one interleaving, at most; each is of one of the people, by chance."""

IN_THREADS = 4
TURNS = 40


class QuickClient(CheckingClient):
    """A client that does not read the pages that it gets: other tests do."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return FlaskClient.open(self, *args, **kwargs)


@dataclass(frozen=True)
class Place:
    """One answer of one assessment."""

    address: str
    assessment: str
    practice: str


@dataclass
class Tab:
    """Somebody's browser with the page of an answer open.

    Attributes:
        version: The version that the page shows.
        told: What the site said to each text: whether it was saved, or met another one.
    """

    client: QuickClient
    user_id: str
    place: Place
    texts: Iterator[int]
    token: str = ""
    version: int = 0
    told: dict[str, bool] = field(default_factory=dict)

    def open(self) -> None:
        """Load the page."""
        page = self.client.get(self.place.address).text
        versions = re.findall(rf'name="{self.place.practice}\.version" value="(\d+)"', page)
        assert len(versions) == 1
        self.version = int(versions[0])
        self.token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]

    def autosave(self) -> None:
        """Type, and let the page's script save."""
        text, form = self._type()
        about = {"practice": self.place.practice, "version": str(self.version)}
        answer = self.client.post(f"{self.place.address}/autosave", data=form | about)
        assert answer.status_code in (200, 409), answer.status_code
        self.told[text] = answer.status_code == 200
        if answer.status_code == 200:
            assert answer.json is not None
            self.version = answer.json["version"]

    def save(self) -> None:
        """Type, and press the button, which leads on to a page that is opened anew."""
        text, form = self._type()
        answer = self.client.post(self.place.address, data=form)
        assert answer.status_code in (303, 409), answer.status_code
        self.told[text] = answer.status_code == 303
        if answer.status_code == 409:
            assert text in answer.text, "who meets another text sees their own beside it"
        self.open()

    def _type(self) -> tuple[str, dict[str, str]]:
        text = f"text {next(self.texts)} of the day"
        fields = {"level": "2", "note": text, "version": str(self.version)}
        typed = {f"{self.place.practice}.{name}": value for name, value in fields.items()}
        return text, {"csrf_token": self.token, "user": self.user_id, **typed}


class Room:
    """A team with as many answers as are needed."""

    def __init__(self, app: Site, team: TestTeam) -> None:
        self.app, self.team = app, team
        self.clients = {person.id: self._enter(person) for person in (team.owner, team.contributor)}
        self._places = self._list_places()

    def place(self) -> Place:
        """An answer that nobody gave yet."""
        return next(self._places)

    def tabs(self, number: int) -> list[Tab]:
        """So many tabs with the page of a new answer; the third is the first person's second one."""
        place, texts, clients = self.place(), count(1), list(self.clients.items())
        chosen = [clients[each % len(clients)] for each in range(number)]
        return [Tab(client, user_id, place, texts) for user_id, client in chosen]

    def history(self, place: Place) -> list[Change]:
        """All that became of an answer, the first thing first."""
        with self.app.run_work(write=False):
            scope = get_scope(user_id=self.team.owner.id, organisation_id=self.team.organisation_id)
            return list(list_changes(get_assessment(scope, place.assessment), place.practice)[::-1])

    def _enter(self, person: TestPerson) -> QuickClient:
        client = QuickClient(self.app, self.app.response_class)
        client.sign_in(person.id, person.uniquifier)
        return client

    def _list_places(self) -> Iterator[Place]:
        while True:
            assessment, practices = self._start()
            for practice, theme in practices:
                yield Place(f"{self.team.address}/assessments/{assessment}/themes/{theme}", assessment, practice)

    def _start(self) -> tuple[str, list[tuple[str, str]]]:
        with self.app.run_work(write=True) as work:
            scope = get_scope(user_id=self.team.owner.id, organisation_id=self.team.organisation_id)
            assessment = create_assessment(scope, title="2026", day=date(2026, 11, 1))
            standard = get_assessment(scope, assessment).standard
            work.commit()
        return assessment, [(each.id, standard.theme_of[each.id].id) for each in standard.asked("full", "prison")]


@pytest.fixture
def room(app: Site, team: TestTeam) -> Room:
    return Room(app, team)


def test_a_thousand_interleavings_lose_no_update_and_no_text(room: Room, figure: Figure) -> None:
    chance = random.Random(SEED)  # noqa: S311 - to be repeated
    saved = conflicts = 0
    for _ in range(INTERLEAVINGS):
        tabs = room.tabs(chance.choice((2, 2, 3)))
        for tab in tabs:
            tab.open()
        for _ in range(chance.randint(3, LONGEST)):
            tab = chance.choice(tabs)
            chance.choice((tab.save, tab.autosave, tab.autosave, tab.open))()
        found = check(room, tabs)
        saved, conflicts = saved + found[0], conflicts + found[1]
    assert conflicts > INTERLEAVINGS, "hardly anybody met anybody"
    figure("interleavings of people at one answer", INTERLEAVINGS)
    figure("texts saved, and texts kept in the history after a conflict", f"{saved} + {conflicts}")


def test_people_who_save_in_the_same_moment_lose_no_update_and_no_text(room: Room, figure: Figure) -> None:
    tabs = room.tabs(IN_THREADS)
    for tab in tabs:  # each with a browser of its own: one is not made for threads
        tab.client = room._enter(person_of(room.team, tab.user_id))

    def work(tab: Tab) -> None:
        for _ in range(TURNS):
            tab.open()
            tab.autosave()

    with ThreadPoolExecutor(IN_THREADS) as people:
        for job in [people.submit(work, tab) for tab in tabs]:
            job.result()
    saved, conflicts = check(room, tabs)
    assert saved + conflicts == IN_THREADS * TURNS
    assert conflicts, "nobody met anybody"
    figure("texts sent at the same moment by four people, all kept", saved + conflicts)


def person_of(team: TestTeam, user_id: str) -> TestPerson:
    return next(person for person in (team.owner, team.contributor) if person.id == user_id)


def check(room: Room, tabs: list[Tab]) -> tuple[int, int]:
    """Every text is where its author was told; how many were saved, and how many met another."""
    told = {text: is_saved for tab in tabs for text, is_saved in tab.told.items()}
    changes = room.history(tabs[0].place)
    saved = [change for change in changes if change.kind == "saved"]
    lost = [change for change in changes if change.kind == "not_kept"]
    assert sorted(change.after.note for change in saved) == sorted(text for text in told if told[text])
    assert sorted(change.after.note for change in lost) == sorted(text for text in told if not told[text])
    # Each text was written on the one before it, which its author had on their page.
    assert [change.version for change in saved] == list(range(1, len(saved) + 1))
    assert [change.before.note for change in saved] == ["", *(change.after.note for change in saved)][:-1]
    return len(saved), len(lost)
