"""The fonts of the PDFs, and which characters they can show.

Source Sans Pro comes with its package. DejaVu Sans, which nearly every Linux has, shows what it lacks: arrows, Greek,
Cyrillic, Arabic, Hebrew and more. PDF/UA forbids the empty box that an engine draws for a character no font has, so
every other character is replaced by its Unicode name in brackets, as “[GRINNING FACE]”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

__all__ = ["FAMILY", "FONT_FACES", "make_pattern", "name_character"]

FAMILY = "Report Sans"
"""Our own name for the font, so that no font of the machine is taken for it."""

FONT_FACES = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf", 700: "SourceSansPro-Bold.ttf"}
"""The file of each weight."""

# Invisible by nature; Pango draws them as nothing whatever the font has.
_INVISIBLE = {0x09, 0x0A, 0xAD, 0x034F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)}

# Line ends that Pango draws as a box, and what turns the direction of text and so can hide what it says.
_NEVER = {0x85, 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)}


def make_pattern(covered: Iterable[int]) -> re.Pattern[str]:
    """A pattern that finds each character to replace.

    Args:
        covered: The code points that the fonts have.
    """
    shown = sorted(point for point in ({*covered} | _INVISIBLE) - _NEVER if point >= 32 or point in (9, 10))
    return re.compile("[^" + "".join(_ranges(shown)) + "]")


def name_character(character: str) -> str:
    """A character that cannot be shown, in words: “[GRINNING FACE]”, “[U+E000]”."""
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}')}]"


def _ranges(points: list[int]) -> Iterator[str]:
    for _, run in groupby(enumerate(points), key=lambda pair: pair[1] - pair[0]):
        held = [point for _, point in run]
        yield f"\\U{held[0]:08x}-\\U{held[-1]:08x}"
