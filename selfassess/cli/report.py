"""``selfassess report``: the gap report."""

from __future__ import annotations

import argparse

from selfassess.cli.inputs import compare_files, score_file
from selfassess.reports import write_report

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Write the gap report and print its path."""
    if options.previous:
        comparison = compare_files(options.previous, options.file, options.standard)
        card = comparison.new
    else:
        comparison, card = None, score_file(options.file, options.standard)
    print(write_report(card, options.output, comparison=comparison))
    return 0
