"""The quick check's pages: a few of them, each with whole themes; what was answered; and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from selfassess import Answer, Scorecard, Standard
from selfassess.reports.view.cover import Summary, show_cover, show_summary
from selfassess.reports.view.readiness import ReadinessView, show_readiness
from selfassess.reports.words import NOT_ANSWERED
from webapp.questions.fields import QuestionField, fields_for
from webapp.store.quickchecks import QUESTIONNAIRE

__all__ = [
    "CheckedPage",
    "QuickPage",
    "QuickResults",
    "QuickTheme",
    "check_pages",
    "count_answered",
    "make_quick_pages",
    "make_quick_results",
]

_MOST = 6
"""Questions on a page, where no theme has more."""


@dataclass(frozen=True, slots=True)
class QuickTheme:
    """A theme with what is asked about it."""

    title: str
    introduction: str
    fields: tuple[QuestionField, ...]


@dataclass(frozen=True, slots=True)
class QuickPage:
    """A page of questions.

    Attributes:
        number: Which page it is, from 1.
        first: The number of its first question in the whole quick check, from 1.
    """

    number: int
    first: int
    themes: tuple[QuickTheme, ...]

    @property
    def fields(self) -> tuple[QuestionField, ...]:
        """What is asked on it, in order."""
        return tuple(field for theme in self.themes for field in theme.fields)

    @property
    def last(self) -> int:
        """The number of its last question."""
        return self.first + len(self.fields) - 1


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """A question and what was answered, in words."""

    practice: str
    title: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A page of questions with what was answered."""

    page: QuickPage
    answers: tuple[CheckedAnswer, ...]


@dataclass(frozen=True, slots=True)
class QuickResults:
    """What a quick check comes to, in the words of the report.

    Attributes:
        banner: What must be said before anything else; None where all was answered.
    """

    organisation: str
    banner: str | None
    summary: Summary
    readiness: ReadinessView


@lru_cache(maxsize=32)
def make_quick_pages(standard: Standard, kind: str) -> tuple[QuickPage, ...]:
    """The questions of the quick check, on as few pages as whole themes allow; made once for each standard and kind.

    Args:
        standard: What is asked from.
        kind: The kind of organisation that answers.
    """
    pages: list[list[QuickTheme]] = []
    for theme in _themes(standard, kind):
        if pages and _count(pages[-1]) + len(theme.fields) <= _MOST:
            pages[-1].append(theme)
        else:
            pages.append([theme])
    firsts = [1 + sum(map(_count, pages[:index])) for index in range(len(pages))]
    return tuple(
        QuickPage(number, first, tuple(themes))
        for number, (first, themes) in enumerate(zip(firsts, pages, strict=True), start=1)
    )


def check_pages(pages: tuple[QuickPage, ...], answers: Mapping[str, Answer]) -> tuple[CheckedPage, ...]:
    """Every question with its answer in words."""
    return tuple(CheckedPage(page, tuple(_check(field, answers) for field in page.fields)) for page in pages)


def count_answered(pages: tuple[QuickPage, ...], answers: Mapping[str, Answer]) -> tuple[int, int]:
    """How many of how many questions are answered."""
    asked = [field.id for page in pages for field in page.fields]
    return sum(practice in answers for practice in asked), len(asked)


def make_quick_results(card: Scorecard) -> QuickResults:
    """The results, from the same view as the report's."""
    cover = show_cover(card)
    return QuickResults(cover.organisation, cover.banner, show_summary(card), show_readiness(card))


def _themes(standard: Standard, kind: str) -> list[QuickTheme]:
    themes = [
        QuickTheme(theme.title, theme.introduction, fields_for(standard, QUESTIONNAIRE, theme.id, kind, layout="quick"))
        for theme in standard.head.themes
    ]
    return [theme for theme in themes if theme.fields]


def _count(themes: list[QuickTheme]) -> int:
    return sum(len(theme.fields) for theme in themes)


def _check(field: QuestionField, answers: Mapping[str, Answer]) -> CheckedAnswer:
    answer = answers.get(field.id, Answer())
    label = field.labels.get(str(answer.level), NOT_ANSWERED)
    return CheckedAnswer(field.id, field.title, label, answer.reason)
