"""What somebody sent when already signed out: kept in the store, and found again by the browser's own session."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request, session

from webapp.db.work import commit
from webapp.store.held import drop_held, find_held, hold_form

__all__ = ["find_kept", "forget_kept", "keep_form"]

_KEY = "held_forms"
_IDENTITY = "_user_id"
"""Where the sign-in library keeps in the signed cookie who somebody is."""

_MOST = 5
"""Pages remembered in a cookie, which has little room."""


def keep_form() -> bool:
    """Keep the form of this request until its sender signs in again.

    Returns:
        Whether it is kept. It is not where nothing says who sent it, or where it is too large.
    """
    uniquifier = session.get(_IDENTITY)
    if not uniquifier:
        return False
    token = hold_form(uniquifier=uniquifier, path=request.path, fields=_answers_in(request.form))
    if token is None:
        return False
    session[_KEY] = [token, *_tokens()][:_MOST]
    commit()  # no view runs for somebody who is signed out, so nobody else would
    return True


def find_kept(user_id: str) -> dict[str, str] | None:
    """What this person sent to this address when signed out; None for nothing."""
    found = (find_held(token=token, user_id=user_id, path=request.path) for token in _tokens())
    return next((fields for fields in found if fields is not None), None)


def forget_kept(user_id: str, path: str) -> None:
    """Forget what was kept for an address."""
    tokens = _tokens()
    done = [token for token in tokens if find_held(token=token, user_id=user_id, path=path) is not None]
    for token in done:
        drop_held(token=token, user_id=user_id)
    if done:
        session[_KEY] = [token for token in tokens if token not in done]


def _tokens() -> list[str]:
    tokens: list[str] = session.get(_KEY, [])
    return tokens


def _answers_in(form: Mapping[str, str]) -> dict[str, str]:
    """The inputs of practices, which alone have a point in their names."""
    return {name: value for name, value in form.items() if "." in name}
