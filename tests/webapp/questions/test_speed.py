"""The point of the pieces: a page of practices costs a small part of what the macros cost."""

from __future__ import annotations

from collections.abc import Callable
from timeit import repeat

from tests.webapp.questions.macros import render_macro
from webapp.questions.fields import QuestionField
from webapp.questions.fragments import render_theme
from webapp.questions.inputs import Inputs
from webapp.questions.pieces import get_pieces


def _seconds(action: Callable[[], object], number: int) -> float:
    return min(repeat(action, number=number, repeat=3)) / number


def test_answered_page_is_far_faster_than_the_radios_of_the_macros(fields: list[QuestionField]) -> None:
    page = fields[:12]
    answers = {field.id: Inputs("2", "A note & more. " * 20, "", "https://a.example/x", 3) for field in page}
    ours = _seconds(lambda: render_theme(page, answers), 20)
    macros = _seconds(lambda: [render_macro("radios", field, "2") for field in page], 1)
    # Some 400 times as fast where it was measured; a busy machine must not fail the test.
    assert ours * 20 < macros


def test_fixed_markup_is_rendered_once(fields: list[QuestionField]) -> None:
    render_theme(fields[:12], {})
    before = get_pieces.cache_info()
    render_theme(fields[:12], {field.id: Inputs(str(n % 4), f"Note {n}") for n, field in enumerate(fields[:12])})
    after = get_pieces.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 12)
