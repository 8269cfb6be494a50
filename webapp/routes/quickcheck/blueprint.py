"""The quick check's blueprint."""

from __future__ import annotations

from flask import Blueprint

__all__ = ["blueprint"]

blueprint = Blueprint("quickcheck", __name__)
