"""Two servers share one database: a save at one is seen at the other, and none is lost between them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.durability.visiting import Visit, form_of
from tests.figures import Figure
from tests.webapp.browser.server import Server
from tests.webapp.conftest import TestTeam
from webapp.site import Site
from webapp.store.answers import Change, list_changes
from webapp.store.assessments import create_assessment, get_assessment
from webapp.store.scope import get_scope

pytestmark = pytest.mark.slow

THEME, PRACTICE = "policy", "POL-01"
TURNS = 15
SEED = 20261122


@pytest.fixture
def servers(database: str, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Two servers with two processes each."""
    folders = (tmp_path / "first", tmp_path / "second")
    for folder in folders:
        folder.mkdir()
    first, second = (Server(folder, database=database) for folder in folders)
    try:
        first.start()
        second.start()
        yield first, second
    finally:
        first.stop()
        second.stop()


@pytest.fixture
def assessment(app: Site, team: TestTeam) -> str:
    """An open assessment without answers."""
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        made = create_assessment(scope, title="2026", day=date(2026, 11, 1))
        work.commit()
    app.engine.dispose()
    return made


@dataclass
class Writer:
    """Somebody who answers the same practice again and again, at one of the servers."""

    visit: Visit
    page: str
    name: str

    def write(self) -> dict[str, bool]:
        """Every text, and whether it was saved or met another."""
        chance = random.Random(f"{SEED} {self.name}")  # noqa: S311 - to be repeated
        return {f"{self.name}, turn {turn}": self._save(turn, chance) for turn in range(TURNS)}

    def _save(self, turn: int, chance: random.Random) -> bool:
        form = form_of(self.visit.get(self.page).page)
        form |= {f"{PRACTICE}.note": f"{self.name}, turn {turn}", f"{PRACTICE}.level": str(chance.randrange(4))}
        reply = self.visit.send(self.page, form)
        assert reply.status in (303, 409), reply.status
        return reply.status == 303


def history(app: Site, team: TestTeam, assessment: str) -> list[Change]:
    with app.run_work(write=False):
        scope = get_scope(user_id=team.owner.id, organisation_id=team.organisation_id)
        return list(list_changes(get_assessment(scope, assessment), PRACTICE)[::-1])


def test_saves_at_two_servers_lose_no_update_and_no_text(
    app: Site, team: TestTeam, assessment: str, servers: tuple[Server, Server], figure: Figure
) -> None:
    page = f"{team.address}/assessments/{assessment}/themes/{THEME}"
    writers = []
    for number, server in enumerate(servers * 2):
        person = (team.owner, team.contributor)[number // 2]
        visit = Visit(server.port)
        visit.sign_in(person.email)
        writers.append(Writer(visit, page, f"{person.name} at server {number % 2 + 1}"))
    with ThreadPoolExecutor(len(writers)) as people:
        told = {text: saved for each in people.map(Writer.write, writers) for text, saved in each.items()}

    changes = history(app, team, assessment)
    saved = [change for change in changes if change.kind == "saved"]
    assert len(told) == TURNS * len(writers)
    assert {change.after.note for change in saved} == {text for text, was_saved in told.items() if was_saved}
    assert {change.after.note for change in changes} == set(told), "a text that lost is in the history"
    assert [change.version for change in saved] == list(range(1, len(saved) + 1))
    assert [change.before.note for change in saved[1:]] == [change.after.note for change in saved[:-1]]
    assert 0 < len(saved) < len(told), "they never met"
    figure("saves through two servers on one database, none lost", len(told))


def test_who_signs_in_at_one_server_is_known_at_the_other_until_signing_out(
    team: TestTeam, servers: tuple[Server, Server]
) -> None:
    first, second = (Visit(server.port) for server in servers)
    first.sign_in(team.owner.email)
    second.cookies = first.cookies
    home = second.get(team.address)
    assert home.status == 200
    kept = dict(first.cookies)
    assert first.send("/sign-out", form_of_sign_out(home.text)).status in (302, 303)
    second.cookies = kept
    assert second.get(team.address).status == 303


def form_of_sign_out(text: str) -> dict[str, str]:
    """The token that every page's button for signing out sends."""
    return {"csrf_token": text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]}
