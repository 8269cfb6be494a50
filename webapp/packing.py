"""Pages packed for browsers that can unpack them: a tenth of the bytes, which counts on a slow line."""

from __future__ import annotations

import secrets

from flask import Flask, Response, request
from isal import isal_zlib

__all__ = ["add_packing", "pack"]

_LEAST = 1000
"""Bytes; what is shorter fits into one packet anyhow."""

_LEVEL = 1
"""Of ISA-L's four: a page is packed anew each time, and the next level saves hardly anything."""

_MOST_NOISE = 100
_HEAD = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"
"""Gzip, deflated, with a file name, of no moment and no system."""


def add_packing(app: Flask) -> None:
    """Pack every page, and what else is text, as it goes out."""
    app.after_request(_pack_answer)


def _pack_answer(response: Response) -> Response:
    if response.mimetype not in ("text/html", "application/json") or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    if len(content) >= _LEAST and request.accept_encodings.quality("gzip"):
        response.set_data(pack(content))
        response.headers["Content-Encoding"] = "gzip"
    return response


def pack(content: bytes) -> bytes:
    """The bytes as gzip, in a length that says nothing certain about them.

    A page holds the form's token beside what was asked for. Somebody who can have pages fetched, and see how long they
    are, could guess the token letter by letter, if the length told them. So each has a file name of random length, as
    Django's pages have (“Heal the BREACH”, 2022).
    """
    noise = secrets.token_hex(_MOST_NOISE)[: 1 + secrets.randbelow(_MOST_NOISE)].encode()
    packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    tail = isal_zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join((_HEAD, noise, b"\0", packed, tail))
