"""What every reader needs of a table, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

__all__ = ["Table"]


class Table(Protocol):
    """Any table that can be read row by row."""

    @property
    def shown_as(self) -> str:
        """The name by which the person knows it."""
        ...

    @property
    def full_rows(self) -> bool:
        """Whether every cell of a row is written out, so that a row that is too short has lost some."""
        ...

    @property
    def header(self) -> Sequence[object]:
        """The cells of the first row that is not empty."""
        ...

    @property
    def header_row(self) -> int:
        """Where the header stands, counted from 1."""
        ...

    def rows(self) -> Iterator[tuple[int, Sequence[object]]]:
        """Each row after the header: where it stands, counted from 1, and its cells."""
        ...
