"""Runs the benchmarks: prints a table, and keeps the figures as JSON where that is asked for."""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import signal
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from benchmarks.measuring import format_figure, format_heading
from benchmarks.tools import require_tools

PARTS = ("start", "batch", "reports", "pdf", "site", "size")
"""Each is a module with ``measure(rounds)``, which gives its figures one by one."""

SOAK = "soak"
"""The part that runs only where it is named, and for minutes instead of rounds."""


def main() -> None:
    """Run the parts that were asked for."""
    options = _parse()
    signal.signal(signal.SIGTERM, _end)
    for part in options.parts:
        require_tools(part)
    run = _describe_run()
    found: list[dict[str, Any]] = []
    _say(format_heading())
    for part in options.parts:
        try:
            for figure in import_module(f"benchmarks.{part}").measure(options.rounds, **_find_more(part, options)):
                found.append({"part": part, **figure.to_dict()})
                _say(format_figure(figure))
        finally:  # what a part had found before it failed is kept too
            if options.json:
                _keep(options.json, run | {"figures": found})


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End as at Ctrl-C, so that what was started is stopped and what was made is removed."""
    del frame
    raise SystemExit(128 + number)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure, by turns with something comparable.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all), or {SOAK}")
    more = "how often each side runs (default: 9); what takes long runs less often, whatever is asked"
    parser.add_argument("--rounds", type=int, default=9, metavar="N", help=more)
    parser.add_argument("--minutes", type=float, default=30, metavar="N", help=f"how long {SOAK} runs (default: 30)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    options = parser.parse_args()
    unknown = [part for part in options.parts if part not in (*PARTS, SOAK)]
    if unknown:
        parser.error(f"no part is called “{unknown[0]}”; use {', '.join(PARTS)}, {SOAK}")
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    if not 0 < options.minutes < math.inf:
        parser.error("--minutes must be more than 0")
    if options.json and (fault := _find_fault(options.json)):
        parser.error(f"{options.json} cannot be written: {fault}")
    options.parts = options.parts or list(PARTS)
    return options


def _find_fault(path: Path) -> str:
    """Why a file cannot be written, or nothing; what it holds stays as it is."""
    try:
        with path.open("a"):
            return ""
    except OSError as error:
        return error.strerror or repr(error)


def _find_more(part: str, options: argparse.Namespace) -> dict[str, float]:
    return {"minutes": options.minutes} if part == SOAK else {}


def _describe_run() -> dict[str, Any]:
    """What is measured, when and where."""
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - a day on the reader's own calendar
        "commit": _find_commit(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "load_average": os.getloadavg(),
    }


def _find_commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        said = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said.stdout.strip()


def _keep(path: Path, said: dict[str, Any]) -> None:
    path.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
