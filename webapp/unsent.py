"""What somebody typed into a form that could not be taken: shown to be sent again or copied, never lost."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, make_response, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.pages.typed import list_typed
from webapp.store.standards import main_standard

__all__ = ["show_expired", "show_refused", "show_signed_out", "show_unsaved"]

_LABELS = {
    "text": "Your comment",
    "reason": "What you wrote",
    "gap": "What it is about",
    "action": "What to do",
    "progress_note": "Progress",
    "owner": "Owner",
    "helpers": "Helpers",
    "evidence": "Evidence",
    "title": "Title",
    "name": "Name",
    "reference": "Reference",
    "email": "Email address",
    "day": "Day",
    "start": "Start",
    "due": "Due",
    "last_reviewed": "Last reviewed",
}
"""What people type, by the name of its field. Other fields are shown where a blank says that they were typed too."""

_SECRETS = ("password", "code")
_TOKEN = "csrf_token"  # noqa: S105 - the name of a field
_BAD, _UNAUTHORISED, _UNAVAILABLE = 400, 401, 503


@dataclass(frozen=True, slots=True)
class _Typed:
    """One text."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """Lines that its box shows."""
        return min(12, 1 + self.text.count("\n") + len(self.text) // 60)


def show_signed_out() -> Response | None:
    """A page for somebody signed out with all that they typed, to be sent again; None where they typed nothing."""
    why = "You were signed out before this was sent. It was not saved."
    return _show("signed_out", why, _UNAUTHORISED, may_send=True)


def show_expired() -> Response | None:
    """A page for somebody whose form has the token of another session; None where they typed nothing.

    It can be sent again only where the browser vouches that a page of this site sent it: else another site could have
    this one show a form that needs no more than a click.
    """
    may_send = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if _is_for_everybody():
        why = "This page was open for too long, or your browser does not keep our cookie. What you sent was not saved."
        return _show("expired", why, _BAD, may_send=may_send)
    if not current_user.is_authenticated:
        why = "You were signed out before this was sent. It was not saved."
        return _show("signed_out", why, _UNAUTHORISED, may_send=may_send)
    why = "This page was open for too long, or you signed in again meanwhile. What you sent was not saved."
    return _show("expired", why, _BAD, may_send=may_send)


def show_refused(status: int) -> Response | None:
    """A page for somebody who may not change this, or not any more; None where they typed nothing, or are nobody."""
    if not current_user.is_authenticated:
        return None
    why = "You can no longer change this. What you typed was not saved; copy it if you still need it."
    return _show("refused", why, status, may_send=False)


def show_unsaved() -> Response | None:
    """A page for somebody whose form could not be written to the database; None where they typed nothing.

    It can be sent again only where the browser vouches that a page of this site sent it, for its token may not have
    been looked at yet.
    """
    may_send = request.headers.get("Sec-Fetch-Site") == "same-origin"
    why = "The site cannot save anything just now. What you had saved before is safe, and what you typed is below."
    return _show("outage", why, _UNAVAILABLE, may_send=may_send)


def _is_for_everybody() -> bool:
    """Whether the page asks nobody to sign in."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(getattr(view, "guard", None), "name", "") == "public"


def _show(state: str, why: str, status: int, *, may_send: bool) -> Response | None:
    typed = _list_typed()
    if not typed:
        return None
    again = [(name, value) for name, value in request.form.items(multi=True) if name != _TOKEN]
    page = render_template(
        "errors/unsent.html",
        state=state,
        why=why,
        typed=typed,
        again=again if may_send else [],
        address=request.full_path.rstrip("?"),
    )
    return make_response(page, status)


def _list_typed() -> list[_Typed]:
    """What was typed; nothing of a form that holds a secret, and nothing of the tokens and choices beside it."""
    if request.method != "POST" or any(secret in name for name in request.form for secret in _SECRETS):
        return []
    practices = list_typed(request.form, main_standard())
    answers = [_Typed(f"{each.title}: {part.title}", part.text) for each in practices for part in each.parts]
    fields = [(name, " ".join(values).strip()) for name, values in request.form.lists() if "." not in name]
    return answers + [_Typed(_label(name), text) for name, text in fields if _is_typed(name, text)]


def _is_typed(name: str, text: str) -> bool:
    return bool(text) and name != _TOKEN and (name in _LABELS or len(text.split()) > 1)


def _label(name: str) -> str:
    return _LABELS.get(name) or name.replace("_", " ").replace("-", " ").capitalize()
