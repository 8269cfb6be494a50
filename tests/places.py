"""Where the data of the tests are, and the standards there that have nothing to do with prisons."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from selfassess.catalogue import load_standard
from selfassess.model.standard import Standard

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""

DATA = Path(__file__).parent / "data"
ALLOTMENTS = DATA / "standards" / "allotment-society"
"""A small standard with every file that there can be: two kinds, three themes, seven practices, one retired."""

READING_GROUP = DATA / "standards" / "reading-group"
"""The smallest standard there can be: one practice, and none of the files that may be left out."""


@cache
def load_allotments() -> Standard:
    """The allotment society's standard, read once."""
    return load_standard(ALLOTMENTS)
