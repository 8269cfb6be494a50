"""``selfassess report``: the gap report."""

from __future__ import annotations

import argparse

from selfassess.cli.inputs import score_file
from selfassess.comparison import compare
from selfassess.reports import write_report

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Write the gap report and print its path."""
    card = score_file(options.file, options.standard)
    previous = score_file(options.previous, options.standard) if options.previous else None
    comparison = compare(previous, card) if previous else None
    print(write_report(card, options.output, comparison=comparison))
    return 0
