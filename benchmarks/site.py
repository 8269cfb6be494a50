"""The site beside a bare Flask answer, by turns: pages, and saving a page durably, over 1, 8 and 32 connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.load import MOST_SAVES, Ask, Load, ask_for, check, post, run_load
from benchmarks.measuring import Figure, Target, at_least, at_most, quartiles
from benchmarks.site_data import Desk, fill
from benchmarks.site_server import BARE, SITE, Server, fill_in, serve

__all__ = ["SAVED", "SAVED_STATUS", "check_after", "list_pages", "measure"]

THEME = "/themes/working-together"
"""The theme whose page is asked for: the longest of the standard, with nine practices."""

SAVED = {"level": "2", "note": "Done, and written down in the shared folder."}
SAVED_STATUS = 303
REFUSED = {"level": "NA", "reason": ""}
"""That something does not apply needs a reason; without one, every practice is shown again with an error."""

CONNECTIONS = (1, 8, 32)
SECONDS = 2
ROUNDS_AT_MOST = 7
"""Each takes a minute and a half."""

_TARGETS = {"theme page, no answers": 0.5, "theme page, all answered": 0.5, "saving a page, durably": 0.35}
"""Of the rate of a bare answer."""

_SAVING = "saving a page, durably"
_AT = 8
"""Connections at which the targets are meant."""


def measure(rounds: int) -> Iterator[Figure]:
    """The figures of the site, each beside a bare answer in the same round."""
    rounds = min(rounds, ROUNDS_AT_MOST)
    blanks = rounds * len(CONNECTIONS) * SECONDS * MOST_SAVES
    with TemporaryDirectory() as name, ExitStack() as running:
        (desk,) = fill(Path(name), blanks=blanks)
        site, bare = (running.enter_context(serve(application, Path(name))) for application in (SITE, BARE))
        yield from _tell_memory("before any request", site)
        loads = _run_rounds(site, bare, desk, Path(name), rounds)
        for connections in CONNECTIONS:
            for page in [page for page, at in loads if at == connections]:
                yield from _figures(page, connections, *zip(*loads[page, connections], strict=True))
        yield from _tell_memory("after all of that", site)


_Pair = tuple[Load, Load]
"""What came of a page, and of a bare answer just before or after it."""

_Loads = dict[tuple[str, int], list[_Pair]]
"""Of each page over so many connections, the pairs of all rounds."""


def _run_rounds(site: Server, bare: Server, desk: Desk, folder: Path, rounds: int) -> _Loads:
    """Every page once in each round, and a bare answer beside each; which of the two goes first alternates."""
    pages = list_pages(site, desk)
    blanks = iter(_share(desk.blanks, rounds * len(CONNECTIONS)))
    saved, cookie = fill_in(site.address + desk.empty + THEME, desk.cookie, SAVED)
    loads: _Loads = {}
    for turn, connections in product(range(rounds), CONNECTIONS):
        saving = post(cookie, [path + THEME for path in next(blanks)], saved, SAVED_STATUS)
        for name, ask in {**pages, _SAVING: saving}.items():
            run = partial(run_load, folder=folder, connections=connections, seconds=SECONDS)
            pair = _run_pair(partial(run, site.address, ask), partial(run, bare.address, Ask(("/",))), turn)
            loads.setdefault((name, connections), []).append(pair)
            check_after(site, desk, ask)
    return loads


def _run_pair(ours: Callable[[], Load], bare: Callable[[], Load], turn: int) -> _Pair:
    if turn % 2:
        mine = ours()
        return mine, bare()
    other = bare()
    return ours(), other


def check_after(site: Server, desk: Desk, ask: Ask) -> None:
    """See after a load that what was asked for is still answered as it should be, and that what was saved is there."""
    if ask.status == SAVED_STATUS:
        check(site.address, ask_for(desk, ask.paths[0]), holds=SAVED["note"])
    else:
        check(site.address, ask)


def _share(blanks: tuple[str, ...], shares: int) -> list[tuple[str, ...]]:
    size = len(blanks) // shares
    return [blanks[at : at + size] for at in range(0, size * shares, size)]


def list_pages(site: Server, desk: Desk) -> Mapping[str, Ask]:
    """The pages that are read, and the theme's page as it comes back with errors; each is tried once."""
    refused, cookie = fill_in(site.address + desk.empty + THEME, desk.cookie, REFUSED)
    asks = {
        "theme page, no answers": ask_for(desk, desk.empty + THEME),
        "theme page, all answered": ask_for(desk, desk.full + THEME),
        "theme page, with errors": post(cookie, [desk.empty + THEME], refused, 422),
        "task list": ask_for(desk, desk.full),
        "check answers": ask_for(desk, f"{desk.full}/check"),
        "results": ask_for(desk, f"{desk.full}/results"),
    }
    for ask in asks.values():
        check(site.address, ask)
    return asks


def _figures(page: str, connections: int, ours: Sequence[Load], bare: Sequence[Load]) -> Iterator[Figure]:
    subject = f"{page}, {connections} connection{'s'[: connections != 1]}"
    ratios = [mine.rate / other.rate for mine, other in zip(ours, bare, strict=True)]
    yield Figure(
        subject=f"{subject}: beside a bare answer",
        value=median(ratios),
        unit="of its rate",
        target=_find_target(page, connections),
        spread=quartiles(ratios),
        rates={"ours": median(load.rate for load in ours), "bare": median(load.rate for load in bare)},
    )
    tails = [load.p99 / load.p50 for load in ours]
    yield Figure(
        subject=f"{subject}: slowest hundredth beside the middle",
        value=median(tails),
        unit="times as long",
        target=at_most(3) if connections == _AT else None,
        spread=quartiles(tails),
        times={"p50": median(load.p50 for load in ours), "p99": median(load.p99 for load in ours)},
    )


def _find_target(page: str, connections: int) -> Target | None:
    return at_least(_TARGETS[page]) if connections == _AT and page in _TARGETS else None


def _tell_memory(when: str, site: Server) -> Iterator[Figure]:
    """What a worker takes; what it shares with the others counts in part."""
    first, *workers = (memory for _, memory in sorted(site.measure_memory().items()))
    del first
    yield Figure(f"memory of a worker, {when}", max(workers), "MiB")
