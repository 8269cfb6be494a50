"""Load on a server by wrk, which is no Python and so takes little of the machine that it measures.

Pages are asked for packed, as browsers ask for them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPErrorProcessor, Request, build_opener

from benchmarks.site_data import Desk

__all__ = ["Ask", "Load", "ask_for", "check", "post", "require_wrk", "run_load"]


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: requests a second, and milliseconds of the middle and of the slowest hundredth."""

    rate: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for again and again.

    Attributes:
        paths: Where; one after another, each once where there are several.
        cookie: Of who asks.
        body: The form that is sent; nothing where the page is only read.
        status: What the answer has to be.
    """

    paths: tuple[str, ...]
    cookie: str = ""
    body: str = ""
    status: int = 200


def require_wrk(part: str) -> None:
    """Stop where there is none."""
    if shutil.which("wrk") is None:
        raise SystemExit(f"script/bench: the part “{part}” needs wrk (Debian's package of that name)")


def ask_for(desk: Desk, path: str) -> Ask:
    """A page that somebody reads."""
    return Ask((path,), desk.cookie)


def post(cookie: str, paths: Sequence[str], fields: dict[str, str], status: int) -> Ask:
    """A form that somebody sends."""
    return Ask(tuple(paths), cookie, urlencode(fields), status)


class _EveryAnswer(HTTPErrorProcessor):
    """Neither follows an answer nor takes it for an error."""

    def http_response(self, request: Request, response: object) -> object:
        """The answer as it came."""
        del request
        return response


def check(address: str, ask: Ask) -> None:
    """Ask once, for the first path, and see that the answer is what is meant to be measured."""
    headers = {"Cookie": ask.cookie}
    request = Request(address + ask.paths[0], ask.body.encode() or None, headers)  # noqa: S310 - our own server
    with build_opener(_EveryAnswer).open(request) as answer:
        if answer.status != ask.status:
            raise RuntimeError(f"{ask.paths[0]} answered {answer.status} instead of {ask.status}")


def run_load(address: str, ask: Ask, folder: Path, *, connections: int, seconds: int) -> Load:
    """Ask over several connections at once for some time."""
    script = folder / "script.lua"
    script.write_text(_write_script(ask), encoding="utf-8")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", str(script)]
    said = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "errors 0\n" not in said:
        raise RuntimeError(f"{ask.paths[0]} was answered with errors:\n{said}")
    rate = float(_find(r"Requests/sec:\s+([0-9.]+)", said)[1])
    if not rate:
        raise RuntimeError(f"{ask.paths[0]} was not answered within {seconds} seconds:\n{said}")
    return Load(rate, _milliseconds(said, 50), _milliseconds(said, 99))


def _write_script(ask: Ask) -> str:
    paths = ",".join(map(json.dumps, ask.paths))
    refused = "e.status" if ask.status < 400 else "0"  # wrk counts every status from 400 on as an error
    return f"""
local paths = {{{paths}}}
local turn = 0
wrk.method = "{"POST" if ask.body else "GET"}"
wrk.headers["Cookie"] = "{ask.cookie}"
wrk.headers["Accept-Encoding"] = "gzip"
{f'wrk.body = "{ask.body}"' if ask.body else ""}
{'wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"' if ask.body else ""}
request = function()
  turn = #paths == 1 and 1 or turn + 1
  return wrk.format(nil, paths[turn])
end
done = function(summary)
  local e = summary.errors
  io.write("errors ", e.connect + e.read + e.write + e.timeout + {refused}, "\\n")
end
"""


def _milliseconds(said: str, percentile: int) -> float:
    found = _find(rf"\s{percentile}%\s+([0-9.]+)(us|ms|s)", said)
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


def _find(pattern: str, said: str) -> re.Match[str]:
    found = re.search(pattern, said)
    if found is None:
        raise RuntimeError(f"wrk said something else:\n{said}")
    return found
