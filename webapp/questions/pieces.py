"""The fixed markup of a practice, rendered once and cut where its changing texts belong.

A template marks such a place with ``slot("name")``. The rendered text is cut at the marks, so that a page only puts
texts between pieces that are there already. Pieces are UTF-8 from the beginning, because a page of theirs goes out as
bytes, and to encode all of it again takes as long as to put it together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from webapp.questions.fields import QuestionField

__all__ = ["Pieces", "compile_pieces", "cut_pieces", "get_pieces", "mark", "render_plain"]

_CUT = "\x00"
"""Stands around a slot's name; no text of a standard can hold it."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Fixed markup at the even places, and at the odd ones room for the texts that `names` calls."""

    parts: tuple[bytes, ...]
    names: tuple[str, ...]

    def fill(self, texts: Mapping[str, str | bytes]) -> bytes:
        """The markup with texts, already escaped, in their places."""
        parts = list(self.parts)
        parts[1::2] = [
            text if isinstance(text, bytes) else text.encode() for text in map(texts.__getitem__, self.names)
        ]
        return b"".join(parts)


def compile_pieces(template: str, **values: object) -> Pieces:
    """Render the fixed markup of a template and cut it at its slots."""
    return cut_pieces(render_plain(template, **values))


def cut_pieces(markup: str) -> Pieces:
    """Cut markup where it is marked; see `mark`."""
    cut = _INDENT.sub("\n", markup).split(_CUT)
    return Pieces(tuple(part.encode() for part in cut), tuple(cut[1::2]))


# About 10 kB each: a few for every practice of two standards, and at the most some 20 MB.
@lru_cache(maxsize=2048)
def get_pieces(
    template: str, field: QuestionField, shown: frozenset[str], messages: tuple[tuple[str, str], ...] = ()
) -> Pieces:
    """The markup of a practice, kept for the next page.

    Args:
        template: The template's name.
        field: The practice.
        shown: Which of the optional parts are there.
        messages: What is wrong, by input; the same few things are wrong again and again.
    """
    return compile_pieces(template, field=field, shown=shown, messages=dict(messages))


def render_plain(template: str, **values: object) -> str:
    """Render one of the templates of this package."""
    return _environment().get_template(template).render(values)


_INDENT = re.compile(r"\n\s*")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("webapp.questions"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["slot"] = mark
    return environment


def mark(name: str) -> Markup:
    """Room for a text, to be rendered in its place."""
    return Markup(f"{_CUT}{name}{_CUT}")  # noqa: S704 - names are ours
