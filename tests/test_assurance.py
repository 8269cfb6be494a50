"""The pages in docs/assurance and the code say the same."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import JSON, LargeBinary, Text

from tests.figures import Figure
from webapp.db.tables import Base

ROOT = Path(__file__).parent.parent
ASSURANCE = ROOT / "docs/assurance"
PAGES = sorted([*ASSURANCE.glob("*.md"), ROOT / "SECURITY.md"])

MET, DOES_NOT_APPLY, NOT_MET = "met", "not applicable", "not met"

REQUIREMENTS = """
2.1.1-12 2.2.1-3 2.3.1-3 2.4.1-5 2.5.1-7 2.6.1-3 2.7.1-6 2.8.1-7 2.9.1-3 2.10.1-4
3.1.1 3.2.1-4 3.3.1-4 3.4.1-5 3.5.1-3 3.7.1
4.1.1-3 4.1.5 4.2.1-2 4.3.1-3
5.1.1-5 5.2.1-8 5.3.1-10 5.4.1-3 5.5.1-4
7.1.1-4 7.2.1-2 7.3.1 7.3.3-4 7.4.1-3
8.1.1-4 8.2.1-3 8.3.1-8
12.1.1-3 12.2.1 12.3.1-6 12.4.1-2 12.5.1-2 12.6.1
13.1.1 13.1.3-5 13.2.1-3 13.2.5-6 13.3.1-2 13.4.1-2
14.1.1-4 14.2.1-6 14.3.2-3 14.4.1-7 14.5.1-4
"""
"""Those of ASVS 4.0.3 at level 1 or 2, in the chapters that the page is about; what it deleted is left out."""

NUMBER = 188
OF_THEM_ONLY_AT_LEVEL_2 = 72


def spell_out(ranges: str) -> list[str]:
    """Every id of ranges as “2.1.1-12”."""
    ids = []
    for span in ranges.split():
        section, _, last = span.rpartition(".")
        first, _, end = last.partition("-")
        ids += [f"{section}.{number}" for number in range(int(first), int(end or first) + 1)]
    return ids


def rows_of(page: str) -> list[list[str]]:
    """The cells of every row of a page's tables, without headings."""
    lines = [line for line in read(page).splitlines() if line.startswith("|")]
    below = [*lines[1:], ""]
    kept = [line for line, next_line in zip(lines, below, strict=True) if not (line + next_line[:4]).count("|--")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in kept]


def read(page: str) -> str:
    return (ASSURANCE / page).read_text(encoding="utf-8")


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def asvs() -> list[list[str]]:
    return [row for row in rows_of("asvs.md") if re.fullmatch(r"[\d.]+", row[0])]


def test_every_requirement_of_the_standard_has_its_row() -> None:
    wanted = spell_out(REQUIREMENTS)
    assert len(wanted) == NUMBER
    assert [row[0] for row in asvs()] == wanted
    assert Counter(row[1] for row in asvs()) == {"1": NUMBER - OF_THEM_ONLY_AT_LEVEL_2, "2": OF_THEM_ONLY_AT_LEVEL_2}


def test_every_requirement_has_a_state_and_a_reason(figure: Figure) -> None:
    states = Counter(row[3] for row in asvs())
    assert set(states) == {MET, DOES_NOT_APPLY, NOT_MET}
    assert all(len(row) == 6 and len(row[2]) > 15 and len(row[4]) > 5 for row in asvs())
    told = re.search(r"\*\*(\d+) are met, (\d+) do not apply and (\d+) are not met\*\*", read("asvs.md"))
    assert told
    assert [int(number) for number in told.groups()] == [states[MET], states[DOES_NOT_APPLY], states[NOT_MET]]
    figure("ASVS requirements met", states[MET])
    figure("ASVS requirements that do not apply", states[DOES_NOT_APPLY])
    figure("ASVS requirements not met", states[NOT_MET])


def test_nothing_is_met_without_a_test() -> None:
    named = re.compile(r"`tests/[\w/]+\.py::test_\w+`")
    for row in asvs():
        assert bool(named.findall(row[5])) == (row[3] == MET), row[0]
        assert row[5] == "no test" or not named.sub("", row[5]).strip(", "), row[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_file_and_test_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for path, name in re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", text):
        assert (ROOT / path).is_file(), path
        assert name in names_in(ROOT / path), f"{path}::{name}"
    for path in re.findall(r"`((?:webapp|selfassess|tests|script|docs|deploy|requirements)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    for link in re.findall(r"\]\(([^):]+)\)", text):
        assert (page.parent / link).is_file(), link


def test_every_threat_says_how_it_is_met_by_which_test_and_what_remains(figure: Figure) -> None:
    threats = [row for row in rows_of("threats.md") if re.match(r"T\d+ ", row[0])]
    assert [row[0].split()[0] for row in threats] == [f"T{number}" for number in range(1, len(threats) + 1)]
    actors = {row[0] for row in rows_of("threats.md") if re.fullmatch(r"P\d+", row[0])}
    assert len(threats) >= 15
    for threat in threats:
        assert len(threat) == 6, threat[0]
        assert set(threat[2].split()) <= actors, threat[0]
        assert "::test_" in threat[4], threat[0]
    assert actors == {actor for threat in threats for actor in threat[2].split()}
    figure("tests named by threats", len(set(re.findall(r"::test_\w+", read("threats.md")))))


KINDS = ("direct", "free text", "whose", "other")


def classified() -> dict[str, dict[str, list[str]]]:
    """By table and kind, the columns that the page names."""
    tables = [row for row in rows_of("data-protection.md") if len(row) == 5 and re.fullmatch(r"`\w+`", row[0])]
    assert len({row[0] for row in tables}) == len(tables)
    return {
        row[0].strip("`"): {kind: re.findall(r"`(\w+)`", cell) for kind, cell in zip(KINDS, row[1:], strict=True)}
        for row in tables
    }


def test_every_column_of_the_database_is_classified(figure: Figure) -> None:
    told = {table: sorted(name for names in kinds.values() for name in names) for table, kinds in classified().items()}
    there = {table.name: sorted(column.name for column in table.columns) for table in Base.metadata.sorted_tables}
    assert told == there
    figure("columns of the database classified", sum(len(names) for names in told.values()))


def test_column_that_can_hold_text_or_names_somebody_is_not_passed_over() -> None:
    for table in Base.metadata.sorted_tables:
        kinds = classified()[table.name]
        for column in table.columns:
            is_person = any(key.column.table.name == "user_account" for key in column.foreign_keys)
            assert not is_person or column.name in kinds["whose"], f"{table.name}.{column.name}"
            can_hold_anything = isinstance(column.type, Text | JSON | LargeBinary) and table.name != "standard_copy"
            assert not can_hold_anything or column.name in kinds["free text"], f"{table.name}.{column.name}"


def as_words(value: object) -> set[str]:
    """A time as a page may say it."""
    seconds = int(value.total_seconds()) if isinstance(value, timedelta) else 0
    units = {"minutes": 60, "hours": 3600, "days": 86400}
    return {f"{seconds // size} {unit}" for unit, size in units.items() if seconds and seconds % size == 0}


UNITS = {"HOURS": "hours", "DAYS": "days", "session_minutes": "minutes"}


def value_of(place: str) -> set[str]:
    """What the code says at a place like ``webapp.store.held.HOURS``, in words."""
    *module, name = place.split(".")
    if module[-1] == "Settings":
        settings = importlib.import_module(".".join(module[:-1])).Settings
        return {f"{settings.model_fields[name].default} {UNITS[name]}"}
    value = getattr(importlib.import_module(".".join(module)), name)
    return {f"{value} {UNITS[name]}"} if isinstance(value, int) else as_words(value)


def times() -> list[list[str]]:
    """What is kept, for how long, and where the code says so."""
    return [row for row in rows_of("data-protection.md") if len(row) == 3 and row[2].startswith("`webapp.")]


def test_retention_times_are_those_of_the_code() -> None:
    assert len(times()) >= 10
    for what, how_long, place in times():
        there = value_of(place.strip("`"))
        assert how_long in there, f"{what}: the page says {how_long}, {place} says {there}"


def test_every_time_after_which_something_is_deleted_is_told() -> None:
    told = {place.strip("`").rpartition(".")[2] for _, _, place in times()}
    modules = [importlib.import_module(name) for name in ("webapp.commands.purge", "webapp.store.people")]
    there = {name for module in modules for name in vars(module) if name.endswith("_FOR")}
    assert len(there) >= 3
    assert not there - told


def figures_of(path: Path) -> set[str]:
    """The names of the figures that a file's tests earn; “…” stands for what changes in a name."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    names = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "figure"]
    return {spelled for name in names if (spelled := _spell(name))}


def _spell(name: ast.expr) -> str | None:
    if isinstance(name, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in name.values)
    return str(name.value) if isinstance(name, ast.Constant) else None


OF_WHOLE_RUNS = {("tests passed on PostgreSQL", ".ci/run"), ("inputs tried by the fuzzer in its minute", "script/fuzz")}
"""Figures that no single test earns."""


def test_every_figure_is_told_with_the_tests_that_earn_it() -> None:
    told = {(row[0], row[2].strip("`")) for row in rows_of("figures.md")}
    tests = [path for path in (ROOT / "tests").glob("**/test_*.py") if path.name != "test_figures.py"]
    earned = {(name, str(path.relative_to(ROOT))) for path in tests for name in figures_of(path)}
    assert len(earned) >= 5
    assert told == earned | OF_WHOLE_RUNS
    assert all(any(character.isdigit() for character in row[1]) for row in rows_of("figures.md"))
