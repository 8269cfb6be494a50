"""Practices as HTML: questions to answer, or answers to read; fast, because only the changing texts are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from markupsafe import Markup, escape

from selfassess.reports.view.common import show_evidence
from selfassess.reports.words import NOT_ANSWERED
from webapp.questions.fields import Option, QuestionField
from webapp.questions.inputs import Inputs, split_evidence
from webapp.questions.pieces import Pieces, compile_pieces, get_pieces, render_plain
from webapp.questions.posted import FieldErrors

__all__ = ["Link", "Slots", "as_markup", "render_practice", "render_scale", "render_theme"]


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Slots:
    """What a page knows of a practice besides its answer; all plain text, and left out where empty.

    Attributes:
        assigned: Who is to answer it.
        comments: As “2 comments”, and where they are.
        history: As “Earlier answers”, and where they are.
        changed_by: Who changed the answer last; shown with ``changed_at``.
        status: What the status line says, as “Saved at 3:15pm”.
    """

    assigned: str = ""
    comments: Link | None = None
    history: Link | None = None
    changed_by: str = ""
    changed_at: str = ""
    status: str = ""


_NOTHING = Inputs()
_BARE = Slots()


def render_theme(
    fields: Iterable[QuestionField],
    answers: Mapping[str, Inputs],
    errors: Mapping[str, FieldErrors] | None = None,
    slots: Mapping[str, Slots] | None = None,
    *,
    locked: bool = False,
) -> bytes:
    """The practices of a page, one section each, in UTF-8.

    Args:
        fields: What is asked, in order.
        answers: What stands in the inputs, by practice; a practice without is not answered.
        errors: What was wrong with a posted form, by practice; what was typed there goes before ``answers``.
        slots: What else the page knows, by practice.
        locked: Whether the answers can only be read.
    """
    errors, slots = errors or {}, slots or {}
    rendered = [
        render_practice(
            field, answers.get(field.id, _NOTHING), errors.get(field.id), slots.get(field.id, _BARE), locked=locked
        )
        for field in fields
    ]
    return b"".join(rendered)


def as_markup(rendered: bytes) -> Markup:
    """What this module rendered, for a template to put in its place."""
    return Markup(rendered.decode())  # noqa: S704 - every text in it was escaped


def render_practice(
    field: QuestionField,
    inputs: Inputs,
    errors: FieldErrors | None = None,
    slots: Slots = _BARE,
    *,
    locked: bool = False,
) -> bytes:
    """One practice as HTML; see `render_theme`."""
    if locked:
        return _render_locked(field, inputs, slots)
    inputs = errors.typed if errors else inputs
    names = _slot_names(slots)
    shown = names | _TO_CONFIRM if inputs.to_confirm else names
    return _question(field, shown, errors).fill(
        {
            **_checked(inputs.level),
            "version": b"%d" % inputs.version,
            "note": _escape_long(inputs.note),
            "reason": _escape_long(inputs.reason),
            "evidence": _escape_long(inputs.evidence),
            "confirmed": b" checked" if inputs.confirmed else b"",
            **_slot_texts(slots),
        }
    )


@lru_cache(maxsize=8)
def render_scale(scale: tuple[Option, ...], *, opened: bool = False) -> Markup:
    """What each answer means, to stand once on a page above the practices; see `webapp.questions.fields.scale_of`."""
    return Markup(render_plain("scale.html.jinja", scale=scale, opened=opened))  # noqa: S704 - from our template


_TO_CONFIRM = frozenset({"to_confirm"})


def _question(field: QuestionField, shown: frozenset[str], errors: FieldErrors | None) -> Pieces:
    messages = tuple(errors.messages.items()) if errors else ()
    return get_pieces("question.html.jinja", field, shown, messages)


def _checked(level: str) -> dict[str, bytes]:
    return _CHECKED.get(level, _UNKNOWN)


def _marks(chosen: str | None) -> dict[str, bytes]:
    return {f"checked:{value}": b" checked" if value == chosen else b"" for value in _VALUES}


_VALUES = ("0", "1", "2", "3", "DK", "NA", "")
_UNKNOWN = _marks(None)
# “No answer yet” is there to be chosen, and is never chosen beforehand.
_CHECKED = {value: _marks(value or None) for value in _VALUES}


def _render_locked(field: QuestionField, inputs: Inputs, slots: Slots) -> bytes:
    typed = {name for name in ("reason", "note", "evidence") if getattr(inputs, name)}
    return get_pieces("locked.html.jinja", field, _slot_names(slots) | typed).fill(
        {
            "label": _escape_short(field.labels.get(inputs.level, NOT_ANSWERED)),
            "note": _escape_long(inputs.note),
            "reason": _escape_long(inputs.reason),
            "evidence": _evidence(inputs.evidence),
            **_slot_texts(slots),
        }
    )


def _evidence(text: str) -> bytes:
    return b"\n".join(_piece_of_evidence(item) for item in split_evidence(text))


def _piece_of_evidence(item: str) -> bytes:
    shown = show_evidence(item)
    if shown.link is None:
        return _escape_long(item)
    return _link().fill({"url": escape(shown.link), "text": escape(item)})


@cache
def _link() -> Pieces:
    return compile_pieces("link.html.jinja")


def _slot_names(slots: Slots) -> frozenset[str]:
    """Which optional parts a page asks for."""
    if slots is _BARE:
        return _NO_NAMES
    there = {
        "assigned": slots.assigned,
        "changed": slots.changed_at,
        "comments": slots.comments,
        "history": slots.history,
    }
    return frozenset(name for name, value in there.items() if value)


_NO_NAMES: frozenset[str] = frozenset()


def _slot_texts(slots: Slots) -> dict[str, bytes]:
    if slots is _BARE:
        return _NO_TEXTS
    comments, history = slots.comments or _NO_LINK, slots.history or _NO_LINK
    return {
        "assigned": _escape_short(slots.assigned),
        "changed_by": _escape_short(slots.changed_by),
        "changed_at": _escape_short(slots.changed_at),
        "comments": _escape_short(comments.text),
        "comments_url": _escape_short(comments.url),
        "history": _escape_short(history.text),
        "history_url": _escape_short(history.url),
        "status": _escape_short(slots.status),
    }


def _escape_long(text: str) -> bytes:
    return escape(text).encode() if text else b""


# A page repeats the same names, moments and words, and escaping takes longer than looking up what was escaped.
_escape_short = lru_cache(maxsize=4096)(_escape_long)


_NO_LINK = Link("", "")
_NO_TEXTS = {"status": b""}
