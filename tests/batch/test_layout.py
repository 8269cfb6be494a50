from __future__ import annotations

import pytest

from selfassess.batch.layout import SUGGESTED_AT_MOST, Layout, is_table_header, read_layout
from selfassess.model.standard import Standard


def layout_of(standard: Standard, *header: object) -> Layout:
    found = read_layout(header, standard, "a.csv", 1)
    assert isinstance(found, Layout)
    return found


def faults_of(standard: Standard, *header: object) -> list[str]:
    found = read_layout(header, standard, "a.csv", 1)
    assert isinstance(found, list)
    return [str(fault) for fault in found]


def test_columns_are_known_in_any_case_and_order(prison_standard: Standard) -> None:
    layout = layout_of(prison_standard, "lea-02", " KIND ", "LEA-01_Note", "Organisation", "LEA-01", "", None)
    assert layout.keys == {"organisation": 3, "kind": 1}
    assert (layout.levels, layout.notes, layout.nameless) == ({0: 4, 1: 0}, {0: 2}, (5, 6))


def test_long_table_is_told_by_its_columns(prison_standard: Standard) -> None:
    layout = layout_of(prison_standard, "organisation", "kind", "practice", "level")
    assert layout.long == {"practice": 2, "level": 3}


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        (
            ("organisation", "kind", "LEA-01", "LEA-99"),
            "a.csv:1: LEA-99: is no column of an assessment. Did you mean “LEA-0",
        ),
        (("organisation", "kind", "LEA-01", "Score"), "a.csv:1: Score: is no column of an assessment"),
        (("organisation", "kind", "LEA-01", "lea-01"), "a.csv:1: LEA-01: is there 2 times. Keep one of them."),
        (("organisation", "LEA-01"), "a.csv:1: kind: is not among the columns"),
        (("kind", "LEA-01"), "a.csv:1: organisation: is not among the columns"),
        (("organisation", "kind"), "a.csv:1: has no column of answers"),
        (("organisation", "kind", "practice"), "a.csv:1: level: is not among the columns"),
        (("organisation", "kind", "practice", "level", "LEA-01"), "a.csv:1: practice: is there beside columns"),
        (("organisation", "kind", "LEA-01", "LEA-01 note", "lea-01 NOTE"), "a.csv:1: LEA-01 note: is there 2 times"),
    ],
)
def test_header_that_cannot_be_meant_is_a_fault(prison_standard: Standard, header: tuple[str, ...], fault: str) -> None:
    (found,) = faults_of(prison_standard, *header)
    assert found.startswith(fault)


def test_every_fault_of_a_header_is_named(prison_standard: Standard) -> None:
    assert len(faults_of(prison_standard, "name", "sort", "LEA-1")) == 6


def test_only_a_row_that_names_who_answered_is_a_header() -> None:
    assert is_table_header(["Kind", None, 3])
    assert not is_table_header(["How to fill this in", None])


def test_nearest_columns_are_looked_for_a_few_times_only(prison_standard: Standard) -> None:
    names = [f"LEA-0{number}x" for number in range(1, 3 * SUGGESTED_AT_MOST)]
    faults = read_layout(["organisation", "kind", "LEA-01", *names], prison_standard, "a.csv", 1)
    assert isinstance(faults, list)
    assert [fault.place for fault in faults] == names
    suggested = [fault.remedy.startswith("Did you mean") for fault in faults]
    assert suggested == [at < SUGGESTED_AT_MOST for at in range(len(names))]
