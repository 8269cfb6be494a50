"""The same HTML printed by a browser: Chromium without a window, tagged and with an outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from font_source_sans_pro import font_directory
from playwright.sync_api import sync_playwright

from benchmarks.tools import find_chromium
from selfassess.reports.fonts import FAMILY, FONT_FACES
from selfassess.reports.html import read_style

__all__ = ["add_style", "make_command", "printing"]

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def add_style(html: str) -> str:
    """A page that brings the style sheet and the fonts that ours is laid out with."""
    faces = "".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; '
        f'src: url("{Path(font_directory, name).as_uri()}") }}'
        for weight, name in FONT_FACES.items()
    )
    return html.replace("</head>", f"<style>{faces}{read_style('report.css')}{read_style('pdf.css')}</style></head>")


def make_command(page: Path, pdf: Path) -> list[str]:
    """What prints a page in a browser started for it."""
    flags = ["--headless", *_FLAGS, "--no-first-run", "--no-pdf-header-footer", "--generate-pdf-document-outline"]
    return [find_chromium(), *flags, f"--print-to-pdf={pdf}", page.as_uri()]


@contextmanager
def printing() -> Iterator[Callable[[Path], bytes]]:
    """A browser that stays open, and prints one page after another."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(_FLAGS))
        page = browser.new_page()

        def make(path: Path) -> bytes:
            page.goto(path.as_uri())
            return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)

        yield make
        browser.close()
