"""Somebody with a browser, who does what people do and looks at every page as an auditor would."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize, expect

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_TEXT = re.compile(r">[^<>]*\w[^<>]*<")
_VARYING = re.compile(r' value="[^"]*"|[0-9a-f]{20}')
_PASSING = re.compile(r'(?<=name="csrf_token" value=")[^"]*|\b[0-9a-f]{8,}\b')
"""What differs each time a page is shown, and says nothing to anybody: tokens and ids."""
_looked_at: set[str] = set()
"""The pages of this run in which no fault was found."""
_audited: set[bytes] = set()
"""Their markup, as digests."""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


class Visitor:
    """A person at a browser; each step that opens a page looks at it."""

    def __init__(self, page: Page, auditor: Page, *, with_script: bool) -> None:
        self.page = page
        self.auditor = auditor
        self.with_script = with_script

    def go(self, address: str) -> Visitor:
        """Type an address."""
        self.page.goto(address)
        return self.look()

    def follow(self, name: str, *, exact: bool = True) -> Visitor:
        """Follow a link by its words."""
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        return self.look()

    def press(self, name: str, *, exact: bool = True) -> Visitor:
        """Press a button by its words."""
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        return self.look()

    def fill(self, label: str, text: str) -> Visitor:
        """Type into a field by its label."""
        self.page.get_by_label(label, exact=True).first.fill(text)
        return self

    def choose(self, label: str) -> Visitor:
        """Choose a radio button or tick a box by its label."""
        self.page.get_by_label(label, exact=True).first.check()
        return self

    def pick(self, label: str, choice: str) -> Visitor:
        """Pick one of the options of a list by its words."""
        self.page.get_by_label(label, exact=True).first.select_option(label=choice)
        return self

    def download(self, name: str, *, role: Literal["link", "button"] = "link") -> bytes:
        """Follow a link to a file, or one that looks like a button, and get what is in it."""
        with self.page.expect_download() as started:
            self.page.get_by_role(role, name=name, exact=True).first.click()
        return started.value.path().read_bytes()

    def lacks(self, text: str) -> Visitor:
        """Fail where the page says something."""
        expect(self.page.locator("body")).not_to_contain_text(text)
        return self

    def reads(self, text: str) -> Visitor:
        """Fail where the page does not say something."""
        expect(self.page.locator("body")).to_contain_text(text)
        return self

    def heading(self, text: str) -> Visitor:
        """Fail where the page is another."""
        expect(self.page.locator("h1")).to_contain_text(text)
        return self

    def look(self) -> Visitor:
        """Fail where the page has a fault of access, or is too wide for a phone.

        A page that was looked at before is not looked at again: many journeys come by the same ones.
        """
        self.page.wait_for_load_state()
        content = _PASSING.sub("", self.page.content())
        if content not in _looked_at:
            self._check_narrow()
            self._check_access()
            _looked_at.add(content)
        return self

    def _check_narrow(self) -> None:
        self.page.set_viewport_size(NARROW)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(WIDE)
        assert width <= NARROW["width"], f"{self.page.url} is {width} px wide on a screen of {NARROW['width']} px"

    def _check_access(self) -> None:
        """Audit the page, unless one of the very same markup was: the audit takes longer than all the rest."""
        markup = _markup(self.page.content())
        if markup not in _audited:
            self._audit()
            _audited.add(markup)

    def _audit(self) -> None:
        audited = self.page if self.with_script else self._copy()
        audited.evaluate(_axe() + "; undefined")
        found = audited.evaluate(f"axe.run(document, {{runOnly: {RULES!r}, resultTypes: ['violations']}})")
        assert not found["violations"], f"{self.page.url}: {_describe(found['violations'])}"

    def _copy(self) -> Page:
        """The page as it is without script, in a browser that can run the audit: its own scripts are left out."""
        text = _SCRIPT.sub("", self.page.content())
        address = self.page.url
        self.auditor.route(address, lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8"))
        self.auditor.goto(address)
        self.auditor.unroute(address)
        return self.auditor


def _markup(content: str) -> bytes:
    """A page without its texts, of which only counts whether there is one, and without values and ids."""
    plain = _VARYING.sub("", _TEXT.sub(">text<", content))
    return sha256(plain.encode()).digest()


def _describe(violations: list[dict[str, Any]]) -> str:
    lines = [f"{fault['id']}: {fault['help']} at {[node['target'] for node in fault['nodes']]}" for fault in violations]
    return "\n".join(lines)
