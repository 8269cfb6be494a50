"""Looking through the XML of a workbook before a reader builds anything from it.

The reader keeps every sheet as a full rectangle and copies a shared text into every cell that refers to it, so a few
bytes can ask for any amount of memory. It also shows failed formulas as empty cells. Both are found out here.
"""

from __future__ import annotations

import posixpath
from xml.parsers import expat

from selfassess.files.archives import refuse
from selfassess.files.workbook_listener import SAVE_AGAIN, Book, Odd, Part, Unusable

__all__ = ["check_parts"]


def check_parts(parts: dict[str, bytes], shown_as: str) -> dict[str, Odd]:
    """Check every XML part of a workbook.

    Args:
        parts: The parts by name.
        shown_as: The name by which the person knows the file.

    Returns:
        By name of sheet, the cells that a reader would wrongly show as empty.

    Raises:
        AssessmentError: See ``read_workbook``.
    """
    book = Book()
    try:
        for name in sorted(parts, key=lambda name: "sharedstrings" not in name.casefold()):
            Part(book, name).listen(parts[name])
    except Unusable as refusal:
        problem, remedy = refusal.args
        refuse(shown_as, problem, remedy)
    except (expat.ExpatError, ValueError, IndexError):
        refuse(shown_as, "cannot be read as a workbook", SAVE_AGAIN)
    return _by_sheet(book)


def _by_sheet(book: Book) -> dict[str, Odd]:
    found = {}
    for part, targets in book.targets.items():
        folder = posixpath.dirname(posixpath.dirname(part))
        for name, relation in book.sheets:
            target = posixpath.normpath(posixpath.join("/", folder, targets.get(relation, "")))[1:]
            if book.odd.get(target):
                found[name] = book.odd[target]
    return found
