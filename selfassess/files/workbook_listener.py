"""Hearing the XML of one part of a workbook, and stopping at what goes beyond a bound."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

__all__ = [
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_DEPTH",
    "MAX_ELEMENTS",
    "MAX_ONE_TEXT",
    "MAX_ROWS",
    "MAX_TEXT",
    "SAVE_AGAIN",
    "Book",
    "Odd",
    "Part",
    "Unsaved",
    "Unusable",
]

MAX_ROWS = 300_000
"""The longest sheet; a long table of as many rows reaches the bound of an archive."""

MAX_COLUMNS = 1_000

MAX_CELLS = 2_000_000
"""The most cells of all sheets together, each counted as the rectangle from A1 to its last row and column."""

MAX_ELEMENTS = 6_000_000
"""The most elements of XML; a cell is two or three of them."""

MAX_TEXT = 100_000_000
"""The most characters in all cells together."""

MAX_ONE_TEXT = 100_000
"""The longest text in one piece; a cell of Excel holds a third of it."""

MAX_DEPTH = 40

Odd: TypeAlias = dict[tuple[int, int], str]
"""The text of cells that the reader would show as empty, by row and column from 0."""

SAVE_AGAIN = "Open it in Excel or LibreOffice and save it again as .xlsx"
_SMALLER = "Split it, save it as .csv, or clear rows and columns that are not needed"

_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""The byte order marks of UTF-16, which the parser follows whatever it is told."""

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

_HYPERLINK = "/hyperlink"
"""The one kind of link out of a workbook that is let be: spreadsheets make one of every web address that is typed, and
nothing here follows it."""


class Unsaved(str):
    """The text of a formula whose value was not saved, so that nobody can tell what its cell says."""

    __slots__ = ()


class Unusable(Exception):  # noqa: N818 - carries a refusal to the one place that knows the file
    """Why a part cannot be used: problem and remedy."""


@dataclass
class Book:
    """What was learnt from the parts so far."""

    texts: list[int] = field(default_factory=list)
    """The length of each shared text."""
    sheets: list[tuple[str, str]] = field(default_factory=list)
    """The name and the relation of each sheet."""
    targets: dict[str, dict[str, str]] = field(default_factory=dict)
    """By part, where its relations lead."""
    odd: dict[str, Odd] = field(default_factory=dict)
    cells: int = 0
    elements: int = 0
    characters: int = 0


class Part:
    """Hears the elements of one part, keeps what is needed, and stops at what goes beyond a bound."""

    def __init__(self, book: Book, name: str) -> None:
        self._book, self._name = book, name
        self._depth = self._length = 0
        self._row = self._column = -1
        self._last_row = self._last_column = -1
        self._type = self._text = self._formula = ""
        self._holds: set[str] = set()
        self._starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "sheet": self._start_sheet,
            "si": self._start_text,
            "Relationship": self._start_relation,
        }
        self._ends = {
            "v": self._end_value,
            "t": self._end_run,
            "f": self._end_formula,
            "si": self._end_text,
            "c": self._end_cell,
        }

    def listen(self, content: bytes) -> None:
        """Parse the part; it must be UTF-8, because that is all the reader takes."""
        if content.startswith(_OTHER_MARKS):
            raise Unusable("has a part that is not UTF-8", SAVE_AGAIN)
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.Parse(content, True)  # noqa: FBT003 - the parser takes it by place only
        self._count_cells()

    def _refuse_doctype(self, *_: object) -> None:
        raise Unusable("declares a document type, which no workbook does", SAVE_AGAIN)

    def _hear(self, text: str) -> None:
        self._text += text
        if len(self._text) > MAX_ONE_TEXT:
            raise Unusable(f"has a text of more than {MAX_ONE_TEXT:,} characters", "Shorten it")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._book.elements += 1
        if self._depth > MAX_DEPTH:
            raise Unusable(f"is nested more than {MAX_DEPTH} deep", SAVE_AGAIN)
        if self._book.elements > MAX_ELEMENTS:
            raise Unusable(f"has more than {MAX_ELEMENTS:,} elements of XML", _SMALLER)
        self._text = ""
        handle = self._starts.get(name) or self._starts.get(name.rpartition(":")[2])
        if handle:
            handle(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        handle = self._ends.get(name) or self._ends.get(name.rpartition(":")[2])
        if handle:
            handle()
        self._text = ""

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = _place(attributes["r"])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._formula, self._length, self._holds = "", 0, set()

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        name = attributes.get("name", "")
        if name in (known for known, _ in self._book.sheets):
            raise Unusable(f"has two sheets called “{name}”", SAVE_AGAIN)
        self._book.sheets.append((name, relation))

    def _start_text(self, _: dict[str, str]) -> None:
        self._length = 0

    def _start_relation(self, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") == "External" and not attributes.get("Type", "").endswith(_HYPERLINK):
            raise Unusable("takes something from outside", "Copy its cells as values into a new workbook")
        targets = self._book.targets.setdefault(self._name, {})
        targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _end_value(self) -> None:
        # Some programs write an empty value for a formula that they did not reckon; of a text it is a value.
        self._holds.add("value" if self._text or self._type == "str" else "nothing")
        shared = self._type == "s" and self._text.strip()
        self._length += self._book.texts[int(self._text)] if shared else len(self._text)
        if self._type == "e":
            self._note_odd(self._text)

    def _end_run(self) -> None:
        self._holds.add("value")
        self._length += len(self._text)

    def _end_formula(self) -> None:
        self._holds.add("formula")
        self._formula = f"={self._text}"

    def _end_text(self) -> None:
        self._book.texts.append(self._length)

    def _end_cell(self) -> None:
        if not self._holds:
            return
        if "formula" in self._holds and "value" not in self._holds:
            self._note_odd(Unsaved(self._formula))
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        self._book.characters += self._length
        if self._row >= MAX_ROWS:
            raise Unusable(f"has something in row {self._row + 1:,}; {MAX_ROWS:,} are read at most", _SMALLER)
        if self._column >= MAX_COLUMNS:
            raise Unusable(f"has more than {MAX_COLUMNS:,} columns", _SMALLER)
        if self._book.characters > MAX_TEXT:
            raise Unusable(f"holds more than {MAX_TEXT // 1_000_000} million characters", _SMALLER)

    def _note_odd(self, text: str) -> None:
        self._book.odd.setdefault(self._name, {})[self._row, self._column] = text

    def _count_cells(self) -> None:
        self._book.cells += (self._last_row + 1) * (self._last_column + 1)
        if self._book.cells > MAX_CELLS:
            raise Unusable(f"has more than {MAX_CELLS:,} cells", _SMALLER)


def _place(name: str) -> tuple[int, int]:
    """Row and column from 0 of a cell such as ``E14``."""
    found = _CELL.fullmatch(name)
    if found is None:
        raise ValueError(name)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1
