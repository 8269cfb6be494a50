"""What every record of the data has in common: strict, closed and unchangeable."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

__all__ = [
    "Day",
    "Identifier",
    "Link",
    "PracticeId",
    "Record",
    "Slug",
    "Text",
    "Version",
    "WholeNumbers",
    "is_practice_id",
]

type_of_text = StringConstraints(strip_whitespace=True, min_length=1)

Text = Annotated[str, type_of_text]
"""Words for people; never empty."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
"""The permanent id of a standard, theme, source, rule and the like: lower case, joined by - or _."""

_PRACTICE_ID = r"^[A-Z]{2,5}-[0-9]{2,3}$"

PracticeId = Annotated[str, StringConstraints(pattern=_PRACTICE_ID)]
"""The permanent id of a practice, as ``POL-01``."""


def is_practice_id(value: Any) -> bool:
    """Whether a value has the form of a practice's id; no other id has it."""
    return isinstance(value, str) and re.fullmatch(_PRACTICE_ID, value) is not None


Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.]{0,11}$")]
"""The id of a requirement or survey row as its source numbers it: ``13``, ``2.1``, ``UV4``."""

Link = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]
"""An address that people may follow; https only."""

Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
"""The version of a standard's content: three numbers."""

Day = Annotated[date, Field(description="A day, written 2026-11-21")]


def _spell_out(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool | float) else value


WholeNumbers = BeforeValidator(_spell_out)
"""For literals of whole numbers: ``true`` and ``2.0``, which Python takes for 1 and 2, are refused as words are."""


class Record(BaseModel):
    """Base of the data models: unknown fields are refused, values are not converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)
