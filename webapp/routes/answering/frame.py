"""A theme's page around its practices: rendered once for each state that it can be in, and cut where texts belong.

The template stays an ordinary one. It is rendered with marks in place of names, ids and the form's token, in the same
way as the practices are, so that a page only puts its own texts between pieces that are there already.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask import get_flashed_messages, render_template
from markupsafe import escape

from webapp.forms.token import csrf_token
from webapp.pages.theme import ThemePage
from webapp.questions.fields import scale_of
from webapp.questions.fragments import render_scale
from webapp.questions.pieces import Pieces, cut_pieces, mark
from webapp.routes.answering.opening import OpenedTheme, may_answer
from webapp.store.records import AssessmentRecord, Status
from webapp.store.scope import Role, Scope
from webapp.store.theme_notes import ThemeNotes

__all__ = ["frame_page", "theme_values"]

_SAVED = ("saved", "")
"""The only message that a page may begin with and still be like another: it is for the page's script."""


class _State(NamedTuple):
    """All that a frame depends on. Whose page it is, and of which assessment, only fills it."""

    page: ThemePage
    standard_hash: str
    status: Status
    role: Role
    is_assigned: bool
    is_saved: bool


def frame_page(opened: OpenedTheme, notes: ThemeNotes, practices: bytes) -> bytes | None:
    """The page with its practices, in UTF-8.

    Returns:
        The page; None where it begins with a message of its own, so that it has to be rendered as a whole.
    """
    messages = get_flashed_messages(with_categories=True)
    if any(message != _SAVED for message in messages):
        return None
    held, record = opened.scope, opened.record
    state = _State(opened.page, record.standard_hash, record.status, held.role, bool(notes.assigned_to), bool(messages))
    return _get_frame(state).fill(
        {
            "organisation": held.organisation_id,
            "organisation_name": escape(held.organisation_name),
            "assessment": record.id,
            "title": escape(record.title),
            "user": held.user_id,
            "assigned_to": escape(notes.assigned_to),
            "csrf_token": csrf_token(),
            "practices": practices,
        }
    )


# About 12 kB each: thirteen themes of two kinds of organisation, for four roles, in a dozen states.
@lru_cache(maxsize=512)
def _get_frame(state: _State) -> Pieces:
    notes = ThemeNotes(assigned_to=mark("assigned_to") if state.is_assigned else "", comments={})
    page = render_template(
        "answering/theme.html",
        **theme_values(OpenedTheme(_marked_scope(state), _marked_record(state), state.page), notes),
        csrf_token=lambda: mark("csrf_token"),
        practices=mark("practices"),
    )
    return cut_pieces(page)


def _marked_scope(state: _State) -> Scope:
    return Scope(
        organisation_id=mark("organisation"),
        organisation_name=mark("organisation_name"),
        kind="",
        reference=None,
        group_name=None,
        user_id=mark("user"),
        role=state.role,
    )


def _marked_record(state: _State) -> AssessmentRecord:
    return AssessmentRecord(
        id=mark("assessment"),
        standard_hash=state.standard_hash,
        questionnaire="",
        title=mark("title"),
        date=date.min,
        status=state.status,
        carried_from_id=None,
        corrects_id=None,
        correction_reason="",
        created_by=None,
        created_at=datetime.min.replace(tzinfo=UTC),
    )


def theme_values(opened: OpenedTheme, notes: ThemeNotes) -> dict[str, Any]:
    """What the page's template names, but for its practices and what was wrong with them."""
    held, record = opened.scope, opened.record
    return {
        "opened": opened,
        "scope": held,
        "page": opened.page,
        "record": record,
        "notes": notes,
        "list_address": opened.list_address,
        "scale": render_scale(scale_of(record.standard)),
        "may_answer": may_answer(held),
    }
