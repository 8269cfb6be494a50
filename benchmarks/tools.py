"""The programs and packages that single parts need, so that none is missed only after hours of the others."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from typing import NoReturn

__all__ = ["find_chromium", "require_tools"]

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def require_tools(part: str) -> None:
    """Stop where something is missing that a part needs."""
    if part in ("site", "size") and shutil.which("wrk") is None:
        _stop(part, "wrk (Debian's package of that name)")
    if part == "pdf":
        find_chromium()
        if find_spec("typst") is None:
            _stop(part, "Typst: script/bench installs it")


def find_chromium() -> str:
    """The browser that pages are printed by."""
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    return found or _stop("pdf", "Chromium: script/setup dev installs it")


def _stop(part: str, missing: str) -> NoReturn:
    raise SystemExit(f"script/bench: the part “{part}” needs {missing}")
