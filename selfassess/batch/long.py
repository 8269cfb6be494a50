"""Long tables: one row for each answer, the rows of an organisation in any order and anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from selfassess.batch.blocks import Block, BlockMaker, Rejection, join_cells
from selfassess.batch.codes import NOT_ANSWERED, UNREADABLE
from selfassess.batch.layout import KEYS, Layout
from selfassess.batch.rows import Row, RowReader, find_spoilt, fold, is_blank, shorten, text_of
from selfassess.batch.table import Table
from selfassess.errors import Fault

__all__ = ["LongReader"]


@dataclass(slots=True)
class _Held:
    """What the rows of one organisation have said so far.

    Attributes:
        row: Its first row.
        keys: The cells of that row that say whose it is.
        codes: The answer to each practice.
        rows: The row of each answer, by the practice's place.
    """

    row: int
    keys: dict[str, object]
    codes: list[int]
    notes: dict[int, str] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class LongReader:
    """Reads long tables against one standard."""

    def __init__(self, reader: RowReader, maker: BlockMaker) -> None:
        """Prepare what every table needs."""
        self._reader = reader
        self._maker = maker
        self._places = {fold(practice.id): at for at, practice in enumerate(reader.practices)}

    def read(self, table: Table, layout: Layout, *, remarks: bool = False) -> Iterator[Block | Rejection]:
        """Read a table; an organisation with a fault in any of its rows is rejected with all of them."""
        held: dict[tuple[str, ...], _Held] = {}
        for row, cells in table.rows():
            if not all(map(is_blank, cells)):
                self._add(held, layout, table, row, cells)
        found = [self._settle(item, table.shown_as) for item in held.values()]
        rows = (item for item in found if isinstance(item, Row))
        yield from self._maker.gather(table.shown_as, rows, remarks=remarks)
        refused = {key: item for key, item in zip(held, found, strict=True) if not isinstance(item, Row)}
        if refused:
            yield from self._reject(table, layout, {key: _by_row(faults) for key, faults in refused.items()})

    def group(self, table: Table, layout: Layout) -> Iterator[tuple[int, int, Sequence[object]]]:
        """Every row: the first row of its organisation, its own, and its cells."""
        first: dict[tuple[str, ...], int] = {}
        for row, cells in table.rows():
            if not all(map(is_blank, cells)):
                padded = [*cells, *[None] * (len(layout.header) - len(cells))]
                yield first.setdefault(_identity({k: padded[at] for k, at in layout.keys.items()}), row), row, cells

    def _add(
        self, held: dict[tuple[str, ...], _Held], layout: Layout, table: Table, row: int, cells: Sequence[object]
    ) -> None:
        width, there = len(layout.header), len(cells)
        cells = [*cells, *[None] * (width - there)]
        keys = {key: cells[at] for key, at in layout.keys.items()}
        identity = _identity(keys)
        item = held.get(identity)
        if item is None:
            item = held[identity] = _Held(row, keys, [NOT_ANSWERED] * len(self._reader.practices))
        if (there < width and table.full_rows) or not all(map(is_blank, cells[width:])):
            problem = f"has {there} cells where the header has {width}"
            remedy = "Look for a separator or a quotation mark too many or too few"
            item.faults.append(Fault(table.shown_as, row, "", problem, remedy))
            return
        spoilt = [(layout.header[at].strip(), *said) for at, *said in find_spoilt(cells)]
        if spoilt:
            item.faults.extend(Fault(table.shown_as, row, *said) for said in spoilt)
            return
        self._compare_keys(item, keys, table.shown_as, row)
        self._add_answer(item, {name: cells[at] for name, at in layout.long.items()}, table.shown_as, row)

    def _compare_keys(self, item: _Held, keys: dict[str, object], shown_as: str, row: int) -> None:
        for key, cell in keys.items():
            said, before = text_of(cell), text_of(item.keys[key])
            if said and not before:
                item.keys[key] = cell
            elif said and fold(said) != fold(before):
                problem = f"says “{said[:60]}”, but an earlier row of the organisation says “{before[:60]}”"
                item.faults.append(Fault(shown_as, row, key, problem, "Write the same in all its rows"))

    def _add_answer(self, item: _Held, cells: dict[str, object], shown_as: str, row: int) -> None:
        name = text_of(cells["practice"])
        at = self._places.get(fold(name))
        if at is None:
            problem = f"says “{name[:60]}”, which is no practice of this standard" if name else "is empty"
            remedy = f"Use an id such as {self._reader.practices[0].id}"
            item.faults.append(Fault(shown_as, row, "practice", problem, remedy))
            return
        if at in item.rows:
            problem = f"answers {self._reader.practices[at].id}, as row {item.rows[at]} does"
            item.faults.append(Fault(shown_as, row, "practice", problem, "Keep one of the two"))
            return
        code = self._reader.decode(cells["level"])
        if code == UNREADABLE:
            item.faults.append(Fault(shown_as, row, "level", *self._reader.unreadable(cells["level"])))
        item.codes[at], item.rows[at] = code, row
        note = text_of(cells.get("note"))
        if note:
            item.notes[at] = note

    def _settle(self, item: _Held, shown_as: str) -> Row | list[Fault]:
        keys, said = self._reader.read_keys(item.keys)
        item.faults.extend(Fault(shown_as, item.row, *fault) for fault in said)
        if keys:
            row_of = {practice.id: item.rows.get(at, item.row) for at, practice in enumerate(self._reader.practices)}
            item.faults.extend(
                Fault(shown_as, row_of[place], place, problem, remedy)
                for place, problem, remedy in self._reader.find_misplaced(keys, item.codes, item.notes, "note")
            )
        if item.faults or keys is None:
            return sorted(item.faults)
        return self._reader.build(item.row, keys, item.codes, item.notes)

    def _reject(
        self, table: Table, layout: Layout, refused: dict[tuple[str, ...], dict[int, list[Fault]]]
    ) -> Iterator[Rejection]:
        """Every row of the organisations that were refused, read once more."""
        for row, cells in table.rows():
            if all(map(is_blank, cells)):
                continue
            padded = [*cells, *[None] * (len(layout.header) - len(cells))]
            faults = refused.get(_identity({key: padded[at] for key, at in layout.keys.items()}))
            if faults is not None:
                name = text_of(padded[layout.keys["organisation"]])
                yield _reject_row(table.shown_as, row, name, faults, layout.header, cells)


def _reject_row(
    shown_as: str,
    row: int,
    name: str,
    faults: dict[int, list[Fault]],
    header: tuple[str, ...],
    cells: Sequence[object],
) -> Rejection:
    own = faults.get(row, [])
    because = f"Not scored, because row {next(iter(faults))} of the same organisation has a fault."
    return Rejection(shown_as, row, name, tuple(shorten(own, len(own))), header, join_cells(cells), because)


def _by_row(faults: Iterable[Fault]) -> dict[int, list[Fault]]:
    """Faults by their row, the first row first."""
    found: dict[int, list[Fault]] = {}
    for fault in sorted(faults):
        found.setdefault(fault.line, []).append(fault)
    return found


def _identity(keys: dict[str, object]) -> tuple[str, ...]:
    """By what the rows of one organisation are known: its reference, or else its name and kind."""
    texts = {key: fold(text_of(keys.get(key))) for key in KEYS[:3]}
    return (texts["reference"],) if texts["reference"] else (texts["organisation"], texts["kind"])
