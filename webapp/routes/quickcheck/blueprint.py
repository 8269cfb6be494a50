"""The quick check's blueprint."""

from __future__ import annotations

from flask import Blueprint, request

from webapp.store.quickchecks import delete_expired

__all__ = ["blueprint"]

blueprint = Blueprint("quickcheck", __name__)


@blueprint.before_request
def _delete_expired() -> None:
    """Whoever sends anything here clears away what others left; the command that purges may run seldom."""
    if request.method == "POST":
        delete_expired()
