"""Published figures: each with a base, a place and a kind of organisation that there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from selfassess.catalogue.checks.common import KIND, ids_of, places, repeats, unknown
from selfassess.catalogue.reading import Files, Part
from selfassess.errors import Fault
from selfassess.model.survey import Survey, SurveyRow

__all__ = ["check_survey", "check_survey_rows"]


def check_survey_rows(files: Files) -> Iterator[Fault]:
    """Practices name rows that there are, one practice for each row."""
    survey = files.one(Survey)
    rows = [row.id for row in survey.record.rows] if survey else []
    taken: dict[str, str] = {}
    for part, index, practice in places(files):
        row = practice.survey_row
        if row is None or practice.retired:
            continue
        loc = ("practices", index, "survey_row")
        if row not in rows:
            yield part.fault(loc, *unknown("survey row", row, rows))
        elif row in taken:
            problem = f"is compared with survey row {row}, as {taken[row]} is"
            yield part.fault(loc, problem, "Compare one practice with each row")
        taken.setdefault(row, practice.id)


def check_survey(files: Files) -> Iterator[Fault]:
    """Rows and figures have their own ids, and every figure its base and its place."""
    part = files.one(Survey)
    if not part:
        return
    survey = part.record
    yield from repeats(part, ids_of("rows", survey.rows), "row")
    yield from repeats(part, ids_of("figures", survey.figures), "figure")
    for table in survey.bases.keys() - _TABLES:
        yield part.fault(("bases", table), *unknown("table", table, _TABLES))
    kinds = [kind.id for kind in files.head.record.kinds]
    for loc, kind in _kinds_of_survey(survey):
        if kind not in kinds:
            yield part.fault((*loc, kind), *unknown(KIND, kind, kinds))
    for index, row in enumerate(survey.rows):
        yield from _check_bases(part, index, row, kinds)


_TABLES = ("in_place", "importance")
"""The two published tables that a row of a survey may have a part in."""


def _kinds_of_survey(survey: Survey) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for table, base in survey.bases.items():
        yield from ((("bases", table, "by_kind"), kind) for kind in base.by_kind)
    for index, row in enumerate(survey.rows):
        yield from ((("rows", index, "in_place"), kind) for kind in row.in_place)
        yield from ((("rows", index, "importance"), kind) for kind in row.importance)


def _check_bases(part: Part[Survey], index: int, row: SurveyRow, kinds: Collection[str]) -> Iterator[Fault]:
    """No published figure without its base and its place."""
    for table, figures in (("in_place", row.in_place), ("importance", row.importance)):
        base = part.record.bases.get(table)
        for kind in figures:
            if kind in kinds and (base is None or kind not in base.by_kind):
                problem = f"has a figure for “{kind}” without a base"
                yield part.fault(("rows", index, table, kind), problem, f"Add it to bases, {table}, by_kind")
    if row.importance and not row.importance_locator:
        problem = "says how important it is held to be, not where that was published"
        yield part.fault(("rows", index, "importance"), problem, "Add “importance_locator:”")
