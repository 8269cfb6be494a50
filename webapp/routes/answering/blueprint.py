"""The part of the site below one assessment."""

from __future__ import annotations

from flask import Blueprint, request

__all__ = ["blueprint"]

blueprint = Blueprint("answering", __name__, url_prefix="/organisations/<organisation_id>/assessments/<assessment_id>")


@blueprint.url_defaults
def _stay_within(_: str, values: dict[str, str]) -> None:
    """An address of this part is of the same assessment unless it says another."""
    for name in ("organisation_id", "assessment_id"):
        if name in (request.view_args or {}):
            values.setdefault(name, request.view_args[name])  # type: ignore[index]
