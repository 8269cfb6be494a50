"""How many bytes a page costs those who read it over a poor line: the first theme's page, and the next one."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.figures import Figure
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestTeam
from tests.webapp.pages import Page
from tests.webapp.reviewing import add_assessment
from webapp.site import Site

FIRST, AGAIN = 120_000, 15_000
"""Bytes of a first visit in all, and of a page when everything but the page is in the browser already."""

LONGEST = "working-together"
"""The theme with most practices."""

KINDS = {"html": "HTML", "css": "style", "js": "script", "svg": "icon", "woff2": "fonts"}
"""What is told apart of a page's weight, by how its address would end."""

_FACE = re.compile(r"@font-face\s*{([^}]*)}")
_SOURCE = re.compile(r'url\(["\']?([^"\')]+)')
_RANGE = re.compile(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?")


@pytest.fixture
def page(app: Site, team: TestTeam) -> TestResponse:
    """The longest theme's page with every answer and its note, as a browser asks for it."""
    return fetch(team.owner.client, f"{add_assessment(app, team)}/themes/{LONGEST}")


def fetch(client: CheckingClient, path: str) -> TestResponse:
    """What a browser gets, packed: past the checks, which read it plain."""
    answer = FlaskClient.open(client, path, headers={"Accept-Encoding": "gzip, deflate, br"}, buffered=True)
    assert answer.status_code == 200, path
    return answer


def read(answer: TestResponse) -> str:
    """The text of an answer, unpacked."""
    return unpack(answer).decode()


def unpack(answer: TestResponse) -> bytes:
    return gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") == "gzip" else answer.data


def fetch_files(client: CheckingClient, page: str) -> dict[str, TestResponse]:
    """All that a browser gets for a page, by address."""
    files = {path: fetch(client, path) for path in list_files(page)}
    style = find_style(files)
    fonts = [urljoin(style, source) for source in list_fonts(read(files[style]), page)]
    return files | {path: fetch(client, path) for path in fonts}


def find_style(files: Iterable[str]) -> str:
    """The address of the only style sheet."""
    (style,) = (path for path in files if path.endswith(".css"))
    return style


def is_kept(answer: TestResponse) -> bool:
    """Whether a browser does not even ask for it again."""
    return "immutable" in answer.headers["Cache-Control"]


def list_files(page: str) -> Iterator[str]:
    """The files that a browser gets for a page, but for fonts."""
    for element in Page(page).all("link[rel=stylesheet], link[rel=icon], script[src], img[src]"):
        yield element.get("href") or element.get("src")


def list_fonts(style: str, page: str) -> Iterator[str]:
    """The fonts of which a page has a letter: a browser gets no others."""
    letters = {ord(letter) for letter in Page(page).tree.text_content()}
    for face in _FACE.findall(style):
        ranges = [(int(low, 16), int(high or low, 16)) for low, high in _RANGE.findall(face)]
        if any(low <= letter <= high for low, high in ranges for letter in letters):
            yield _SOURCE.findall(face)[0]


def test_first_page_is_light(team: TestTeam, page: TestResponse, figure: Figure) -> None:
    files = fetch_files(team.owner.client, read(page))
    weights = {path: len(answer.data) for path, answer in files.items()}
    whole = sum(weights.values()) + len(page.data)
    assert whole < FIRST, weights
    figure("kB of the first theme page in all", f"{whole / 1000:.1f}")


def test_next_page_is_light(team: TestTeam, page: TestResponse, figure: Figure) -> None:
    assert page.headers.get("Content-Encoding") == "gzip"
    asked = [page, *fetch_files(team.owner.client, read(page)).values()]
    weight = sum(len(answer.data) for answer in asked if not is_kept(answer))
    assert weight < AGAIN
    figure("kB of a theme page when its files are there already", f"{weight / 1000:.1f}")


def test_weight_is_told_by_kind(team: TestTeam, page: TestResponse, figure: Figure) -> None:
    files = fetch_files(team.owner.client, read(page))
    for kind, name in KINDS.items():
        answers = [page] if kind == "html" else [files[path] for path in files if path.endswith(f".{kind}")]
        assert answers, f"the page has no {name}"
        plain, sent = sum(len(unpack(answer)) for answer in answers), sum(len(answer.data) for answer in answers)
        again = sum(len(answer.data) for answer in answers if not is_kept(answer))
        assert again == (sent if kind == "html" else 0), f"{name}: {again} bytes are sent again"
        figure(f"kB of the first theme page, plain, packed and when there already: {name}", in_kb(plain, sent, again))
    assert {path.rpartition(".")[2] for path in files} == KINDS.keys() - {"html"}


def in_kb(*counts: int) -> str:
    return ", ".join(f"{count / 1000:.1f}" for count in counts)


def test_files_are_kept_by_the_browser_for_good(team: TestTeam, page: TestResponse) -> None:
    files = fetch_files(team.owner.client, read(page))
    style = find_style(files)
    named = {urljoin(style, source) for source in _SOURCE.findall(read(files[style]))}  # also for letters it has not
    assert {path for path in files if path.endswith(".woff2")} < named
    for path in files.keys() | named:
        assert is_kept(fetch(team.owner.client, path)), path
        assert re.search(r"-[A-Z0-9]{8}\.", path), f"{path} does not change its name with its content"


def test_letters_beyond_latin_bring_their_font_and_others_do_not() -> None:
    style = '@font-face{src:url("a.woff2");unicode-range:U+0000-00FF}@font-face{src:url("w.woff2");unicode-range:U+175}'
    assert list(list_fonts(style, "<p>plain</p>")) == ["a.woff2"]
    assert list(list_fonts(style, "<p>dŵr</p>")) == ["a.woff2", "w.woff2"]
