"""One row of a table, checked cell by cell: what it says, or everything that is wrong with it.

This is the rule for every table. What reads whole columns at once may only take short cuts to the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from selfassess.batch.codes import ANSWERED, NA_CODE, NOT_ANSWERED, UNREADABLE, asked_masks, decode_cell
from selfassess.batch.layout import KEYS, Layout
from selfassess.errors import Fault
from selfassess.files.days import read_day
from selfassess.files.workbooks import UNSAVED, Unsaved
from selfassess.model.answer import NA
from selfassess.model.practice import Practice
from selfassess.model.standard import Standard

__all__ = [
    "DEFAULT",
    "MAX_LENGTHS",
    "Keys",
    "Row",
    "RowReader",
    "find_spoilt",
    "fold",
    "is_blank",
    "shorten",
    "text_of",
]

DEFAULT = "full"
"""The questionnaire of those who name none."""

MAX_LENGTHS = {"organisation": 300, "reference": 100, "group": 200}
"""As the model allows them."""

REASONS_AT_MOST = 5
"""So many faults of a row are named; where every cell is wrong, what is wrong is the file."""


class Keys(NamedTuple):
    """Whose answers a row holds."""

    organisation: str
    kind: str
    reference: str | None
    group: str | None
    date: date | None
    questionnaire: str


@dataclass(frozen=True, slots=True)
class Row:
    """The answers of one organisation.

    Attributes:
        row: Where it stands in its file, counted from 1, header included; the line in a text file.
        codes: One for each practice of the standard; see `selfassess.batch.codes`.
        remarks: What was said besides the levels, by practice: ``note``, ``reason`` and ``evidence``.
    """

    row: int
    keys: Keys
    codes: bytes
    remarks: dict[str, dict[str, object]] = field(default_factory=dict)


class RowReader:
    """Reads rows against one standard."""

    def __init__(self, standard: Standard) -> None:
        """Prepare what every row needs."""
        self.standard = standard
        self.practices: tuple[Practice, ...] = tuple(standard.practices.values())
        kinds = _by_name({kind.id: kind.title for kind in standard.kinds.values()})
        questionnaires = _by_name({q.id: q.title for q in standard.questionnaires.values()})
        self._find_kind = lru_cache(maxsize=1024)(lambda text: kinds.get(fold(text)))
        self._find_questionnaire = lru_cache(maxsize=1024)(lambda text: questionnaires.get(fold(text)))
        self._decode = lru_cache(maxsize=4096, typed=True)(partial(decode_cell, standard=standard))
        self._not_asked = {
            pair: frozenset(at for at, asked in enumerate(mask.tolist()) if not asked)
            for pair, mask in asked_masks(standard).items()
        }
        self._names: dict[tuple[str, ...], list[str]] = {}
        labels = ", ".join(str(label) for label in standard.level_labels.values())
        self._levels = f"Use 0, 1, 2, 3, NA or DK, or one of: {labels}; or leave it empty"

    def decode(self, cell: object) -> int:
        """The code of a cell; see `decode_cell`."""
        try:
            return self._decode(cell)
        except TypeError:  # a list or the like, which cannot be looked up and is no level
            return UNREADABLE

    def find_kind(self, text: str) -> str | None:
        """The kind that is meant by its id or its title, in any case."""
        return self._find_kind(text)

    def find_questionnaire(self, text: str) -> str | None:
        """The questionnaire that is meant by its id or its title, in any case."""
        return self._find_questionnaire(text)

    def read(
        self,
        layout: Layout,
        shown_as: str,
        row: int,
        cells: Sequence[object],
        *,
        full: bool = False,
        known: Sequence[int] | None = None,
    ) -> Row | list[Fault] | None:
        """One row of a wide table.

        Args:
            layout: What the columns hold.
            shown_as: The name by which the person knows the file.
            row: Where the row stands, counted from 1.
            cells: What stands in it; missing cells at the end are empty.
            full: Whether a row that is too short is a fault, as it is where every cell is written out.
            known: The codes of its cells by the practices' places, as far as they are known already.

        Returns:
            What it says, or its faults; None for a row with nothing in it.
        """
        if all(map(is_blank, cells)):
            return None
        width = len(layout.header)
        if (len(cells) < width and full) or not all(map(is_blank, cells[width:])):
            problem = f"has {len(cells)} cell{'' if len(cells) == 1 else 's'} where the header has {width}"
            return [Fault(shown_as, row, "", problem, "Look for a separator or a quotation mark too many or too few")]
        if len(cells) < width:
            cells = [*cells, *[None] * (width - len(cells))]
        keys, said = self.read_keys({key: cells[at] for key, at in layout.keys.items()})
        codes = list(known) if known is not None else [UNREADABLE] * len(self.practices)
        unread = [at for at, code in enumerate(codes) if code == UNREADABLE]
        for at in unread:
            codes[at] = self.decode(cells[layout.levels[at]]) if at in layout.levels else NOT_ANSWERED
        unreadable = [at for at in unread if codes[at] == UNREADABLE]
        # Codes that are known come from bytes without such cells.
        spoilt = [] if known is not None else list(find_spoilt(cells))
        notes = {at: text for at, column in layout.notes.items() if (text := text_of(cells[column]))}
        placed = [*spoilt, *((self._column_of(layout, name), problem, remedy) for name, problem, remedy in said)]
        wrong = sorted(layout.levels[at] for at in unreadable)
        placed.extend(self._check_cells(layout, cells, wrong[:REASONS_AT_MOST]))
        if keys:
            misplaced = self.find_misplaced(keys, codes, notes)
            placed.extend((self._column_of(layout, name), problem, remedy) for name, problem, remedy in misplaced)
        if placed or keys is None:
            return self._name_faults(layout, shown_as, row, placed, wrong)
        return self.build(row, keys, codes, notes)

    def _column_of(self, layout: Layout, place: str) -> int:
        at = self.standard.position.get(place)
        return layout.keys[place] if at is None else layout.levels[at]

    def _check_cells(
        self, layout: Layout, cells: Sequence[object], unreadable: Iterable[int]
    ) -> Iterator[tuple[int, str, str]]:
        for column in layout.nameless:
            if not is_blank(cells[column]):
                yield column, f"says {_shown(cells[column])}, but has no name", _NAME_IT
        for column in unreadable:
            yield column, *self.unreadable(cells[column])

    def _name_faults(
        self,
        layout: Layout,
        shown_as: str,
        row: int,
        placed: Iterable[tuple[int, str, str]],
        wrong: Iterable[int],
    ) -> list[Fault]:
        """The first faults of a row from left to right, one for each cell, and how many more there are."""
        first: dict[int, tuple[str, str]] = {}
        for column, problem, remedy in placed:
            first.setdefault(column, (problem, remedy))
        columns = sorted(first)[:REASONS_AT_MOST]
        shown = [Fault(shown_as, row, self._name_column(layout, column), *first[column]) for column in columns]
        return shorten(shown, len(first.keys() | wrong))

    def _name_column(self, layout: Layout, column: int) -> str:
        names = self._names.get(layout.header)
        if names is None:  # the same header means the same columns
            names = self._names[layout.header] = self._name_columns(layout)
        return names[column]

    def _name_columns(self, layout: Layout) -> list[str]:
        names = [name.strip() or f"column {number}" for number, name in enumerate(layout.header, 1)]
        for at, column in layout.levels.items():
            names[column] = self.practices[at].id
        for key, column in layout.keys.items():
            names[column] = key
        return names

    def unreadable(self, cell: object) -> tuple[str, str]:
        """Problem and remedy of a cell that holds no level."""
        return f"says {_shown(cell)}, which is no level", self._levels

    def build(self, row: int, keys: Keys, codes: Sequence[int], notes: Mapping[int, str]) -> Row:
        """A row from the code of each practice, and notes by the practices' places."""
        remarks: dict[str, dict[str, object]] = {
            self.practices[at].id: {"reason" if codes[at] == NA_CODE else "note": note} for at, note in notes.items()
        }
        return Row(row, keys, bytes(codes), remarks)

    def read_keys(self, cells: Mapping[str, object]) -> tuple[Keys | None, list[tuple[str, str, str]]]:
        """Whose row it is; None where that cannot be told, and why, as place, problem and remedy."""
        texts = {key: text_of(cells.get(key)) for key in KEYS}
        kind = self.find_kind(texts["kind"])
        questionnaire = self.find_questionnaire(texts["questionnaire"] or DEFAULT)
        day = _read_day(cells.get("date")) if texts["date"] else None
        found = list(self._check_keys(texts, kind, questionnaire, day))
        if found or kind is None or questionnaire is None:
            return None, found
        texts_or_none = {key: texts[key] or None for key in ("reference", "group")}
        return Keys(texts["organisation"], kind, **texts_or_none, date=day, questionnaire=questionnaire), []

    def _check_keys(
        self, texts: Mapping[str, str], kind: str | None, questionnaire: str | None, day: date | None
    ) -> Iterator[tuple[str, str, str]]:
        if not texts["organisation"]:
            yield "organisation", "is empty", "Write the organisation’s name, or clear the row"
        for key, most in MAX_LENGTHS.items():
            if len(texts[key]) > most:
                yield key, f"is longer than {most} characters", "Shorten it"
        if kind is None:
            problem = f"says {_shown(texts['kind'])}, which is no kind of organisation here"
            yield "kind", problem if texts["kind"] else "is empty", f"Use one of: {', '.join(self.standard.kinds)}"
        if questionnaire is None:
            problem = f"says {_shown(texts['questionnaire'])}, which is no questionnaire of this standard"
            yield "questionnaire", problem, f"Use one of: {', '.join(self.standard.questionnaires)}"
        if texts["date"] and day is None:
            yield "date", f"says {_shown(texts['date'])}, which is no day", "Write it as 2026-11-21 or 21/11/2026"

    def find_misplaced(
        self, keys: Keys, codes: Sequence[int], notes: Mapping[int, str], note_column: str = "{} note"
    ) -> Iterator[tuple[str, str, str]]:
        """What the standard has no place for, as place, problem and remedy."""
        not_asked = self._not_asked[keys.kind, keys.questionnaire]
        for at in not_asked:
            if codes[at] in ANSWERED:
                practice = self.practices[at]
                yield practice.id, self._why_not_asked(practice, keys), "Clear the cell"
        if NA_CODE not in codes:
            return
        for at, practice in enumerate(self.practices):
            if codes[at] != NA_CODE or at in not_asked:
                continue
            if not practice.na_allowed:
                label = self.standard.level_labels[NA]
                yield practice.id, f"says “{label}”, which this practice does not allow", "Use 0, 1, 2, 3 or DK"
            elif not notes.get(at):
                remedy = f"Write the reason into the column “{note_column.format(practice.id)}”"
                yield practice.id, "says that it does not apply, without a reason", remedy

    def _why_not_asked(self, practice: Practice, keys: Keys) -> str:
        if practice.retired:
            return f"was retired on {practice.retired.on}"
        if keys.kind not in practice.applies_to:
            return f"has an answer, but is not asked of: {self.standard.kinds[keys.kind].title}"
        return f"has an answer, but is not in the questionnaire “{keys.questionnaire}”"


_NAME_IT = "Name the column in the header, or clear the cell"


def find_spoilt(cells: Sequence[object]) -> Iterator[tuple[int, str, str]]:
    """Cells of which nobody can tell what they say, whatever column they are in: column, problem and remedy."""
    if Unsaved in map(type, cells):
        yield from ((column, *UNSAVED) for column, cell in enumerate(cells) if isinstance(cell, Unsaved))
    for column, cell in enumerate(cells):
        if isinstance(cell, str) and "\0" in cell:
            yield column, "holds a NUL character, which no text has", "Type the cell again"


def shorten(faults: Sequence[Fault], count: int) -> list[Fault]:
    """The first `REASONS_AT_MOST` faults of a row, and how many more there are of ``count``."""
    shown = [*faults[:REASONS_AT_MOST]]
    if count > len(shown):
        more = count - len(shown)
        problem = f"and {more} more {'cell is' if more == 1 else 'cells are'} wrong in the row"
        shown.append(Fault(shown[0].file, shown[0].line, "", problem, "Look through all of it"))
    return shown


def text_of(cell: object) -> str:
    """The text of a cell, without spaces around; a whole number has no point, whatever a spreadsheet made of it."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _read_day(cell: object) -> date | None:
    return _read_day_text(cell) if isinstance(cell, str) else read_day(cell)


_read_day_text = lru_cache(maxsize=1024)(read_day)


def is_blank(cell: object) -> bool:
    """Whether nothing stands in a cell."""
    return not text_of(cell)


def _shown(cell: object) -> str:
    text = text_of(cell)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _by_name(titles: Mapping[str, str]) -> dict[str, str]:
    """The id for each way of naming something: its id or its title, in any case."""
    return {fold(name): key for key, title in titles.items() for name in (title, key)}


def fold(text: str) -> str:
    """A name without what does not matter: case, spaces around, hyphens and underscores for spaces."""
    return " ".join(text.replace("_", " ").replace("-", " ").split()).casefold()
