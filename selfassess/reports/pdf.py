"""HTML into PDF/UA-1. The only module that knows the PDF engine.

The engine may read our own fonts while the style sheet is built, and nothing else ever: neither network nor files.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from selfassess.errors import OutputError
from selfassess.garbage import collector_paused
from selfassess.reports.fonts import FAMILY, FONT_FACES, make_pattern, name_character
from selfassess.reports.html import make_legal, read_style

__all__ = ["render_pdf"]

try:
    from font_source_sans_pro import font_directory
    from fontTools.ttLib import TTFont
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except (ImportError, OSError) as error:
    raise OutputError(
        f"A PDF cannot be made here, because something it needs is missing ({error}). Install it with "
        'pip install "selfassess[pdf]" and the packages libpango-1.0-0, libpangoft2-1.0-0 and '
        "libharfbuzz-subset0 (Debian, Ubuntu), or write .html instead"
    ) from error

_ONE_AT_A_TIME = Lock()
"""Pango's font maps, which all documents share here, are not made for several threads."""


class _FontFetcher(URLFetcher):  # type: ignore[misc]
    """Hands the engine our fonts and the one it looks up as their fallback, and notes what they cover."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("file",))
        self.covered: set[int] = set()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        response = super().fetch(url, headers)
        content = response.read()
        self.covered.update(TTFont(BytesIO(content), lazy=True).getBestCmap())
        return URLFetcherResponse(url, content)


class _NoFetcher(URLFetcher):  # type: ignore[misc]
    """Refuses everything, and remembers what it was asked for: parts of the engine go on without what they lack."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        self.refused.append(url)
        raise ValueError(url)


@dataclass(frozen=True)
class _Engine:
    """What is read once in a process: fonts, style sheet, and the characters that cannot be shown."""

    fonts: FontConfiguration
    style: CSS
    unprintable: re.Pattern[str]


def render_pdf(html: str) -> bytes:
    """A page of HTML as PDF/UA-1, laid out with the reports' own style sheet.

    Characters that no font here can show are replaced by their names in brackets.

    Raises:
        OutputError: The page refers to something that would have to be fetched, or a font is missing.
    """
    with _ONE_AT_A_TIME, collector_paused():
        engine, fetcher = _engine(), _NoFetcher()
        text = engine.unprintable.sub(lambda found: name_character(found[0]), make_legal(html.replace(">\n<", "><")))
        content = b""
        with suppress(FatalURLFetchingError):
            content = _lay_out(text, engine, fetcher)
        if fetcher.refused:
            raise OutputError(f"Nothing is fetched for a PDF, but the page asks for {fetcher.refused[0]}: remove it")
        return content


def _lay_out(text: str, engine: _Engine, fetcher: _NoFetcher) -> bytes:
    document = HTML(string=text, url_fetcher=fetcher)
    return bytes(
        document.write_pdf(
            stylesheets=[engine.style],
            font_config=engine.fonts,
            pdf_variant="pdf/ua-1",
            finisher=_finish,
        )
    )


@cache
def _engine() -> _Engine:
    fonts, fetcher = FontConfiguration(), _FontFetcher()
    source = "".join(_face(weight, name) for weight, name in FONT_FACES.items())
    source += read_style("report.css") + read_style("pdf.css")
    style = CSS(string=source, font_config=fonts, url_fetcher=fetcher)
    if not fetcher.covered:
        raise OutputError('The font Source Sans Pro is missing. Install it with pip install "selfassess[pdf]"')
    with _without_warnings():
        fallback = '@font-face { font-family: "Report Fallback"; src: local("DejaVu Sans") }'
        CSS(string=fallback, font_config=fonts, url_fetcher=fetcher)
    return _Engine(fonts, style, make_pattern(fetcher.covered))


def _face(weight: int, name: str) -> str:
    address = (Path(font_directory) / name).as_uri()
    return f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; src: url("{address}") }}\n'


@contextmanager
def _without_warnings() -> Iterator[None]:
    """No word about a fallback font that this machine lacks: its characters are then written as names."""
    logger = logging.getLogger("weasyprint")
    logger.addFilter(_drop)
    try:
        yield
    finally:
        logger.removeFilter(_drop)


def _drop(_: logging.LogRecord) -> bool:
    return False


def _finish(_: Any, pdf: Any) -> None:
    _add_scopes(pdf)
    _compress(pdf)


def _compress(pdf: Any) -> None:
    """Compress at zlib's usual level: the engine's own, the highest, takes twice as long to save one byte in fifty."""
    for stream in pdf.objects:
        if getattr(stream, "compress", False):
            stream.compress = False
            content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            stream.stream = [zlib.compress(content)]
            stream.extra["Filter"] = "/FlateDecode"


def _add_scopes(pdf: Any) -> None:
    """Say of each header cell whether it heads a column or a row; the engine leaves that out."""
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            row = pdf.objects[_number(element["P"])]
            is_column = pdf.objects[_number(row["P"])].get("S") == "/THead"
            element["A"]["Scope"] = "/Column" if is_column else "/Row"


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
