"""What people can choose on the page of the action plan: how it is grouped, sorted and filtered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from selfassess.planning import Action, ActionStatus, Standing
from selfassess.reports.words import STATUS_WORDS

__all__ = ["GROUPINGS", "SORTINGS", "STATES", "PlanChoices", "fits", "is_overdue", "read_choices", "sort_actions"]

GROUPINGS = {"priority": "Priority", "owner": "Owner", "due": "Due date", "theme": "Theme"}
SORTINGS = {"priority": "Priority", "due": "Due date", "owner": "Owner", "status": "Status"}
STATES = {
    "": "All",
    "to_do": "Everything still to do",
    "overdue": "Overdue",
    **{status.value: words for status, words in STATUS_WORDS.items()},
}

_SETTLED = (Standing.CLOSED, Standing.DOES_NOT_APPLY)


@dataclass(frozen=True, slots=True)
class PlanChoices:
    """How somebody wants to see the plan; keys of `GROUPINGS`, `SORTINGS` and `STATES`.

    Attributes:
        owner: Only this owner's actions; None for everybody's, empty for those that nobody owns.
    """

    group: str = "priority"
    sort: str = "priority"
    state: str = ""
    owner: str | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether some actions may be left out."""
        return bool(self.state) or self.owner is not None


def read_choices(asked: Mapping[str, str], owners: tuple[str, ...]) -> PlanChoices:
    """The choices in an address; what it does not know counts as not chosen.

    Args:
        asked: The address's parameters; ``owner`` is ``all``, or ``is:`` and a name.
        owners: Who owns actions of the plan; an empty name where nobody does.
    """
    owner = asked.get("owner", "")
    name = owner.removeprefix("is:") if owner.startswith("is:") else None
    return PlanChoices(
        group=_known(asked.get("group"), GROUPINGS, "priority"),
        sort=_known(asked.get("sort"), SORTINGS, "priority"),
        state=_known(asked.get("status"), STATES, ""),
        owner=name if name in owners else None,
    )


def is_overdue(action: Action, today: date) -> bool:
    """Whether something should have been done by now, and the gap may still be there."""
    return action.due < today and action.status is not ActionStatus.DONE and action.standing not in _SETTLED


def fits(action: Action, choices: PlanChoices, today: date) -> bool:
    """Whether an action is among those chosen."""
    if choices.owner is not None and action.owner.strip() != choices.owner:
        return False
    if choices.state == "to_do":
        return action.status is not ActionStatus.DONE
    if choices.state == "overdue":
        return is_overdue(action, today)
    return choices.state in ("", action.status.value)


def sort_actions(actions: list[Action], sort: str) -> list[Action]:
    """Actions in another order; those that are equal in it stay in the order of the plan."""
    return sorted(actions, key=_KEYS[sort])


_STATUS_ORDER = (ActionStatus.BLOCKED, ActionStatus.UNDER_WAY, ActionStatus.NOT_STARTED, ActionStatus.DONE)
"""What needs somebody's attention first."""

_KEYS: dict[str, Callable[[Action], tuple[object, ...]]] = {
    "priority": lambda _: (),
    "due": lambda action: (action.due,),
    "owner": lambda action: (action.owner.strip().casefold(),),
    "status": lambda action: (_STATUS_ORDER.index(action.status),),
}


def _known(asked: str | None, known: Mapping[str, str], otherwise: str) -> str:
    return asked if asked is not None and asked in known else otherwise
