"""``selfassess plan``: the action plan."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from selfassess.cli.inputs import score_file
from selfassess.errors import Fault, PlanError
from selfassess.planning import ActionPlan, plan_actions
from selfassess.reports import write_plan
from selfassess.scorecard import Scorecard

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Write the action plan and print its path; faults of an edited plan go to standard error."""
    card = score_file(options.file, options.standard)
    faults: Sequence[Fault] = ()
    if options.edited is None:
        plan = plan_actions(card, start=options.start)
    else:
        plan, faults = _revise(card, options.edited, options.start)
        _keep_what_is_left_out(options.edited, options.output, faults)
    print(write_plan(plan, options.output))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _revise(card: Scorecard, edited: str, start: date | None) -> tuple[ActionPlan, Sequence[Fault]]:
    """The plan with what people wrote in it, and what could not be placed; it starts when it did, unless told."""
    from selfassess.office.plan_edits import read_plan_edits
    from selfassess.revision import revise_plan

    found = read_plan_edits(edited, card)
    return revise_plan(plan_actions(card, start=start or found.start), found.actions), found.faults


def _keep_what_is_left_out(edited: str, output: str, faults: Sequence[Fault]) -> None:
    """Refuse to write over the edited plan while something in it would be lost."""
    target = Path(output)
    if faults and target.exists() and target.samefile(edited):
        problem = "was not written over, because the rows and cells above would be lost"
        raise PlanError([*faults, Fault(output, 0, "", problem, "Correct them, or give the new plan another name")])
