"""Prints what this Python cannot find on the system, as names of Debian packages on one line.

The first argument is ``fresh`` when a virtual environment is to be made, which takes something too, or ``kept``; the
second is ``dev`` when the tests will run, which drive a browser, or ``run``.
script/setup runs it before anything is installed, perhaps with a Python cut down to its core.
"""

import importlib.util
import shutil
import sys
from pathlib import Path

LIBRARIES = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz0b": "harfbuzz",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
# Where systems keep the font for the characters that the reports' own font lacks.
FALLBACK_FONTS = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/local/share/fonts/DejaVuSans.ttf",
    "~/.local/share/fonts/DejaVuSans.ttf",
    "~/.fonts/DejaVuSans.ttf",
]

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def can_make_environments() -> bool:
    """Tell whether this Python can make a virtual environment with pip in it."""
    return all(importlib.util.find_spec(name) for name in ("ensurepip", "venv"))


def can_load(library: str) -> bool:
    """Tell whether the shared library of this name (without ``lib``) can be loaded."""
    try:
        import ctypes
        import ctypes.util
    except ImportError:
        return False
    if sys.platform != "linux":
        return ctypes.util.find_library(library) is not None
    try:
        ctypes.CDLL(f"lib{library}.so.0")
    except OSError:
        return False
    return True


def has_fallback_font() -> bool:
    """Tell whether DejaVu Sans is where systems keep it; macOS has fonts enough of its own."""
    if sys.platform == "darwin":
        return True
    return any(Path(path).expanduser().is_file() for path in FALLBACK_FONTS)


def find_missing(state: str, kind: str) -> list[str]:
    """Return the packages to install; ``state`` and ``kind`` are the arguments of the command."""
    missing = []
    if state == "fresh" and not can_make_environments():
        missing.append("python{}.{}-venv".format(*sys.version_info))
    missing += [package for package, library in LIBRARIES.items() if not can_load(library)]
    if not has_fallback_font():
        missing.append("fonts-dejavu-core")
    if kind == "dev" and not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    return missing


if __name__ == "__main__":
    sys.stdout.write(" ".join(find_missing(sys.argv[1], sys.argv[2])))
