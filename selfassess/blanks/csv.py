"""A blank row of the wide table that ``selfassess batch`` reads."""

from __future__ import annotations

import csv
from io import StringIO

from selfassess.blanks.content import Blank

__all__ = ["render_blank_csv"]

COLUMNS = ("organisation", "kind", "reference", "group", "date", "questionnaire")
"""The columns about the organisation, in the order of DESIGN, section 5."""


def render_blank_csv(blank: Blank) -> bytes:
    """The head of the table and one row to fill in: UTF-8 with a byte order mark, which Excel needs."""
    columns = [*COLUMNS, *(name for p in blank.practices for name in (p.id, f"{p.id} note"))]
    known = {"kind": blank.kind.id if blank.kind else "", "questionnaire": blank.questionnaire.id}
    stream = StringIO(newline="")
    writer = csv.DictWriter(stream, columns, restval="")
    writer.writeheader()
    writer.writerow(known)
    return stream.getvalue().encode("utf-8-sig")
