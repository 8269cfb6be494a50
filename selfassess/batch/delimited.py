"""Text tables as people have them: whatever separates their cells and however their letters are encoded."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from selfassess.batch.cells import find_last_end
from selfassess.errors import AssessmentError, Fault

__all__ = ["Chunk", "DelimitedFile"]

CHUNK_BYTES = 4_000_000
"""So much is looked at in one piece; small enough to stay near the processor."""

MAX_RECORD_BYTES = 16_000_000
"""More without the end of a row is a quotation mark that was never closed."""

NUL_SHARE = 100
"""Where more than one byte in so many is NUL, the file is no text; a few are the fault of their rows."""

FEW_NULS = 10

# A cell may be as long as a row. The limit holds for the whole process, so it is only ever raised.
csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_BYTES))

_SEPARATORS = ",;\t|"
_WESTERN = "cp1252"
_SAVE_AS_UTF8 = "Save it as “CSV UTF-8”"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole rows of a table.

    Attributes:
        data: Their bytes, as UTF-8; every row is ended by a line break.
        offset: Where they start in the file.
    """

    data: bytes
    offset: int


class DelimitedFile:
    """A text table; opening it reads its header.

    Attributes:
        shown_as: The name by which the person knows the file.
        header: The cells of the first row that is not empty.
        header_row: The row of the header, counted from 1.
        separator: What stands between cells.
    """

    full_rows = True

    def __init__(self, path: Path, shown_as: str) -> None:
        """Read the header.

        Raises:
            AssessmentError: The file cannot be read, is empty, or is no text.
        """
        self.shown_as = shown_as
        self.separator = ","
        self._path = path
        self._text: bytes | None = None
        start = self._read_start()
        self._body, self.header_row, self.header = self._read_header(start)

    def rows(self, offset: int | None = None, row: int | None = None) -> Iterator[tuple[int, Sequence[object]]]:
        """Every row after the header, or from a place on, read letter by letter.

        Raises:
            AssessmentError: A quotation mark is never closed.
        """
        row = self.header_row + 1 if row is None else row
        with self._open() as stream:
            stream.seek(self._body if offset is None else offset)
            text = io.TextIOWrapper(stream, self.encoding, newline="")
            reader = csv.reader(text, delimiter=self.separator)
            try:
                for cells in reader:
                    yield row, cells
                    row += 1
            except csv.Error:
                cause = f"a cell that does not end, or is longer than {MAX_RECORD_BYTES:,} characters"
                problem = f"has {cause}, so that no row of the file was read"
                remedy = "Look for a quotation mark that is never closed"
                raise AssessmentError([Fault(self.shown_as, row, "", problem, remedy)]) from None

    def chunks(self) -> Iterator[Chunk]:
        """The rows after the header in large pieces."""
        offset = self._body
        with self._open() as stream:
            stream.seek(offset)
            held = b""
            while block := stream.read(CHUNK_BYTES):
                held += block
                end = find_last_end(held)
                if not end and len(held) < MAX_RECORD_BYTES:
                    continue
                data, held = (held[:end], held[end:]) if end else (held, b"")
                yield Chunk(self._to_utf8(data), offset)
                offset += len(data)
            if held:
                yield Chunk(self._to_utf8(held) + b"\n", offset)

    @cached_property
    def encoding(self) -> str:
        """UTF-8, or Windows-1252 where the file is not that.

        Raises:
            AssessmentError: It is neither.
        """
        for encoding in ("utf-8", _WESTERN):
            if self._can_decode(encoding):
                return encoding
        raise self._refusal("is neither UTF-8 nor Windows-1252 text", _SAVE_AS_UTF8)

    def _can_decode(self, encoding: str) -> bool:
        decoder = codecs.getincrementaldecoder(encoding)()
        with self._open() as stream:
            try:
                while block := stream.read(CHUNK_BYTES):
                    if not block.isascii() or decoder.getstate()[0]:
                        decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return False
        return True

    def _to_utf8(self, data: bytes) -> bytes:
        if data.isascii() or self.encoding == "utf-8":
            return data
        return data.decode(self.encoding).encode()

    def _open(self) -> BinaryIO:
        return io.BytesIO(self._text) if self._text is not None else self._path.open("rb")

    def _read_start(self) -> bytes:
        """The first piece, without a mark of its encoding."""
        try:
            with self._path.open("rb") as stream:
                start = stream.read(CHUNK_BYTES)
                if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    self._text = (start + stream.read()).decode("utf-16").encode()
                elif b"\n" not in start and b"\r" in start:
                    # Line breaks of old; a spreadsheet may still write them.
                    self._text = (start + stream.read()).replace(b"\r", b"\n")
        except OSError as error:
            raise self._refusal(
                f"cannot be read: {error.strerror}", "Check the name and that you may open it"
            ) from None
        except UnicodeDecodeError:
            raise self._refusal("is not whole UTF-16 text", _SAVE_AS_UTF8) from None
        start = start if self._text is None else self._text[:CHUNK_BYTES]
        first_line = start.lstrip(b"\r\n").partition(b"\n")[0]
        if b"\0" in first_line or start.count(b"\0") > max(FEW_NULS, len(start) // NUL_SHARE):
            raise self._refusal("is no text", "Give a .csv, .xlsx, .parquet, .jsonl, .yaml or .json file")
        return start

    def _read_header(self, start: bytes) -> tuple[int, int, list[str]]:
        """Where the rows after the header start, the header's row and its cells."""
        mark = len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0
        encoding = "ascii" if start.isascii() else self.encoding
        lines = list(io.StringIO(start[mark:].decode(encoding, errors="ignore"), newline=""))
        self.separator, skipped = _tell_separator(lines)
        reader = csv.reader(lines[skipped:], delimiter=self.separator)
        for row, cells in enumerate(reader, skipped + 1):
            if any(cell.strip() for cell in cells):
                length = sum(len(line.encode(encoding)) for line in lines[: skipped + reader.line_num])
                return mark + length, row, cells
        raise self._refusal("is empty", "The first row names the columns: organisation, kind, …")

    def _refusal(self, problem: str, remedy: str) -> AssessmentError:
        return AssessmentError([Fault(self.shown_as, 0, "", problem, remedy)])


def _tell_separator(lines: Sequence[str]) -> tuple[str, int]:
    """What separates cells, and how many lines at the top only say so, as ``sep=;`` does to Excel."""
    first = next((line for line in lines if line.strip()), "")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], lines.index(first) + 1
    return max(_SEPARATORS, key=first.count), 0
