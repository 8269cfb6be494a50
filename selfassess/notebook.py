"""A scorecard as a notebook shows it: one small table of plain HTML, without a style of its own.

What people typed is escaped here, by the standard library, so that a scorecard needs no template engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from selfassess.explanation import RATING_RULES, round_half_up
from selfassess.scoring import Rating, SetScore, ThemeScore

__all__ = ["draw_scores"]

_HEADINGS = ("Theme", "Answered", "Met", "Score", "Rating")


def draw_scores(title: str, overall: SetScore, themes: Iterable[ThemeScore]) -> str:
    """The scores of an assessment as HTML.

    Args:
        title: Whose they are; it may hold any text.
        overall: The whole questionnaire.
        themes: The themes, in the order in which they are shown.
    """
    body = "".join(_row(_cells(item.theme.title, item.result)) for item in themes)
    # The classes keep notebooks from reading formulas into a name with dollar signs.
    return (
        '<table class="tex2jax_ignore mathjax_ignore">'
        f"<caption>{escape(title)}. {escape(_sum_up(overall))}</caption>"
        f"<thead>{_row(_HEADINGS, heading=True)}</thead>"
        f"<tbody>{body}{_row(_cells('All themes', overall))}</tbody></table>"
    )


def _sum_up(overall: SetScore) -> str:
    """Counts before percentages, the rating with its rule, and whether the score may still change."""
    gaps = f"{overall.gaps} gap{'' if overall.gaps == 1 else 's'}"
    counts = f"{overall.met} of {overall.applicable} met, {gaps}, {overall.unanswered} not answered."
    rating = f"Rating: {_name(overall.rating)} ({RATING_RULES[overall.rating]})."
    provisional = " The score is provisional until everything is answered." if overall.is_provisional else ""
    return f"{counts} {rating}{provisional}"


def _cells(name: str, result: SetScore) -> Sequence[str]:
    score = "–" if result.score is None else str(round_half_up(result.score))
    return (
        name,
        f"{result.answered} of {result.asked}",
        f"{result.met} of {result.applicable}",
        f"{score} (provisional)" if result.is_provisional else score,
        _name(result.rating),
    )


def _name(rating: Rating) -> str:
    return rating.value.replace("_", " ").capitalize()


def _row(cells: Sequence[str], *, heading: bool = False) -> str:
    first, *others = map(escape, cells)
    tag, scope = ("th", "col") if heading else ("td", "row")
    rest = "".join(f"<{tag} scope=col>{cell}</{tag}>" if heading else f"<td>{cell}</td>" for cell in others)
    return f"<tr><th scope={scope}>{first}</th>{rest}</tr>"
