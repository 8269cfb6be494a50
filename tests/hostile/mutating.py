"""Spoiling files: bytes anywhere, and the XML within a workbook, which spoilt bytes alone would never reach."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

__all__ = ["mutate", "mutate_workbook"]

TOKENS = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\n", b"\r", b"\t", b" ", b'"', b"'", b"{", b"[", b"}", b"]", b":",
    b",", b"- ", b"&a ", b"*a", b"!!python/object:os.system ", b"<<: ", b"---\n", b"...\n", b"|\n", b">", b"#", b"%",
    b"@", b"`", b"null", b"true", b"NaN", b"Infinity", b"-1", b"1e999", b"0x10", b"9" * 400, b"18446744073709551616",
    b"\\ud800", b"\\u0000", b"\xed\xa0\x80", "\u202e".encode(), "\u2028".encode(), "\ufeff".encode(), b"NA", b"DK",
    b"2026-02-30", b"=1+1", b"_x0000_", b"_xD800_", b"&#0;", b"&amp;", b"<v>", b"</row>", b"<!DOCTYPE x>", b"<c/>",
    b'r="ZZZ9999999"', b't="s"', b't="d"', b't="e"', b't="b"', b"<f>A1</f>", b"1900-01-00", b"99999999999.5",
)  # fmt: skip
"""Pieces that mean something to one of the readers."""

_CHANGES_AT_ONCE = (1, 1, 1, 2, 3, 8)
_LONGEST_PIECE = 64


def mutate(data: bytes, random: Random, others: Sequence[bytes] = ()) -> bytes:
    """The data with a few changes.

    Args:
        data: A file.
        random: What decides.
        others: Files from which pieces may be taken.
    """
    changed = bytearray(data)
    for _ in range(random.choice(_CHANGES_AT_ONCE)):
        random.choice(_CHANGES)(changed, random, random.choice(others) if others else data)
    return bytes(changed)


def mutate_workbook(data: bytes, random: Random, others: Sequence[bytes] = ()) -> bytes:
    """A workbook with changes within one of its parts; what is no workbook any more is changed as it is."""
    try:
        parts = _unpack(data)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error):
        return mutate(data, random, others)
    name = random.choice(sorted(parts)) if parts else ""
    choice = random.random()
    if not parts or choice < 0.1:
        return mutate(data, random, others)
    if choice < 0.15:
        del parts[name]
    else:
        parts[name] = mutate(parts[name], random, tuple(parts.values()))
    return _pack(parts)


def _unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _pack(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _place(data: bytearray, random: Random) -> int:
    return random.randint(0, len(data))


def _flip(data: bytearray, random: Random, _: bytes) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _overwrite(data: bytearray, random: Random, _: bytes) -> None:
    if data:
        data[random.randrange(len(data))] = random.randrange(256)


def _insert_token(data: bytearray, random: Random, _: bytes) -> None:
    at = _place(data, random)
    data[at:at] = random.choice(TOKENS)


def _replace_with_token(data: bytearray, random: Random, _: bytes) -> None:
    at = _place(data, random)
    data[at : at + random.randint(1, 12)] = random.choice(TOKENS)


def _delete(data: bytearray, random: Random, _: bytes) -> None:
    at = _place(data, random)
    del data[at : at + random.randint(1, _LONGEST_PIECE)]


def _truncate(data: bytearray, random: Random, _: bytes) -> None:
    del data[_place(data, random) :]


def _repeat(data: bytearray, random: Random, _: bytes) -> None:
    at = _place(data, random)
    piece = data[at : at + random.randint(1, _LONGEST_PIECE)]
    data[at:at] = piece * random.choice((1, 2, 50))


def _splice(data: bytearray, random: Random, other: bytes) -> None:
    start = random.randint(0, len(other))
    at = _place(data, random)
    data[at:at] = other[start : start + random.randint(1, 4 * _LONGEST_PIECE)]


def _nudge_number(data: bytearray, random: Random, _: bytes) -> None:
    digits = [at for at, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if digits:
        at = random.choice(digits)
        data[at : at + 1] = random.choice((b"0", b"1", b"9", b"-1", b"65536", b"4294967296", b"99999999"))


_CHANGES: Sequence[Callable[[bytearray, Random, bytes], None]] = (
    _flip,
    _overwrite,
    _insert_token,
    _replace_with_token,
    _delete,
    _truncate,
    _repeat,
    _splice,
    _nudge_number,
)
