"""Self-assessment against published good practice.

>>> from selfassess import load_standard, read_assessment, score
>>> card = score(load_standard("prison-volunteering"), read_assessment("examples/hmp-example.yaml"))
>>> print(card.explain("POL-01"))

The names below are loaded when first used, so that importing the package costs nothing that is not needed.
"""

from __future__ import annotations

# Type checkers take this name as true. The module typing would cost “selfassess --help” a tenth of its time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from selfassess.batch import BatchResult, run_batch
    from selfassess.blanks import write_template
    from selfassess.catalogue import check_standard, find_standards, load_standard
    from selfassess.comparison import Comparison, compare
    from selfassess.errors import (
        AssessmentError,
        ComparisonError,
        Fault,
        FaultsError,
        OutputError,
        PlanError,
        SelfAssessError,
        StandardError,
    )
    from selfassess.explanation import Explanation
    from selfassess.files.assessments import read_assessment
    from selfassess.model.answer import Answer, Assessment, Organisation
    from selfassess.model.standard import Standard
    from selfassess.office.plan_edits import EditedPlan, read_plan_edits
    from selfassess.planning import Action, ActionPlan, ActionStatus, Standing, plan_actions
    from selfassess.reports import write_plan, write_report
    from selfassess.revision import EditedAction, revise_plan
    from selfassess.scorecard import Scorecard, score

__version__ = "0.1.0"

_HOMES = {
    "selfassess.batch": ("BatchResult", "run_batch"),
    "selfassess.blanks": ("write_template",),
    "selfassess.catalogue": ("check_standard", "find_standards", "load_standard"),
    "selfassess.comparison": ("Comparison", "compare"),
    "selfassess.errors": (
        "AssessmentError",
        "ComparisonError",
        "Fault",
        "FaultsError",
        "OutputError",
        "PlanError",
        "SelfAssessError",
        "StandardError",
    ),
    "selfassess.explanation": ("Explanation",),
    "selfassess.files.assessments": ("read_assessment",),
    "selfassess.model.answer": ("Answer", "Assessment", "Organisation"),
    "selfassess.model.standard": ("Standard",),
    "selfassess.office.plan_edits": ("EditedPlan", "read_plan_edits"),
    "selfassess.planning": ("Action", "ActionPlan", "ActionStatus", "Standing", "plan_actions"),
    "selfassess.reports": ("write_plan", "write_report"),
    "selfassess.revision": ("EditedAction", "revise_plan"),
    "selfassess.scorecard": ("Scorecard", "score"),
}

_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Action",
    "ActionPlan",
    "ActionStatus",
    "Answer",
    "Assessment",
    "AssessmentError",
    "BatchResult",
    "Comparison",
    "ComparisonError",
    "EditedAction",
    "EditedPlan",
    "Explanation",
    "Fault",
    "FaultsError",
    "Organisation",
    "OutputError",
    "PlanError",
    "Scorecard",
    "SelfAssessError",
    "Standard",
    "StandardError",
    "Standing",
    "check_standard",
    "compare",
    "find_standards",
    "load_standard",
    "plan_actions",
    "read_assessment",
    "read_plan_edits",
    "revise_plan",
    "run_batch",
    "score",
    "write_plan",
    "write_report",
    "write_template",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for (PEP 562)."""
    from importlib import import_module

    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
