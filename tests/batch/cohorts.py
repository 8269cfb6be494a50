"""Organisations in every kind of file that a batch reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from hypothesis import strategies as st

from selfassess.model.answer import NA, Assessment
from selfassess.model.standard import Standard
from selfassess.scorecard import Scorecard, score
from tests.builders import Given, make_assessment
from tests.test_properties import answers_to, real_standard

KEYS = ("organisation", "kind", "reference", "group", "date", "questionnaire")

Rows = list[list[Any]]


@st.composite
def assessments(draw: st.DrawFn, standard: Standard | None = None, most: int = 4) -> list[Assessment]:
    """Some organisations of any kind, with any answers to any questionnaire; no two of them the same."""
    standard = standard or real_standard()
    found = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(list(standard.kinds)))
        questionnaire = draw(st.sampled_from(list(standard.questionnaires)))
        answers = draw(answers_to(standard, kind, questionnaire)) if standard.asked(questionnaire, kind) else {}
        found.append(assess(standard, f"HMP Example {number}", answers, kind, questionnaire))
    return found


def assess(
    standard: Standard,
    name: str,
    answers: dict[str, Given],
    kind: str = "prison",
    questionnaire: str = "full",
    reference: str | None = None,
) -> Assessment:
    """One assessment."""
    day = date(2026, 11, len(answers) % 28 + 1)
    return make_assessment(
        standard, answers, kind=kind, questionnaire=questionnaire, day=day, name=name, reference=reference
    )


def cards_of(standard: Standard, cohort: Iterable[Assessment]) -> list[Scorecard]:
    """What each comes to by itself."""
    return [score(standard, assessment) for assessment in cohort]


def wide_rows(standard: Standard, cohort: Iterable[Assessment]) -> Rows:
    """A wide table with a column of notes for each practice that may not apply; numbers are numbers."""
    noted = [p.id for p in standard.practices.values() if p.na_allowed]
    header = [*KEYS, *standard.practices, *(f"{practice_id} note" for practice_id in noted)]
    return [header, *(_wide_row(standard, assessment, noted) for assessment in cohort)]


def _wide_row(standard: Standard, assessment: Assessment, noted: Sequence[str]) -> list[Any]:
    levels = [assessment.answer_to(practice_id).level for practice_id in standard.practices]
    return [*_keys(assessment), *levels, *(assessment.answer_to(p).reason or None for p in noted)]


def _keys(assessment: Assessment) -> list[Any]:
    organisation, day = assessment.organisation, assessment.date
    reference, group = organisation.reference, organisation.group
    return [organisation.name, organisation.kind, reference, group, str(day), assessment.questionnaire]


def long_rows(cohort: Iterable[Assessment]) -> Rows:
    """A long table, with a row for each answer; one without answers has a row without one."""
    rows: Rows = [[*KEYS, "practice", "level", "note"]]
    for assessment in cohort:
        for practice_id, answer in assessment.answers.items():
            rows.append([*_keys(assessment), practice_id, answer.level, answer.reason])
    return rows


def write_csv(path: Path, rows: Rows, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> Path:
    """A text table."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_parquet(path: Path, rows: Rows) -> Path:
    """A Parquet file of text columns, empty cells without value."""
    cells = [[None if cell is None else str(cell) for cell in row] for row in rows[1:]]
    pl.DataFrame(cells, schema=dict.fromkeys(rows[0], pl.String), orient="row").write_parquet(path)
    return path


def write_xlsx(path: Path, rows: Rows, sheet: str = "Answers") -> Path:
    """A workbook with one sheet."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, [None if cell == "" else cell for cell in row])
    return path


def write_jsonl(path: Path, cohort: Iterable[Assessment]) -> Path:
    """JSON Lines."""
    lines = (json.dumps(_record(assessment), ensure_ascii=False) for assessment in cohort)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def _record(assessment: Assessment) -> dict[str, Any]:
    return {
        "standard": assessment.standard.id,
        "questionnaire": assessment.questionnaire,
        "organisation": assessment.organisation.model_dump(),
        "date": str(assessment.date),
        "answers": {
            practice_id: {"level": NA, "reason": answer.reason} if answer.level == NA else answer.level
            for practice_id, answer in assessment.answers.items()
        },
    }


def relabel(standard: Standard, rows: Rows) -> Rows:
    """The table with labels for codes, each in one of the ways that people write them."""
    ways = (str, str.lower, str.upper, lambda text: f"  {text} ", str)
    labels = standard.level_labels
    return [
        rows[0],
        *(
            [
                ways[(at + number) % len(ways)](labels[cell]) if at >= len(KEYS) and cell in labels else cell
                for at, cell in enumerate(row)
            ]
            for number, row in enumerate(rows[1:])
        ),
    ]
