"""What people typed is shown as they typed it, on every page and in every file: never run, never in disguise.

One text is put into every field that takes text; every page is then looked at, and every file that the site gives.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from lxml import etree, html
from lxml.html import HtmlElement

from tests.figures import Figure
from tests.hostile.texts import ODDITIES
from tests.hostile.world import Form, World
from tests.webapp.pages import Page
from webapp import pdfs
from webapp.questions.inputs import clean_text

POLYGLOT = "Zq</textarea></title></script>\"'><svg onload=x><b class=hostile>{{7*1337}}${7*1337}&lt;=1"
"""Markup, style, script and templates at once, for whatever place it ends up in; 9359 stands nowhere else."""

DISGUISED = f"{POLYGLOT} \u202egpj.exe \u2067 \u2066"
"""The same, and what follows it on a line would be turned round."""

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]")

APART = frozenset(
    (
        "p",
        "li",
        "dd",
        "dt",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "div",
        "textarea",
        "option",
        "bdi",
        "title",
        "legend",
        "caption",
        "button",
        "summary",
    )
)
"""Elements that keep their text apart from what stands around them."""

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

TYPED = re.compile("note|reason|evidence|text|action|progress|owner|helpers|name|title|gap|reference|organisation")
"""The fields into which the text goes; the others are days, codes, choices and addresses."""


NAMES = re.compile("name|title|gap|reference|organisation")
"""The fields that refuse what cannot be seen."""


def fill_everything(world: World, text: str) -> list[str]:
    """Put a text into every field that takes one; which routes took it."""
    taken = []
    for form in world.find_forms():
        typed = {name: POLYGLOT if NAMES.search(name) else text for name in form.typed if TYPED.search(name)}
        if typed:
            answer = form.browser.post(form.address, data={**form.fields, **typed, **_choices(form)})
            taken += [form.rule] if answer.status_code == 303 else []
    return taken


def _choices(form: Form) -> dict[str, object]:
    """What else must be chosen so that the texts can be saved."""
    levels: dict[str, object] = {name: "1" for name in form.fields if name.endswith(".level")}
    days = {name: _DAY for name in ("day", "start", "due") if name in form.fields}
    return levels | days | {name: value for name, value in _CHOSEN.items() if name in form.fields}


_DAY = ["1", "11", "2026"]
_CHOSEN = {"kind": "prison", "begin": "blank", "to": "everybody", "status": "not_started"}


def every_page(world: World) -> Iterator[tuple[str, Page]]:
    for who in world.browsers:
        yield from world.pages(who)


def check_nothing_ran(address: str, tree: HtmlElement) -> None:
    """Fail where something of the text became part of the page."""
    assert not tree.cssselect(".hostile, [onload], [onerror], svg.hostile, base, iframe, object, embed"), address
    assert "9359" not in tree.text_content(), f"{address}: a template was run"
    for script in tree.cssselect("script, style"):
        assert "hostile" not in (script.text or ""), address


def check_apart(address: str, tree: HtmlElement) -> None:
    """Fail where a text that turns the direction stands in one line with others."""
    for element in tree.iter():
        texts = [element.text, *(child.tail for child in element)] if isinstance(element.tag, str) else []
        for text in texts:
            if text and TURNING.search(text):
                holder = element
                while holder.tag not in APART:
                    holder = holder.getparent()
                rest = re.sub(r"\s+", " ", holder.text_content()).replace(
                    re.sub(r"\s+", " ", clean_text(DISGUISED)), ""
                )
                assert not rest.strip(), f"{address}: <{holder.tag}> also says {rest.strip()[:80]!a}"


_ORGANISATION = "/organisations/<organisation_id>"
_ASSESSMENT = f"{_ORGANISATION}/assessments/<assessment_id>"
TAKING = {
    "/account/name",
    "/administration/groups/new",
    "/organisations/new",
    "/quick-check",
    f"{_ORGANISATION}/assessments/new",
    f"{_ORGANISATION}/plan/actions/<action_id>",
    f"{_ORGANISATION}/plan/actions/new",
    f"{_ORGANISATION}/settings",
    f"{_ASSESSMENT}/correct",
    f"{_ASSESSMENT}/practices/<practice>/comments",
    f"{_ASSESSMENT}/send-back",
    f"{_ASSESSMENT}/themes/<theme>",
}
"""The routes whose forms take free text and save it."""


@pytest.mark.slow
def test_text_in_every_field_is_only_ever_text(world: World, figure: Figure) -> None:
    taken, seen = fill_everything(world, POLYGLOT), 0
    for address, page in every_page(world):
        check_nothing_ran(address, page.tree)
        seen += "Zq<" in page.tree.text_content()
    figure("forms that took a text of markup, script and templates", len(taken))
    figure("pages that showed it, as text", seen)
    assert set(taken) >= TAKING, TAKING - set(taken)
    assert seen > 30


@pytest.mark.slow
def test_text_that_turns_direction_disguises_nothing_beside_it(world: World) -> None:
    assert set(fill_everything(world, DISGUISED)) >= TAKING
    seen = 0
    for address, page in every_page(world):
        check_apart(address, page.tree)
        seen += bool(TURNING.search(page.tree.text_content()))
    assert seen > 10


@pytest.mark.slow
def test_text_in_every_field_is_only_text_in_every_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(page: str) -> bytes:
        made.append(page)
        return b"%PDF"

    monkeypatch.setattr(pdfs, "make_pdf", make)
    fill_everything(world, DISGUISED)
    files = dict(every_file(world))
    assert len(made) > 3
    for page in made:
        check_nothing_ran("a report", html.document_fromstring(page))
    assert sum("Zq&lt;" in page for page in made) > 3
    assert {name.rpartition(".")[2] for name in files} >= {"json", "csv", "xlsx", "docx", "ics"}
    assert sum(b"Zq</textarea>" in content for name, content in files.items() if name.endswith("json")) > 1
    for name, content in files.items():
        if ending := ENDING.search(name):
            CHECKS[ending[0]](content)


def every_file(world: World) -> Iterator[tuple[str, bytes]]:
    owner = world.browsers["owner"]
    for rule in world.rules("GET"):
        if rule.rule.endswith((".pdf", ".json", ".<ending>")):
            for ending in ("csv", "xlsx", "docx", "ics", "pdf") if "ending" in rule.arguments else ("",):
                values = {**world.values, "ending": [ending]}
                for address in World(world.app, world.team, values, world.browsers).addresses(rule):
                    answer = owner.get(address)
                    assert answer.status_code in (200, 404), f"{address}: {answer.status_code}"
                    if answer.status_code == 200:
                        yield address, answer.data


def check_json(content: bytes) -> None:
    json.loads(content)


def check_csv(content: bytes) -> None:
    cells = [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    assert any(cell.startswith("Zq</textarea>") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def check_office(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(archive.read(name))
                assert not tree.xpath("//*[local-name()='svg' or local-name()='b'][@class='hostile']")
                assert not [f for f in tree.xpath("//*[local-name()='f']/text()") if "Zq" in f], "a text in a formula"


def check_ics(content: bytes) -> None:
    lines = content.decode().split("\r\n")
    assert not [line for line in lines if not re.match(r"[A-Z-]+[:;]|[ \t]|$", line)], "a text broke out of its line"


ENDING = re.compile("(?<=[.])(json|csv|xlsx|docx|ics)$")
CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "json": check_json,
    "csv": check_csv,
    "xlsx": check_office,
    "docx": check_office,
    "ics": check_ics,
}


@pytest.mark.slow
def test_every_oddity_is_kept_as_the_rule_says(world: World, figure: Figure) -> None:
    """The rule is `clean_text`: one kind of line end, nothing that no document may hold, no blanks around."""
    form = next(form for form in world.find_forms() if form.rule.endswith("/themes/<theme>"))
    for name, text in ODDITIES.items():
        sent = text.encode(errors="replace").decode()
        page = Page(form.browser.get(form.address).text)
        element = next(each for each in page.all("main form[method=post]") if each.get("data-autosave-url"))
        filled = {key: value or "" for key, value in element.form_values()} | {"POL-01.level": "1"}
        answer = form.browser.post(form.address, data={**filled, "POL-01.note": sent, "POL-01.evidence": sent[:90]})
        assert answer.status_code == 303, name
        check_shown(form, name, clean_text(sent))
    figure("odd texts saved, shown and exported", len(ODDITIES))


def check_shown(form: Form, name: str, kept: str) -> None:
    """The text is the same on the page, in the history and in the file."""
    page = form.browser.page(form.address)
    assert not ILLEGAL.search(page.text), name
    assert (page.one("textarea[name='POL-01.note']").text or "").removeprefix("\n") == kept, name
    root = form.address.partition("/themes/")[0]
    history = form.browser.page(f"{root}/practices/POL-01/history")
    assert kept.split("\n")[0][:60].strip() in history.tree.text_content(), name
    exported = json.loads(form.browser.get(f"{root}/answers.json").data)
    assert exported["answers"]["POL-01"]["note"] == kept, name
