"""A scorecard in a notebook: what it says, and that nothing typed becomes HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from selfassess.model.answer import NA
from selfassess.notebook import _name
from selfassess.reports.words import RATING_WORDS
from selfassess.scorecard import Scorecard
from selfassess.scoring import Rating
from tests.builders import make_practice, make_standard, score_answers
from tests.test_scorecard import small_standard


class Table(HTMLParser):
    """The rows of a table, its caption as the first; whatever is not closed or not of a table fails."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"table", "caption", "thead", "tbody", "tr", "th", "td"}
        assert {name for name, _ in attrs} <= {"class", "scope"}
        self.open.append(tag)
        if tag in {"caption", "tr"}:
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.rows[-1].append(data)


def draw(card: Scorecard) -> list[list[str]]:
    return Table(card._repr_html_()).rows


def test_table_has_every_theme_and_all_of_them_together() -> None:
    card = score_answers(small_standard(), {"AA-01": 2, "AA-02": 0})
    caption = (
        "Example Club: A tiny standard. 1 of 3 met, 1 gap, 1 not answered. Rating: Starting (fewer than half of the "
        "practices that apply are met). The score is provisional until everything is answered."
    )
    assert draw(card) == [
        [caption],
        ["Theme", "Answered", "Met", "Score", "Rating"],
        ["Theme safety", "2 of 2", "1 of 2", "40", "Developing"],
        ["Theme welcome", "0 of 1", "0 of 1", "0 (provisional)", "Not assessed"],
        ["All themes", "2 of 3", "1 of 3", "33 (provisional)", "Starting"],
    ]


def test_everything_answered_is_not_provisional_and_what_does_not_apply_has_no_score() -> None:
    rows = draw(score_answers(small_standard(), {"AA-01": 3, "AA-02": 3, "BB-01": NA}))
    assert "provisional" not in rows[0][0]
    assert rows[3] == ["Theme welcome", "1 of 1", "0 of 0", "–", "Not assessed"]
    assert rows[-1][3:] == ["100", "Established"]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "A & B", "\"'>", "</table>", "$x$", "&lt;b&gt;"])
def test_names_are_shown_as_they_were_typed(name: str) -> None:
    (caption,), *_ = draw(score_answers(small_standard(), {}, name=name))
    assert caption.startswith(f"{name}: ")


def test_standard_that_asks_nothing_has_only_the_last_row() -> None:
    rows = draw(score_answers(make_standard([make_practice("AA-01", kinds=["club"])]), {}, kind="school"))
    assert [row[0] for row in rows[1:]] == ["Theme", "All themes"]


@pytest.mark.parametrize("rating", Rating)
def test_ratings_have_the_words_of_the_reports(rating: Rating) -> None:
    assert _name(rating) == RATING_WORDS[rating]
