"""The action plan on screen: the same actions, words, counts and order as in the PDF, grouped as people choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from selfassess.planning import Action, ActionPlan, ActionStatus, Standing
from selfassess.reports.view.plan import PlanView, show_plan
from selfassess.reports.words import STATUS_WORDS, day
from webapp.pages.plan_choices import PlanChoices, fits, is_overdue, sort_actions
from webapp.pages.plan_words import NOBODY
from webapp.store.plan_records import LivingPlan

__all__ = ["ActionLine", "OfferLine", "PlanPage", "list_owners", "show_offers", "show_page"]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action in the list.

    Attributes:
        standing: Why it is in the plan although it is no open gap any more; empty where it is one.
        colour: The tag's colour, beside its words.
    """

    id: str
    reference: str
    gap: str
    owner: str
    due: str
    status: str
    colour: str
    is_overdue: bool
    is_quick_win: bool
    is_done: bool
    standing: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan as somebody wants to see it.

    Attributes:
        view: The whole plan as the PDF shows it: counts and summaries.
        groups: A title each, and its actions.
        shown: How many actions are in the groups.
        total: How many there are in the plan.
        closed: How many are in the plan although their gap has closed or does not apply any more, and are not done.
    """

    view: PlanView
    groups: tuple[tuple[str, tuple[ActionLine, ...]], ...]
    shown: int
    total: int
    done: int
    overdue: int
    closed: int


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A gap about which nobody has decided yet.

    Attributes:
        why: Why it stands where it stands.
    """

    reference: str
    gap: str
    action: str
    why: str
    note: str


def list_owners(plan: ActionPlan) -> tuple[str, ...]:
    """Who owns actions, by name; first an empty name where nobody does."""
    return tuple(sorted({action.owner.strip() for action in plan.actions}, key=str.casefold))


def show_page(living: LivingPlan, choices: PlanChoices, today: date) -> PlanPage:
    """The page of the plan.

    Args:
        living: The plan.
        choices: How it is to be shown.
        today: The day that says what is overdue.
    """
    actions = living.plan.actions
    view = show_plan(living.plan)
    chosen = sort_actions([action for action in actions if fits(action, choices, today)], choices.sort)
    groups = _GROUPERS[choices.group](view, living, chosen, today)
    return PlanPage(
        view=view,
        groups=tuple((title, tuple(_line(living, action, today) for action in held)) for title, held in groups),
        shown=len(chosen),
        total=len(actions),
        done=sum(action.status is ActionStatus.DONE for action in actions),
        overdue=sum(is_overdue(action, today) for action in actions),
        closed=sum(_is_closed(action) and action.status is not ActionStatus.DONE for action in actions),
    )


def show_offers(offers: Iterable[Action]) -> tuple[OfferLine, ...]:
    """Gaps to decide about, first things first."""
    return tuple(OfferLine(action.reference, action.gap, action.action, action.why, action.note) for action in offers)


_COLOURS = {
    ActionStatus.NOT_STARTED: "grey",
    ActionStatus.UNDER_WAY: "blue",
    ActionStatus.DONE: "green",
    ActionStatus.BLOCKED: "orange",
}


def _line(living: LivingPlan, action: Action, today: date) -> ActionLine:
    return ActionLine(
        id=living.by_reference[action.reference].id,
        reference=action.reference,
        gap=action.gap,
        owner=action.owner.strip() or NOBODY,
        due=day(action.due),
        status=STATUS_WORDS[action.status],
        colour=_COLOURS[action.status],
        is_overdue=is_overdue(action, today),
        is_quick_win=action.is_quick_win,
        is_done=action.status is ActionStatus.DONE,
        standing="" if action.standing in (Standing.OPEN, Standing.OWN) else action.why,
    )


def _is_closed(action: Action) -> bool:
    return action.standing in (Standing.CLOSED, Standing.DOES_NOT_APPLY)


_Groups = list[tuple[str, list[Action]]]


def _gather(order: Iterable[str], actions: Iterable[Action], title_of: Callable[[Action], str]) -> _Groups:
    """Actions under titles, in the order of the titles; a title without any is left out."""
    held: dict[str, list[Action]] = {title: [] for title in order}
    for action in actions:
        held.setdefault(title_of(action), []).append(action)
    return [(title, group) for title, group in held.items() if group]


def _by_priority(view: PlanView, _: LivingPlan, actions: list[Action], __: date) -> _Groups:
    titles = {item.reference: title for title, items in view.groups for item in items}
    return _gather([title for title, _ in view.groups], actions, lambda action: titles[action.reference])


def _by_owner(view: PlanView, _: LivingPlan, actions: list[Action], __: date) -> _Groups:
    return _gather([share.name for share in view.by_owner], actions, lambda action: action.owner.strip() or NOBODY)


def _by_due(_: PlanView, living: LivingPlan, actions: list[Action], today: date) -> _Groups:
    def title_of(action: Action) -> str:
        return "Overdue" if is_overdue(action, today) else f"Due in {day(action.due).partition(' ')[2]}"

    days = sorted(living.plan.actions, key=lambda action: action.due)
    return _gather(["Overdue", *map(title_of, days)], actions, title_of)


def _by_theme(_: PlanView, living: LivingPlan, actions: list[Action], __: date) -> _Groups:
    order = [theme.title for theme in living.card.standard.head.themes]
    return _gather(order, actions, lambda action: action.theme or "No theme")


_GROUPERS = {"priority": _by_priority, "owner": _by_owner, "due": _by_due, "theme": _by_theme}
