"""The tables of a batch, with columns that scripts may rely on.

Every table starts with the columns that say whose row it is: ``organisation``, ``kind``, ``reference``, ``group``,
``date`` and ``questionnaire``. Percentages are unrounded, from 0 to 100. What cannot be said is empty: a score where no
practice applies, a reference that was not given.

``scores``, one row for each organisation: ``standard``, ``version``, ``hash``, then the counts of the whole
questionnaire.

``themes``, one row for each organisation and theme in which something was asked: ``theme``, ``title``, then the counts
of the theme.

``gaps``, one row for each gap, first things first: ``rank``, ``practice``, ``title``, ``theme``, ``tier``, ``level``
(0, 1 or DK), ``shortfall``, ``effort``, ``timeframe``, ``quick_win``, ``why``.

``readiness``, one row for each organisation and requirement that a source asks for: ``source``, ``requirement``,
``label``, ``status`` (met, partly, not_met, unknown, not_applicable, not_covered).

Counts are ``asked``, ``applicable``, ``answered``, ``unanswered``, ``met``, ``gaps``, ``completeness``, ``score``,
``provisional``, ``rating``, and how many of each answer: ``level_0`` to ``level_3``, ``level_na``, ``level_dk``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from selfassess.batch.codes import CODE_OF, DK_CODE, NA_CODE, NOT_ANSWERED, Codes
from selfassess.batch.counting import RATINGS, SetCounter, Sets
from selfassess.batch.standings import READINESS, find_routes, find_standings
from selfassess.model.answer import DK, Answer, Code
from selfassess.model.standard import Standard
from selfassess.priorities import Priority, rank_gaps
from selfassess.scoring import Entry

__all__ = ["TABLES", "TableMaker", "rank_all_gaps"]

TABLES = ("scores", "themes", "gaps", "readiness")
"""The tables, in the order in which they are written."""

_RATINGS = pl.Series([rating.value for rating in RATINGS])
_STATUSES = pl.Series([status.value for status in READINESS])

Clean = Callable[[pl.DataFrame], pl.DataFrame]

_Places = NDArray[np.intp]


class TableMaker:
    """Makes the tables of one standard, a number of organisations at a time."""

    def __init__(self, standard: Standard, clean: Clean = lambda frame: frame) -> None:
        """Prepare what every table needs.

        Args:
            standard: The standard that was answered.
            clean: What is done to texts before they are repeated from row to row.
        """
        self._standard = standard
        self._clean = clean
        self._counter = SetCounter(standard)
        self._routes = find_routes(standard)
        ranked = rank_all_gaps(standard)
        self._gap_places = np.array([standard.position[gap.practice.id] for gap in ranked])
        self._gap_codes = np.array([CODE_OF[gap.answer.level] for gap in ranked], np.int8)
        self._themes = pl.DataFrame(
            {"theme": [t.id for t in standard.head.themes], "title": [t.title for t in standard.head.themes]}
        )
        self._requirements = pl.DataFrame(
            [(r.source.id, r.requirement.id, r.requirement.label) for r in self._routes],
            schema={"source": pl.String, "requirement": pl.String, "label": pl.String},
            orient="row",
        )
        self._makers: dict[str, Callable[[pl.DataFrame, Codes], pl.DataFrame]] = {
            "scores": self._make_scores,
            "themes": self._make_themes,
            "gaps": self._make_gaps,
            "readiness": self._make_readiness,
        }
        self._gaps = clean(pl.DataFrame([_gap_columns(standard, gap) for gap in ranked]))
        self._themes, self._requirements = clean(self._themes), clean(self._requirements)

    def schema(self, table: str, keys: pl.DataFrame) -> pl.Schema:
        """The columns of a table of organisations with such keys."""
        return self.make(table, keys.clear(), np.empty((0, len(self._standard.practices)), np.int8)).schema

    def make(self, table: str, keys: pl.DataFrame, codes: Codes) -> pl.DataFrame:
        """One table of some organisations.

        Args:
            table: One of `TABLES`.
            keys: Whose answers they are.
            codes: Their answers.
        """
        return self._makers[table](self._clean(keys), codes)

    def _make_scores(self, keys: pl.DataFrame, codes: Codes) -> pl.DataFrame:
        standard = self._standard
        about = (("standard", standard.id), ("version", standard.version), ("hash", standard.hash))
        named = keys.with_columns(pl.lit(value).alias(name) for name, value in about)
        return named.hstack(_set_columns(Sets(self._counter.count(codes)[:, -1])))

    def _make_themes(self, keys: pl.DataFrame, codes: Codes) -> pl.DataFrame:
        counters = self._counter.count(codes)[:, :-1]
        organisations, themes = np.nonzero(counters[:, :, : NOT_ANSWERED + 1].any(axis=2))
        columns = _set_columns(Sets(counters[organisations, themes]))
        return keys[organisations].hstack(self._themes[themes]).hstack(columns)

    def _make_gaps(self, keys: pl.DataFrame, codes: Codes) -> pl.DataFrame:
        organisations, gaps = np.nonzero(codes[:, self._gap_places] == self._gap_codes)
        first = np.searchsorted(organisations, np.arange(len(codes)))
        rank = np.arange(1, len(organisations) + 1) - first[organisations]
        ranks = pl.DataFrame({"rank": rank.astype(np.int16)})
        return keys[organisations].hstack(ranks).hstack(self._gaps[gaps])

    def _make_readiness(self, keys: pl.DataFrame, codes: Codes) -> pl.DataFrame:
        standings = find_standings(codes, self._routes)
        organisations, routes = np.divmod(np.arange(standings.size), standings.shape[1])
        statuses = pl.DataFrame({"status": _STATUSES[standings.ravel()]})
        return keys[organisations].hstack(self._requirements[routes]).hstack(statuses)


def _set_columns(sets: Sets) -> pl.DataFrame:
    counts = {name: getattr(sets, name) for name in ("asked", "applicable", "answered", "unanswered", "met", "gaps")}
    levels = {"level_0": 0, "level_1": 1, "level_2": 2, "level_3": 3, "level_na": NA_CODE, "level_dk": DK_CODE}
    return pl.DataFrame(
        {
            **{name: count.astype(np.int16) for name, count in counts.items()},
            "completeness": sets.completeness,
            "score": pl.Series(sets.score, nan_to_null=True),
            "provisional": sets.is_provisional,
            "rating": _RATINGS[sets.rating],
            **{name: sets.level(code).astype(np.int16) for name, code in levels.items()},
        }
    )


def rank_all_gaps(standard: Standard) -> tuple[Priority, ...]:
    """Every gap that there can be, in the order of priorities.

    Where two gaps stand depends on their practices and levels alone, so that those of any organisation stand in the
    order of this list.
    """
    levels: tuple[Code, ...] = (0, 1, DK)
    entries = [Entry(p, Answer(level=level)) for level in levels for p in standard.practices.values()]
    return rank_gaps(standard, entries)


def _gap_columns(standard: Standard, priority: Priority) -> dict[str, object]:
    practice = priority.practice
    return {
        "practice": practice.id,
        "title": practice.title,
        "theme": standard.theme_of[practice.id].id,
        "tier": practice.tier.value,
        "level": str(priority.answer.level),
        "shortfall": priority.shortfall,
        "effort": practice.first_action.effort.value,
        "timeframe": practice.first_action.timeframe.value,
        "quick_win": priority.is_quick_win,
        "why": priority.why,
    }
