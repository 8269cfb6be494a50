"""Load on a server by wrk, which is no Python and so takes little of the machine that it measures.

Pages are asked for packed, as browsers ask for them.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPErrorProcessor, Request, build_opener

from benchmarks.site_data import Desk

__all__ = ["MOST_SAVES", "Ask", "Load", "ask_for", "check", "post", "run_load"]

MOST_SAVES = 1_500
"""A second; each save is the first of an assessment, so that so many have to be there. A load ends where they do."""


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
        paths: Where; one after another, each once where there are several, and no more after the last.
        cookie: Of who asks.
        body: The form that is sent; nothing where the page is only read.
        status: What the answer has to be.
    """

    paths: tuple[str, ...]
    cookie: str = ""
    body: str = ""
    status: int = 200


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


def check(address: str, ask: Ask, *, holds: str = "") -> None:
    """Ask once, for the first path, and see that the answer is what is meant to be measured.

    Args:
        address: Of the server.
        ask: What is asked for.
        holds: A text that the answer has to hold.
    """
    headers = {"Cookie": ask.cookie}
    request = Request(address + ask.paths[0], ask.body.encode() or None, headers)  # noqa: S310 - our own server
    with build_opener(_EveryAnswer).open(request) as answer:
        if answer.status != ask.status:
            raise RuntimeError(f"{ask.paths[0]} answered {answer.status} instead of {ask.status}")
        if holds not in answer.read().decode("utf-8"):
            raise RuntimeError(f"{ask.paths[0]} does not hold “{holds}”")


def run_load(address: str, ask: Ask, folder: Path, *, connections: int, seconds: int) -> Load:
    """Ask over several connections at once for some time, or until every path has been asked for."""
    script = folder / "script.lua"
    script.write_text(_write_script(ask), encoding="utf-8")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", str(script)]
    said = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "errors 0\n" not in said:
        raise RuntimeError(f"{ask.paths[0]} was answered with errors:\n{said}")
    rate = float(_find(r"^rate ([0-9.]+)$", said)[1])
    if not rate:
        raise RuntimeError(f"{ask.paths[0]} was not answered within {seconds} seconds:\n{said}")
    return Load(rate, _milliseconds(said, 50), _milliseconds(said, 99))


def _write_script(ask: Ask) -> str:
    paths = ",".join(map(json.dumps, ask.paths))
    refused = "e.status" if ask.status < 400 else "0"  # wrk counts every status from 400 on as an error
    return f"""
local ffi = require "ffi"
ffi.cdef "typedef struct {{ long s, us; }} moment; int gettimeofday(moment *m, void *zone);"
local function now()
  local m = ffi.new "moment"
  ffi.C.gettimeofday(m, nil)
  return tonumber(m.s) + tonumber(m.us) / 1e6
end
local paths = {{{paths}}}
local turn = 0
local is_tried, started, thread
wrk.method = "{"POST" if ask.body else "GET"}"
wrk.headers["Cookie"] = "{ask.cookie}"
wrk.headers["Accept-Encoding"] = "gzip"
{f'wrk.body = "{ask.body}"' if ask.body else ""}
{'wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"' if ask.body else ""}
setup = function(only)
  thread = only
end
request = function()
  if not is_tried then  -- wrk looks at one first, which it does not send
    is_tried = true
    return wrk.format(nil, paths[1])
  end
  started = started or now()
  turn = #paths == 1 and 1 or turn + 1
  if turn > #paths then
    taken = taken or now() - started  -- no local, so that it can be asked for at the end
    wrk.thread:stop()
    return wrk.format("GET", paths[#paths])  -- nobody waits for its answer
  end
  return wrk.format(nil, paths[turn])
end
done = function(summary)
  local e = summary.errors
  io.write("rate ", summary.requests / (thread:get("taken") or summary.duration / 1e6), "\\n")
  io.write("errors ", e.connect + e.read + e.write + e.timeout + {refused}, "\\n")
end
"""


def _milliseconds(said: str, percentile: int) -> float:
    found = _find(rf"\s{percentile}%\s+([0-9.]+)(us|ms|s)", said)
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


def _find(pattern: str, said: str) -> re.Match[str]:
    found = re.search(pattern, said, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"wrk said something else:\n{said}")
    return found
