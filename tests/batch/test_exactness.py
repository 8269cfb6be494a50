"""A batch gives exactly the numbers that scoring each organisation by itself gives, whatever file it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.batch import BatchResult, run_batch
from selfassess.model.answer import Assessment
from selfassess.model.standard import Standard
from selfassess.scorecard import Scorecard
from tests.batch.cohorts import (
    assessments,
    cards_of,
    long_rows,
    relabel,
    wide_rows,
    write_csv,
    write_jsonl,
    write_parquet,
    write_xlsx,
)
from tests.test_properties import real_standard, small_standards

Cohort = list[Assessment]

SET = ("asked", "applicable", "answered", "unanswered", "met", "gaps", "completeness", "score", "provisional", "rating")

WRITERS: dict[str, Callable[[Path, Standard, Cohort], Path]] = {
    "integers.csv": lambda path, standard, cohort: write_csv(path, wide_rows(standard, cohort)),
    "labels.csv": lambda path, standard, cohort: write_csv(path, relabel(standard, wide_rows(standard, cohort)), ";"),
    "long.csv": lambda path, _, cohort: write_csv(path, long_rows(cohort), "\t"),
    "text.parquet": lambda path, standard, cohort: write_parquet(path, wide_rows(standard, cohort)),
    "lines.jsonl": lambda path, _, cohort: write_jsonl(path, cohort),
    "sheet.xlsx": lambda path, standard, cohort: write_xlsx(path, wide_rows(standard, cohort)),
    "long.xlsx": lambda path, _, cohort: write_xlsx(path, long_rows(cohort)),
}

QUICK = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)


@pytest.mark.parametrize("name", WRITERS)
@QUICK
@given(cohort=assessments())
def test_batch_gives_the_numbers_of_score(tmp_path: Path, name: str, cohort: Cohort) -> None:
    standard = real_standard()
    if name.startswith("long"):
        cohort = [assessment for assessment in cohort if assessment.answers]
    path = WRITERS[name](tmp_path / name, standard, cohort)
    result = run_batch(path, standard=standard)
    assert result.faults == ()
    check_result(result, cards_of(standard, cohort))


@QUICK
@given(data=st.data())
def test_batch_gives_the_numbers_of_score_for_any_standard(tmp_path: Path, data: st.DataObject) -> None:
    standard = data.draw(small_standards)
    cohort = data.draw(assessments(standard))
    result = run_batch(write_csv(tmp_path / "wide.csv", wide_rows(standard, cohort)), standard=standard)
    assert result.faults == ()
    check_result(result, cards_of(standard, cohort))


def check_result(result: BatchResult, cards: list[Scorecard]) -> None:
    """Every field of every table."""
    check_rows(result.scores, [_score_row(card) for card in cards])
    check_rows(result.themes, _join(cards, _theme_rows))
    check_rows(result.gaps, _join(cards, _gap_rows))
    check_rows(result.readiness, _join(cards, _readiness_rows))


def check_rows(found: pl.DataFrame, wanted: list[dict[str, Any]]) -> None:
    """Row by row, because the difference of two long lists takes long to explain."""
    assert found.height == len(wanted)
    for row, expected in zip(found.iter_rows(named=True), wanted, strict=True):
        assert row == expected


def _join(cards: list[Scorecard], rows: Callable[[Scorecard], Iterable[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [_keys(card) | row for card in cards for row in rows(card)]


def _keys(card: Scorecard) -> dict[str, Any]:
    organisation = card.assessment.organisation
    return {
        "organisation": organisation.name,
        "kind": organisation.kind,
        "reference": organisation.reference,
        "group": organisation.group,
        "date": card.assessment.date,
        "questionnaire": card.assessment.questionnaire,
    }


def _score_row(card: Scorecard) -> dict[str, Any]:
    found = card.to_dict()
    about = {"standard": card.standard.id, "version": card.standard.version, "hash": card.standard.hash}
    return _keys(card) | about | _set(found["overall"])


def _set(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in SET} | {f"level_{k.lower()}": n for k, n in found["levels"].items()}


def _theme_rows(card: Scorecard) -> Iterable[dict[str, Any]]:
    return ({"theme": theme["id"], "title": theme["title"]} | _set(theme) for theme in card.to_dict()["themes"])


def _gap_rows(card: Scorecard) -> Iterable[dict[str, Any]]:
    for found, priority in zip(card.to_dict()["priorities"], card.priorities, strict=True):
        yield {
            **found,
            "rank": priority.rank,
            "theme": card.standard.theme_of[priority.practice.id].id,
            "level": str(found["level"]),
            "shortfall": priority.shortfall,
        }


def _readiness_rows(card: Scorecard) -> Iterable[dict[str, Any]]:
    for source in card.to_dict()["readiness"]:
        for requirement in source["requirements"]:
            yield {
                "source": source["source"],
                "requirement": requirement["id"],
                "label": requirement["label"],
                "status": requirement["status"],
            }
