"""Whether a page slows as the database grows: the same pages of sites that hold 10, 1,000 and 100,000 assessments.

All are answered, with a note on each third and the whole history, by organisations and people of their own. Each site
holds besides, and each the same number, the empty assessments whose first answers are to be saved: 3,000 a round, so
that even the smallest has a large table of assessments, though small ones of answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.load import MOST_SAVES, Ask, post, run_load
from benchmarks.measuring import Figure, at_most, quartiles
from benchmarks.site import SAVED, SAVED_STATUS, THEME, check_after, list_pages
from benchmarks.site_data import Desk, fill
from benchmarks.site_server import SITE, Server, fill_in, serve

__all__ = ["measure"]

SIZES = (10, 1_000, 100_000)
"""Assessments. Filling the largest takes some minutes and four gigabytes of the disk."""

ROUNDS_AT_MOST = 7
CONNECTIONS = 8
SECONDS = 2


def measure(rounds: int) -> Iterator[Figure]:
    """Each page of each larger site beside that of the smallest."""
    rounds = min(rounds, ROUNDS_AT_MOST)
    with TemporaryDirectory() as name, ExitStack() as running:
        sites = [_open(Path(name, str(size)), size, rounds, running) for size in SIZES]
        for page in sites[0]:
            yield from _compare(page, [site[page] for site in sites], rounds)


_Asking = partial[float]
"""Asks for a page for some time in one of the rounds, and gives the seconds that each answer took."""


def _open(folder: Path, size: int, rounds: int, running: ExitStack) -> dict[str, list[_Asking]]:
    """Fill and serve a site; for each page what asks for it in each round."""
    folder.mkdir()
    (desk,) = fill(folder, blanks=rounds * SECONDS * MOST_SAVES, others=size)
    site = running.enter_context(serve(SITE, folder))
    pages = {name: [ask] * rounds for name, ask in list_pages(site, desk).items()}
    pages["saving a page, durably"] = list(_list_saves(site, desk, rounds))
    return {name: [partial(_ask, site, desk, ask, folder) for ask in asks] for name, asks in pages.items()}


def _list_saves(site: Server, desk: Desk, rounds: int) -> Iterator[Ask]:
    saved, cookie = fill_in(site.address + desk.empty + THEME, desk.cookie, SAVED)
    for number in range(rounds):
        yield post(cookie, [path + THEME for path in desk.blanks[number::rounds]], saved, SAVED_STATUS)


def _ask(site: Server, desk: Desk, ask: Ask, folder: Path) -> float:
    load = run_load(site.address, ask, folder, connections=CONNECTIONS, seconds=SECONDS)
    check_after(site, desk, ask)
    return 1 / load.rate


def _compare(page: str, sites: Sequence[Sequence[_Asking]], rounds: int) -> Iterator[Figure]:
    smallest, *larger = zip(*[[site[turn]() for site in sites] for turn in range(rounds)], strict=True)
    for size, seconds in zip(SIZES[1:], larger, strict=True):
        ratios = [mine / other for mine, other in zip(seconds, smallest, strict=True)]
        yield Figure(
            subject=f"{page}, of {size:,} assessments: beside {SIZES[0]}",
            value=median(ratios),
            unit="times as long",
            target=at_most(1.2),
            spread=quartiles(ratios),
            rates={f"{size:,}": 1 / median(seconds), f"{SIZES[0]}": 1 / median(smallest)},
        )
