"""What the views of the administration share."""

from __future__ import annotations

from flask import Blueprint

__all__ = ["blueprint"]

blueprint = Blueprint("administration", __name__, url_prefix="/administration")
