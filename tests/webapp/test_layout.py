"""The frame of every page, and the pages for errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import flash, get_flashed_messages, render_template, render_template_string
from flask_login import AnonymousUserMixin, UserMixin

from tests.webapp.pages import Page, check_page, words_of
from webapp.site import Site

ERRORS = sorted(path.name for path in (Path(__file__).parents[2] / "webapp/templates/errors").glob("[!p]*.html"))
EXAMPLE = """{% extends "layout.html" %}{% set section = chosen %}{% block title %}Policy{% endblock %}
{% block content %}<h1>Policy</h1>{% endblock %}"""


def render(app: Site, *, signed_in: bool = False, section: str = "", message: tuple[str, str] | None = None) -> Page:
    with app.test_request_context("/"):
        if message:
            flash(*message)
        user = UserMixin() if signed_in else AnonymousUserMixin()
        return check_page(render_template_string(EXAMPLE, current_user=user, chosen=section))


def menu(page: Page) -> list[str]:
    return [words_of(item) for item in page.all("nav li")]


def test_signed_out_visitor_is_offered_the_quick_check(app: Site) -> None:
    assert menu(render(app)) == ["Quick check", "Help", "Sign in"]


def test_signed_in_person_can_sign_out_by_a_form(app: Site) -> None:
    page = render(app, signed_in=True)

    assert menu(page) == ["Organisations", "Help", "Your account", "Sign out"]
    form = page.one("form[data-clears-drafts]")
    assert (form.get("method"), form.get("action")) == ("post", "/sign-out")
    assert page.csrf


def test_section_of_the_page_is_marked(app: Site) -> None:
    page = render(app, signed_in=True, section="organisations")

    assert words_of(page.one("nav [aria-current=true]")) == "Organisations"


def test_page_of_the_administration_has_its_place_in_the_menu(app: Site) -> None:
    assert "Administration" in menu(render(app, signed_in=True, section="administration"))


def test_success_is_announced(app: Site) -> None:
    banner = render(app, message=("The name was saved.", "success")).one(".govuk-notification-banner")

    assert banner.get("role") == "alert"
    assert words_of(banner) == "Done The name was saved."


def test_message_is_escaped(app: Site) -> None:
    banner = render(app, message=("<b>Kim</b> was invited.", "success")).one(".govuk-notification-banner__content")

    assert words_of(banner) == "<b>Kim</b> was invited."


def test_saved_answers_are_marked_for_the_script_without_a_banner(app: Site) -> None:
    page = render(app, message=("", "saved"))

    assert page.one("[data-answers-saved]").get("hidden") is not None
    assert page.all(".govuk-notification-banner") == []


def test_every_error_has_a_page() -> None:
    assert [f"{name}.html" for name in (403, 404, 405, 413, 429, 500, 503, "csrf", "unsent")] == ERRORS


@pytest.mark.parametrize("name", ERRORS)
def test_page_for_an_error_stands_alone(app: Site, name: str) -> None:
    """Neither who is signed in nor a message is asked for: the database may be what is broken."""
    with app.test_request_context("/"):
        flash("Saved.", "success")
        page = check_page(render_template(f"errors/{name}", current_user=None))

        assert menu(page) == []
        assert page.all(".govuk-notification-banner") == []
        assert get_flashed_messages() == ["Saved."]
    assert page.all("main p")


def test_page_loads_only_what_was_built(app: Site) -> None:
    page = render(app)
    loaded = [element.get("href") for element in page.all("link")]
    loaded += [element.get("src") for element in page.all("script")]

    assert len(loaded) == 4
    for address in loaded:
        with app.test_client().get(address) as answer:
            assert answer.status_code == 200, address
