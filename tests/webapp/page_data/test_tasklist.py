"""Where each theme stands, and which one is next."""

from __future__ import annotations

import pytest

from webapp.pages.tasklist import State, Task, TaskList
from webapp.store.assignments import Assignee

KIM, LEE = Assignee("kim", "Kim"), Assignee("lee", "Lee")


def task(theme: str = "a", *, answered: int = 0, to_confirm: int = 0, assignee: Assignee | None = None) -> Task:
    return Task(theme, theme.upper(), 4, answered, 0, to_confirm, assignee, 0, 0)


def following(*tasks: Task) -> str | None:
    found = TaskList(tasks, 0, 0, 0, 0).next_for("kim")
    return found.theme if found else None


@pytest.mark.parametrize(
    ("answered", "to_confirm", "state"),
    [
        (0, 0, State.NOT_STARTED),
        (1, 0, State.IN_PROGRESS),
        (3, 3, State.IN_PROGRESS),
        (4, 1, State.TO_CONFIRM),
        (4, 0, State.ANSWERED),
    ],
)
def test_state_follows_from_the_counts(answered: int, to_confirm: int, state: State) -> None:
    assert task(answered=answered, to_confirm=to_confirm).state is state


def test_own_theme_comes_before_free_ones_and_those_before_others() -> None:
    other, free, own = task("a", assignee=LEE), task("b"), task("c", assignee=KIM)
    assert following(other, free, own) == "c"
    assert following(other, free) == "b"
    assert following(other) == "a"


def test_answered_theme_is_never_next() -> None:
    assert following(task("a", answered=4, assignee=KIM), task("b", assignee=LEE)) == "b"
    assert following(task("a", answered=4)) is None
