"""Runs the benchmarks: prints a table, and keeps the figures as JSON where that is asked for."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

from benchmarks.measuring import Figure, format_figure, format_heading

PARTS = ("start", "batch", "reports", "pdf", "site", "size")
"""Each is a module with ``measure(rounds)``, which gives its figures one by one."""

SOAK = "soak"
"""The part that runs only where it is named, and for minutes instead of rounds."""


def main() -> None:
    """Run the parts that were asked for."""
    options = _parse()
    found: dict[str, list[Figure]] = {}
    _say(format_heading())
    for part in options.parts or PARTS:
        found[part] = []
        for figure in import_module(f"benchmarks.{part}").measure(options.rounds, **_find_more(part, options)):
            found[part].append(figure)
            _say(format_figure(figure))
    if options.json:
        options.json.write_text(json.dumps(_describe(found), indent=2, ensure_ascii=False) + "\n", "utf-8")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure, by turns with something comparable.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all), or {SOAK}")
    parser.add_argument("--rounds", type=int, default=9, metavar="N", help="how often each side runs (default: 9)")
    parser.add_argument("--minutes", type=float, default=30, metavar="N", help=f"how long {SOAK} runs (default: 30)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    options = parser.parse_args()
    unknown = [part for part in options.parts if part not in (*PARTS, SOAK)]
    if unknown:
        parser.error(f"no part is called “{unknown[0]}”; use {', '.join(PARTS)}, {SOAK}")
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    return options


def _find_more(part: str, options: argparse.Namespace) -> dict[str, float]:
    return {"minutes": options.minutes} if part == SOAK else {}


def _describe(found: dict[str, list[Figure]]) -> dict[str, object]:
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - a day on the reader's own calendar
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "figures": [{"part": part, **figure.to_dict()} for part, figures in found.items() for figure in figures],
    }


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
