"""``selfassess plan``: the action plan."""

from __future__ import annotations

import argparse

from selfassess.cli.inputs import score_file
from selfassess.planning import plan_actions
from selfassess.reports import write_plan

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Write the action plan and print its path."""
    card = score_file(options.file, options.standard)
    print(write_plan(plan_actions(card, start=options.start), options.output))
    return 0
