"""The numbers of the first page."""

from __future__ import annotations

from webapp.pages.start import make_start
from webapp.store.standards import main_standard


def test_numbers_are_those_of_the_standard() -> None:
    standard = main_standard()
    start = make_start(standard)
    assert start.quick == len(standard.asked("quick-check", "prison"))
    assert start.full == len(standard.asked("full", "prison"))
    assert (start.themes, start.sources) == (len(standard.head.themes), len(standard.sources))
    assert [title for title, _ in start.kinds] == ["Prison", "Voluntary organisation"]
