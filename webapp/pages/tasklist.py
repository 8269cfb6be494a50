"""The task list of an assessment: where each theme stands, and what is next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from selfassess import Scorecard
from webapp.store.answers import SavedAnswer
from webapp.store.assignments import Assignee
from webapp.store.comments import OpenCount

__all__ = ["State", "Task", "TaskList", "make_task_list"]


class State(StrEnum):
    """How far a theme has come, in the words that people read."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    TO_CONFIRM = "To confirm"
    ANSWERED = "Answered"


@dataclass(frozen=True, slots=True)
class Task:
    """One theme.

    Attributes:
        answered: Practices with any answer, “Do not know yet” and “Does not apply” too.
        met: Practices that are in place or embedded: something else than answered.
        to_confirm: Carried answers of which nobody has said yet that they still hold.
        assignee: Who was given the theme; None for nobody.
        comments: Open comments on its practices.
        mine: Those of them that are for the person who looks.
    """

    theme: str
    title: str
    asked: int
    answered: int
    met: int
    to_confirm: int
    assignee: Assignee | None
    comments: int
    mine: int

    @property
    def state(self) -> State:
        """How far it has come."""
        if not self.answered:
            return State.NOT_STARTED
        if self.answered < self.asked:
            return State.IN_PROGRESS
        return State.TO_CONFIRM if self.to_confirm else State.ANSWERED

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.state is State.ANSWERED


@dataclass(frozen=True, slots=True)
class TaskList:
    """All themes, and the same counts for the whole."""

    tasks: tuple[Task, ...]
    asked: int
    answered: int
    met: int
    to_confirm: int

    @property
    def is_done(self) -> bool:
        """Whether every practice is answered and confirmed."""
        return all(task.is_done for task in self.tasks)

    @property
    def is_begun(self) -> bool:
        """Whether there is any answer."""
        return self.answered > 0

    def next_for(self, user_id: str) -> Task | None:
        """The theme to go on with: one's own first, then one that nobody was given, then any."""
        left = [task for task in self.tasks if not task.is_done]
        own = [task for task in left if task.assignee and task.assignee.user_id == user_id]
        free = [task for task in left if task.assignee is None]
        return next(iter(own or free or left), None)


def make_task_list(
    card: Scorecard,
    answers: Mapping[str, SavedAnswer],
    assignees: Mapping[str, Assignee],
    comments: Mapping[str, OpenCount],
) -> TaskList:
    """The task list.

    Args:
        card: The assessment, scored: the counts are the library's.
        answers: What is saved, by practice.
        assignees: Who was given each theme.
        comments: The open comments, by practice.
    """
    tasks = []
    for item in card.themes:
        asked = [practice.id for practice, _ in item.entries]
        counts = [comments[key] for key in asked if key in comments]
        tasks.append(
            Task(
                theme=item.theme.id,
                title=item.theme.title,
                asked=item.result.asked,
                answered=item.result.answered,
                met=item.result.met,
                to_confirm=count_to_confirm(answers, asked),
                assignee=assignees.get(item.theme.id),
                comments=sum(count.open for count in counts),
                mine=sum(count.mine for count in counts),
            )
        )
    overall = card.overall
    return TaskList(tuple(tasks), overall.asked, overall.answered, overall.met, sum(task.to_confirm for task in tasks))


def count_to_confirm(answers: Mapping[str, SavedAnswer], practices: Iterable[str]) -> int:
    """How many of some practices have a carried answer that nobody has confirmed."""
    return sum(key in answers and answers[key].to_confirm for key in practices)
