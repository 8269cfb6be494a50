"""Pages of long lists."""

from __future__ import annotations

import pytest

from webapp.store.paging import PAGE_SIZE, cut_page


@pytest.mark.parametrize(
    ("total", "number", "pages", "first", "last"),
    [
        (0, 1, 1, 1, 0),
        (1, 1, 1, 1, 1),
        (50, 9, 1, 1, 50),
        (51, 2, 2, 51, 51),
        (500, 10, 10, 451, 500),
        (120, -4, 3, 1, 50),
    ],
)
def test_page_knows_its_place(total: int, number: int, pages: int, first: int, last: int) -> None:
    page = cut_page(tuple(range(total)), number=number)
    assert (page.pages, page.first, page.last, page.total) == (pages, first, last, total)
    assert len(page.items) <= PAGE_SIZE
