"""The pages of accounts, in a browser."""

from __future__ import annotations

from tests.webapp.browser.visitor import Visitor


def test_page_that_is_not_there_can_be_read_by_everybody(visitor: Visitor) -> None:
    visitor.go("/nothing-here").heading("Page not found")
