from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.batch.cells import find_cells, find_last_end

CELLS = st.text(alphabet='ab2 ",;\n\té', max_size=6)


def read_cells(data: bytes, width: int) -> list[list[str]] | None:
    found = find_cells(data, ",", width)
    if found is None:
        return None
    pairs = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    return [[data[s:e].decode() for s, e in zip(starts, ends, strict=True)] for starts, ends in pairs]


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), quoting=st.sampled_from([0, 1]))
def test_table_that_was_written_well_is_read_as_it_was_meant(rows: list[list[str]], quoting: int) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL if quoting else csv.QUOTE_MINIMAL, lineterminator="\n").writerows(rows)
    assert read_cells(text.getvalue().encode(), 3) == [[cell.replace('"', '""') for cell in row] for row in rows]


@given(text=st.text(alphabet='a,"\n', max_size=12))
def test_any_text_is_read_as_the_csv_module_reads_it_or_not_at_all(text: str) -> None:
    data = f"{text}\n".encode()
    found = find_cells(data, ",", 2)
    if found is not None:
        rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
        assert len(found.bounds) == len(rows)
        assert [len(row) == 2 for row in rows] == [at in found.regular for at in range(len(rows))]
        for at, cells in zip(found.regular.tolist(), read_cells(data, 2) or [], strict=True):
            assert [cell.replace('""', '"') for cell in cells] == rows[at]


@pytest.mark.parametrize("row", ['5" pipe,2', 'a "b,c', '"a"b,c', '"a,b'])
def test_quotation_mark_in_the_middle_of_a_cell_is_left_to_a_slower_reader(row: str) -> None:
    assert find_cells(f"{row}\n".encode(), ",", 2) is None


def test_rows_with_another_number_of_cells_are_set_apart() -> None:
    found = find_cells(b"a,b\n\nc\nd,e\nf,g,h\n", ",", 2)
    assert found is not None
    assert (found.regular.tolist(), found.odd.tolist()) == ([0, 3], [1, 2, 4])


def test_carriage_return_at_the_end_of_a_row_is_no_part_of_its_last_cell() -> None:
    assert read_cells(b"a,b\r\n,\r\n", 2) == [["a", "b"], ["", ""]]


@pytest.mark.parametrize(
    ("data", "end"), [(b"a\nb\nc", 4), (b'"a\nb"\n"c\n', 6), (b'"a\nb', 0), (b"a", 0), (b'"a""\n"\nb', 7)]
)
def test_piece_is_cut_after_a_line_break_outside_quotation_marks(data: bytes, end: int) -> None:
    assert find_last_end(data) == end
