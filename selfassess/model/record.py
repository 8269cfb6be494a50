"""What every record of the data has in common: strict, closed and unchangeable."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

__all__ = ["Day", "Identifier", "Link", "PracticeId", "Record", "Slug", "Text"]

type_of_text = StringConstraints(strip_whitespace=True, min_length=1)

Text = Annotated[str, type_of_text]
"""Words for people; never empty."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
"""The permanent id of a standard, theme, source, rule and the like: lower case, joined by - or _."""

PracticeId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}-[0-9]{2,3}$")]
"""The permanent id of a practice, as ``POL-01``."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.]{0,11}$")]
"""The id of a requirement or survey row as its source numbers it: ``13``, ``2.1``, ``UV4``."""

Link = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]
"""An address that people may follow; https only."""

Day = Annotated[date, Field(description="A day, written 2026-11-21")]


class Record(BaseModel):
    """Base of the data models: unknown fields are refused, values are not converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)
