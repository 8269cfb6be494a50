"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, func, select

from webapp.db.work import session

__all__ = ["PAGE_SIZE", "Paged", "cut_page", "fetch_page"]

PAGE_SIZE = 50

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Paged(Generic[_Item]):
    """One page of a list.

    Attributes:
        number: Which page it is, from 1.
        total: How many there are on all pages.
    """

    items: tuple[_Item, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return _count_pages(self.total)

    @property
    def first(self) -> int:
        """The place of the first item in the whole list, from 1."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """The place of the last item in the whole list."""
        return self.first + len(self.items) - 1


def fetch_page(
    query: Select[*tuple[Any, ...]], make: Callable[[Row[*tuple[Any, ...]]], _Item], *, number: int
) -> Paged[_Item]:
    """One page of what a query finds; a number that is too large gives the last page.

    Args:
        query: What to find, in a complete order.
        make: Makes a record of a row.
        number: Which page, from 1.
    """
    total = session().scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = _bound(number, total)
    rows = session().execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Paged(tuple(make(row) for row in rows), number, total)


def cut_page(items: tuple[_Item, ...], *, number: int) -> Paged[_Item]:
    """One page of a list that is here as a whole."""
    number = _bound(number, len(items))
    return Paged(items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(items))


def _bound(number: int, total: int) -> int:
    return max(1, min(number, _count_pages(total)))


def _count_pages(total: int) -> int:
    return max(1, -(-total // PAGE_SIZE))
