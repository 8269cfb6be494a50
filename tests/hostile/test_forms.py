"""Every form of every page, with hostile text in every field: never an error of the site, never a silent loss.

The forms are those that the pages really have, found by looking at every address of the route map as the owner of all
and as nobody. What a test sends is rolled back, so that the next finds the site as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from tests.figures import Figure
from tests.hostile.texts import MEGABYTE, TEXTS
from tests.hostile.world import Form, World
from tests.webapp.client import CheckingClient
from tests.webapp.pages import Page
from webapp.db.work import session
from webapp.questions.inputs import clean_text

Fields = Mapping[str, str | Sequence[str]]

HIDDEN_WITHOUT_FORM = {
    "/account/second-factor/recovery-codes",
    "/account/second-factor/turn-off",
    "/organisations/<organisation_id>/assessments/<assessment_id>/themes/<theme>/autosave",
    "/organisations/<organisation_id>/assessments/<assessment_id>/themes/<theme>/kept",
    "/sign-in/code",
    "/sign-in/recovery-code",
}
"""Routes whose form shows only on the way through something else, or that only the site's script sends to."""

NUMBERS = ("-1", "9" * 30, "1e9", "٣", "0x1", "", " ")
"""What a hidden number or id could be changed to."""

SYNTAX_SHORT = (TEXTS["script"], TEXTS["override"], TEXTS["NUL"])

PRACTICE = "POL-01."
"""Of a page with many practices, the fields of one are tried."""


@pytest.fixture(autouse=True)
def nothing_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a request wrote is checked by the database, and then rolled back; the world itself was made before."""
    assert world.browsers
    monkeypatch.setattr("webapp.site.commit", lambda: session().flush())


def pairs(fields: Fields) -> Iterator[tuple[str, str]]:
    """Each field with each of its values."""
    for name, values in fields.items():
        yield from ((name, value) for value in ([values] if isinstance(values, str) else values))


def send(form: Form, fields: Fields) -> TestResponse:
    """Send a form, even with what no browser would; the browser's cookies are then as they were."""
    kept = form.browser._cookies
    assert kept is not None
    cookies = dict(kept)
    body = urlencode(list(pairs(fields)), errors="surrogatepass")
    answer = form.browser.post(form.address, data=body, content_type="application/x-www-form-urlencoded")
    kept.clear()
    kept.update(cookies)
    return answer


def fields_of(form: Form) -> Iterator[str]:
    """The fields that are worth trying."""
    for name in form.fields:
        if name != "csrf_token" and ("." not in name or name.startswith(PRACTICE)):
            yield name


def check(form: Form, name: str, sent: object, answer: TestResponse) -> None:
    """Fail where the site failed, or where somebody lost what they had typed."""
    told = f"{form.address}, {name} = {str(sent)[:60]!a}: {answer.status_code}"
    assert answer.status_code < 500, told
    assert answer.status_code in (200, 303, 400, 401, 403, 404, 409, 422, 429), told
    if answer.status_code == 422:
        page = Page(answer.text)
        assert page.all(".govuk-error-summary") or page.all("main .govuk-warning-text"), f"{told}: no message"
        if isinstance(sent, str) and sent != TEXTS["half of a pair"]:  # which no browser can send
            check_kept(page, name, sent, told)


def check_kept(page: Page, name: str, sent: str, told: str) -> None:
    """A text field of a form that is shown again says what was typed."""
    boxes = page.all(f"textarea[name='{name}'], input[type=text][name='{name}'], input[type=email][name='{name}']")
    shown = {squeeze((box.text if box.tag == "textarea" else box.get("value")) or "") for box in boxes}
    assert not boxes or squeeze(sent) in shown or not visible(sent), f"{told}: typed text is lost"


def squeeze(text: str) -> str:
    """A text without the blanks, which fields of one line make single ones of."""
    return "".join(clean_text(text).split())


def visible(text: str) -> bool:
    """Whether anybody could see anything of it."""
    return any(character.isprintable() and not character.isspace() for character in text)


@pytest.mark.slow
def test_hostile_text_in_every_field_of_every_form_is_kept_or_refused(world: World, figure: Figure) -> None:
    forms = world.find_forms()
    tried = 0
    for form in forms:
        for name in fields_of(form):
            for text in (*TEXTS.values(), MEGABYTE) if name in form.typed else (*NUMBERS, *SYNTAX_SHORT):
                check(form, name, text, send(form, {**form.fields, name: text}))
                tried += 1
    figure("forms with hostile text", len(forms))
    figure("forms x fields x hostile texts tried", tried)


@pytest.mark.slow
def test_forms_of_every_route_that_takes_them_are_found(world: World) -> None:
    found = {form.rule for form in world.find_forms()}
    posted = {rule.rule for rule in world.rules("POST")}
    assert posted - found == HIDDEN_WITHOUT_FORM


@pytest.mark.slow
def test_form_with_fields_missing_repeated_or_as_files_is_no_error(world: World) -> None:
    for form in world.find_forms():
        token = {"csrf_token": form.fields.get("csrf_token", [""])}
        check(form, "nothing", None, send(form, token))
        for name in fields_of(form):
            without = {key: value for key, value in form.fields.items() if key != name}
            check(form, name, None, send(form, without))
            check(form, name, None, send(form, {**form.fields, name: ["one", "two", "three", "four"]}))
        files = {name: (BytesIO(b"\x00\xff"), "a\u202eb\x00.exe") for name in fields_of(form)}
        check(form, "files", None, form.browser.post(form.address, data={**token, **files}))


@pytest.mark.slow
def test_routes_without_a_form_of_their_own_take_any_fields(world: World) -> None:
    names = {name for form in world.find_forms() for name in fields_of(form)}
    names |= {"practice", "user", "code", "password", f"{PRACTICE}note"}
    owner = world.browsers["owner"]
    token = Page(owner.get("/account").text).csrf
    for rule in world.rules("POST"):
        for address in world.addresses(rule):
            for text in (TEXTS["script"], TEXTS["controls"], NUMBERS[1]):
                form = Form(rule.rule, address, {"csrf_token": [token]}, frozenset(), "", owner)
                check(form, "all", None, send(form, {**form.fields, **dict.fromkeys(names, text)}))


QUERIES = ("page", "q", "event", "organisation", "from", "steps", "next", "invitation", "theme", "status", "owner")
"""The words of all queries that pages know; they may be put to any page."""


@pytest.mark.slow
def test_hostile_query_is_no_error(world: World) -> None:
    owner: CheckingClient = world.browsers["owner"]
    pages = [rule for rule in world.rules("GET") if not rule.rule.endswith((".pdf", ".<ending>", ".json"))]
    for rule in pages:
        address = next(world.addresses(rule))
        for text in (*NUMBERS, TEXTS["script"], TEXTS["override"], TEXTS["NUL"], "x" * 5000):
            answer = owner.get(address, query_string=dict.fromkeys(QUERIES, text))
            assert answer.status_code in (200, 303, 400, 404, 422), f"{address} {text[:40]!a}: {answer.status_code}"
