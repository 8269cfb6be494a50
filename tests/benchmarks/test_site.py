"""A page and a bare answer take turns, and what was asked for is looked at again after each load."""

from __future__ import annotations

import pytest

from benchmarks import site
from benchmarks.load import Ask, Load, post
from benchmarks.site_data import Desk
from benchmarks.site_server import Server

SERVER = Server("http://127.0.0.1:1", 1, 0)
DESK = Desk("session=x", "/empty", "/full")


def test_page_and_bare_answer_take_turns_in_going_first() -> None:
    turns = []

    def run(name: str, rate: float) -> Load:
        turns.append(name)
        return Load(rate, 1, 1)

    for turn in range(3):
        ours, bare = site._run_pair(lambda: run("ours", 1), lambda: run("bare", 2), turn)
        assert (ours.rate, bare.rate) == (1, 2)
    assert turns == ["bare", "ours", "ours", "bare", "bare", "ours"]


@pytest.mark.parametrize(
    ("ask", "looked_at"),
    [
        (Ask(("/full",), "session=x"), ("/full", "", 200, "")),
        (post("session=y", ["/full"], {"level": "NA"}, 422), ("/full", "level=NA", 422, "")),
        (post("session=y", ["/a", "/b"], site.SAVED, 303), ("/a", "", 200, site.SAVED["note"])),
    ],
)
def test_answer_is_looked_at_after_a_load(
    monkeypatch: pytest.MonkeyPatch, ask: Ask, looked_at: tuple[str, str, int, str]
) -> None:
    seen: list[tuple[object, ...]] = []

    def check(address: str, ask: Ask, *, holds: str = "") -> None:
        seen.append((address, ask.paths[0], ask.body, ask.status, holds))

    monkeypatch.setattr(site, "check", check)
    site.check_after(SERVER, DESK, ask)
    assert seen == [(SERVER.address, *looked_at)]
