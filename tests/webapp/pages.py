"""What every page must be, whatever it says."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement

SITE_NAME = "Volunteer self-audit"


class Page:
    """A page that was parsed, with short ways to ask it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree: HtmlElement = html.document_fromstring(text)

    def all(self, css: str) -> list[HtmlElement]:
        """Every element for a CSS selector."""
        found: list[HtmlElement] = self.tree.cssselect(css)
        return found

    def one(self, css: str) -> HtmlElement:
        """The only element for a CSS selector."""
        found = self.all(css)
        assert len(found) == 1, f"{len(found)} elements for {css}"
        return found[0]

    def words(self, css: str) -> str:
        """The text of the only element for a selector, with single spaces."""
        return words_of(self.one(css))

    @property
    def csrf(self) -> str:
        """The token that the page's forms send."""
        value: str = self.all("input[name=csrf_token]")[0].get("value")
        return value


def words_of(element: HtmlElement) -> str:
    """The text of an element, with single spaces."""
    return " ".join(element.text_content().split())


def check_page(text: str) -> Page:
    """Fail where a page is not what every page must be."""
    page = Page(text)
    headings = page.all("h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    _check_title(page, words_of(headings[0]))
    _check_frame(page)
    _check_ids(page)
    _check_labels(page)
    _check_errors(page)
    _check_policy(page)
    _check_links(page)
    return page


def _check_title(page: Page, heading: str) -> None:
    title = page.words("title")
    has_errors = bool(page.all(".govuk-error-summary"))
    assert title.startswith("Error: ") == has_errors, f"title “{title}” and the error summary disagree"
    assert title.removeprefix("Error: ").startswith(heading), f"title “{title}” does not begin with “{heading}”"
    assert title.endswith(f" – {SITE_NAME}"), title


def _check_frame(page: Page) -> None:
    assert page.tree.get("lang") == "en-GB"
    for landmark in ("header", "main#main-content", "footer"):
        assert page.all(landmark), f"no {landmark}"
    assert page.one("a.govuk-skip-link").get("href") == "#main-content"
    assert page.all("main h1"), "the h1 is outside main"


def _check_ids(page: Page) -> None:
    ids = [element.get("id") for element in page.tree.iter() if isinstance(element.tag, str) and element.get("id")]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    assert not twice, f"ids that stand twice: {twice}"
    for element in page.all("[aria-describedby], [aria-labelledby], [aria-controls]"):
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                assert name in ids, f"{attribute} names {name}, which is not there"


def _check_labels(page: Page) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    for field in page.all("input, select, textarea"):
        if field.get("type") in ("hidden", "submit"):
            continue
        assert field.get("id") in labelled or field.get("aria-label"), f"no label for {field.get('name')}"
    for group in page.all("fieldset"):
        assert group.cssselect("legend"), "a fieldset without a legend"
    for button in page.all("button"):
        assert words_of(button) or button.get("aria-label"), "a button without words"


def _check_errors(page: Page) -> None:
    summaries = page.all(".govuk-error-summary")
    messages = page.all(".govuk-error-message")
    assert len(summaries) <= 1
    assert bool(messages) <= bool(summaries), "errors at fields, but no summary"
    ids = {element.get("id") for element in page.all("[id]")}
    for link in page.all(".govuk-error-summary a"):
        assert link.get("href", "").removeprefix("#") in ids, f"the summary links to {link.get('href')}"


def _check_policy(page: Page) -> None:
    assert not page.all("[style]"), "a style attribute, which the policy forbids"
    assert not page.all("style"), "a style element, which the policy forbids"
    assert all(script.get("src") for script in page.all("script")), "a script within the page"
    for element in page.tree.iter():
        if isinstance(element.tag, str):
            handlers = [name for name in element.attrib if name.startswith("on")]
            assert not handlers, f"handlers within the page: {handlers}"


def _check_links(page: Page) -> None:
    for element in page.all("[src], link[href]"):
        address = element.get("src") or element.get("href")
        assert address.startswith(("/", "data:")), f"something from outside: {address}"
    for form in page.all("form"):
        if (form.get("method") or "get").lower() == "post":
            assert form.cssselect("input[name=csrf_token]"), f"a form without its token: {form.get('action')}"
