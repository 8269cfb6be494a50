"""Blank questionnaires, to be filled in away from the program and read back.

The libraries of each format are loaded when it is written.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfassess.blanks.content import Blank
    from selfassess.model.standard import Standard

__all__ = ["write_template"]


def write_template(
    standard: Standard, path: str | PathLike[str], *, questionnaire: str = "full", kind: str | None = None
) -> Path:
    """Write a blank questionnaire.

    Args:
        standard: The standard that asks.
        path: Where to; ``.xlsx`` with lists to choose from, ``.csv`` for a table of many organisations, ``.yaml`` for
            an editor, or ``.pdf`` to print and fill in by hand. A file that is there is replaced in one step.
        questionnaire: The id of one of the standard's questionnaires.
        kind: The kind of organisation; None for every kind, which is then chosen in the file.

    Returns:
        The path.

    Raises:
        OutputError: Another ending, an unknown questionnaire or kind, or nothing can be written there.
    """
    from selfassess.blanks.content import make_blank
    from selfassess.reports.output import choose_format, write_atomically

    make = choose_format(Path(path), {".xlsx": _xlsx, ".csv": _csv, ".yaml": _yaml, ".pdf": _pdf})
    blank = make_blank(standard, questionnaire, kind)
    return write_atomically(Path(path), lambda: make(blank))


def _xlsx(blank: Blank) -> bytes:
    from selfassess.blanks.xlsx import render_blank_xlsx

    return render_blank_xlsx(blank)


def _csv(blank: Blank) -> bytes:
    from selfassess.blanks.csv import render_blank_csv

    return render_blank_csv(blank)


def _yaml(blank: Blank) -> bytes:
    from selfassess.blanks.yaml import render_blank_yaml

    return render_blank_yaml(blank)


def _pdf(blank: Blank) -> bytes:
    from selfassess.blanks.pdf import render_blank_pdf

    return render_blank_pdf(blank)
