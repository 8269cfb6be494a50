"""The site beside a bare Flask answer: pages, and saving a page durably.

The load comes from wrk, which is no Python and so takes little of the machine that it measures.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measuring import Figure, Target, at_least, at_most
from benchmarks.site_server import THEME, Served, serve

__all__ = ["measure"]

CONNECTIONS = 8
SECONDS = 2
_MOST_SAVES = 800
"""A second; each save of the benchmark is the first of an assessment, so that so many have to be there."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: requests a second, and milliseconds of the middle and of the slowest hundredth."""

    rate: float
    p50: float
    p99: float


def measure(rounds: int) -> Iterator[Figure]:
    """The figures of the site, each beside a bare answer in the same round."""
    if shutil.which("wrk") is None:
        raise SystemExit("script/bench: the part “site” needs wrk (Debian's package of that name)")
    with serve(blanks=rounds * SECONDS * _MOST_SAVES) as served, TemporaryDirectory() as folder:
        theme = f"/themes/{THEME}"
        pages = {
            "theme page, no answers": served.empty + theme,
            "theme page, all answered": served.full + theme,
            "task list": served.full,
            "check answers": f"{served.full}/check",
            "results": f"{served.full}/results",
        }
        for name, path in pages.items():
            target = at_least(0.5) if name.startswith("theme") else None
            yield from _figures(name, served, [("GET", _get_script(served))] * rounds, [path] * rounds, target, folder)
        scripts = [("POST", _save_script(served, number, rounds)) for number in range(rounds)]
        yield from _figures("saving a page, durably", served, scripts, ["/"] * rounds, at_least(0.35), folder)


def _figures(
    name: str,
    served: Served,
    scripts: Sequence[tuple[str, str]],
    paths: Sequence[str],
    target: Target | None,
    folder: str,
) -> Iterator[Figure]:
    ours: list[Load] = []
    bare: list[Load] = []
    for (_, script), path in zip(scripts, paths, strict=True):
        bare.append(_load(served.bare + "/", None, folder))
        ours.append(_load(served.site + path, script, folder))
    ratios = [mine.rate / other.rate for mine, other in zip(ours, bare, strict=True)]
    yield Figure(
        subject=f"{name}, beside a bare Flask answer",
        value=median(ratios),
        unit="of its rate",
        target=target,
        spread=(min(ratios), max(ratios)),
        rates={"ours": median(load.rate for load in ours), "bare": median(load.rate for load in bare)},
    )
    tail = [load.p99 / load.p50 for load in ours]
    yield Figure(
        subject=f"{name}: slowest hundredth beside the middle",
        value=median(tail),
        unit="times as long",
        target=at_most(3),
        spread=(min(tail), max(tail)),
    )


def _get_script(served: Served) -> str:
    return f'wrk.headers["Cookie"] = "{served.cookie}"\n' + _FAIL


def _save_script(served: Served, number: int, rounds: int) -> str:
    """Save the first answers of one assessment after another, each once."""
    share = len(served.blanks) // rounds
    mine = served.blanks[number * share : (number + 1) * share]
    listed = ",".join(f'"{path}"' for path in mine)
    return f"""
local paths = {{{listed}}}
local next_one = 0
wrk.method = "POST"
wrk.body = "{served.form}"
wrk.headers["Cookie"] = "{served.cookie}"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
request = function()
  next_one = next_one + 1
  return wrk.format(nil, paths[next_one] .. "/themes/{THEME}")
end
{_FAIL}"""


_FAIL = """
done = function(summary)
  local e = summary.errors
  io.write("errors ", e.connect + e.read + e.write + e.status + e.timeout, "\\n")
end
"""


def _load(address: str, script: str | None, folder: str) -> Load:
    file = Path(folder, "script.lua")
    file.write_text(script or _FAIL, encoding="utf-8")
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-s", str(file), address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "errors 0\n" not in said:
        raise RuntimeError(f"{address} answered with errors:\n{said}")
    rate = float(_find(r"Requests/sec:\s+([0-9.]+)", said)[1])
    return Load(rate, _milliseconds(said, 50), _milliseconds(said, 99))


def _milliseconds(said: str, percentile: int) -> float:
    found = _find(rf"\s{percentile}%\s+([0-9.]+)(us|ms|s)", said)
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


def _find(pattern: str, said: str) -> re.Match[str]:
    found = re.search(pattern, said)
    if found is None:
        raise RuntimeError(f"wrk said something else:\n{said}")
    return found
