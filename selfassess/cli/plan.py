"""``selfassess plan``: the action plan."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from selfassess.cli.inputs import score_file
from selfassess.errors import Fault, PlanError
from selfassess.planning import ActionPlan, plan_actions
from selfassess.reports import write_plan

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Write the action plan and print its path; faults of an edited plan go to standard error."""
    plan = plan_actions(score_file(options.file, options.standard), start=options.start)
    faults: Sequence[Fault] = ()
    if options.edited:
        plan, faults = _revise(plan, options.edited)
        _keep_what_is_left_out(options.edited, options.output, faults)
    print(write_plan(plan, options.output))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _revise(plan: ActionPlan, edited: str) -> tuple[ActionPlan, Sequence[Fault]]:
    """The plan with what people wrote in it, and what could not be placed."""
    from selfassess.office.plan_edits import read_plan_edits
    from selfassess.revision import revise_plan

    found = read_plan_edits(edited, plan.scorecard)
    return revise_plan(plan, found.actions), found.faults


def _keep_what_is_left_out(edited: str, output: str, faults: Sequence[Fault]) -> None:
    """Refuse to write over the edited plan while something in it would be lost."""
    target = Path(output)
    if faults and target.exists() and target.samefile(edited):
        problem = "was not written over, because the rows and cells above would be lost"
        raise PlanError([*faults, Fault(output, 0, "", problem, "Correct them, or give the new plan another name")])
