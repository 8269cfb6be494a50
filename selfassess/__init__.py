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

    from selfassess.catalogue import check_standard, find_standards, load_standard
    from selfassess.comparison import Comparison, compare
    from selfassess.errors import (
        AssessmentError,
        ComparisonError,
        Fault,
        FaultsError,
        OutputError,
        SelfAssessError,
        StandardError,
    )
    from selfassess.explanation import Explanation
    from selfassess.files.assessments import read_assessment
    from selfassess.model.answer import Answer, Assessment, Organisation
    from selfassess.model.standard import Standard
    from selfassess.planning import Action, ActionPlan, ActionStatus, plan_actions
    from selfassess.reports import write_plan, write_report
    from selfassess.scorecard import Scorecard, score

__version__ = "0.1.0"

_HOMES = {
    "selfassess.catalogue": ("check_standard", "find_standards", "load_standard"),
    "selfassess.comparison": ("Comparison", "compare"),
    "selfassess.errors": (
        "AssessmentError",
        "ComparisonError",
        "Fault",
        "FaultsError",
        "OutputError",
        "SelfAssessError",
        "StandardError",
    ),
    "selfassess.explanation": ("Explanation",),
    "selfassess.files.assessments": ("read_assessment",),
    "selfassess.model.answer": ("Answer", "Assessment", "Organisation"),
    "selfassess.model.standard": ("Standard",),
    "selfassess.planning": ("Action", "ActionPlan", "ActionStatus", "plan_actions"),
    "selfassess.reports": ("write_plan", "write_report"),
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
    "Comparison",
    "ComparisonError",
    "Explanation",
    "Fault",
    "FaultsError",
    "Organisation",
    "OutputError",
    "Scorecard",
    "SelfAssessError",
    "Standard",
    "StandardError",
    "check_standard",
    "compare",
    "find_standards",
    "load_standard",
    "plan_actions",
    "read_assessment",
    "score",
    "write_plan",
    "write_report",
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
