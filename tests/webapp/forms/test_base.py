"""What every form keeps out, and what it says."""

from __future__ import annotations

import pytest

from tests.webapp.client import CheckingClient
from tests.webapp.conftest import TestTeam
from tests.webapp.pages import Page
from webapp.forms.account import NameForm, SignInForm
from webapp.forms.administration import GroupForm
from webapp.forms.assessments import CommentForm, StartForm
from webapp.forms.base import SiteForm
from webapp.forms.organisations import OrganisationForm
from webapp.forms.plans import ActionForm
from webapp.forms.review import CorrectionForm, SendBackForm
from webapp.forms.team import RoleForm
from webapp.site import Site

NAMES = [
    (NameForm, "name"),
    (OrganisationForm, "name"),
    (OrganisationForm, "reference"),
    (GroupForm, "name"),
    (StartForm, "title"),
    (ActionForm, "gap"),
]
TEXTS = [
    (ActionForm, "action"),
    (ActionForm, "owner"),
    (CommentForm, "text"),
    (SendBackForm, "reason"),
    (CorrectionForm, "reason"),
]
UNSEEN = ["\u200b", "\u202e\u2066", "\u2800", "\u3164", "\ufe0f", "\x00", "\ufeff \u00ad"]


def errors_of(app: Site, form: type[SiteForm], name: str, text: str) -> list[str]:
    """What a form says of one field."""
    with app.test_request_context(method="POST", data={name: text}):
        field = form()[name]
        field.validate(form())
        return list(field.errors)


def kept(app: Site, form: type[SiteForm], name: str, text: str) -> str:
    """What a form makes of what was typed."""
    with app.test_request_context(method="POST", data={name: text}):
        data: str = form()[name].data
        return data


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize(("form", "name"), [*NAMES, *TEXTS])
def test_text_of_which_nothing_is_seen_is_no_text(app: Site, form: type[SiteForm], name: str, unseen: str) -> None:
    assert kept(app, form, name, unseen) == ""


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u2800", "\u00ad"])
@pytest.mark.parametrize(("form", "name"), NAMES)
def test_name_with_something_unseen_is_refused(app: Site, form: type[SiteForm], name: str, unseen: str) -> None:
    assert errors_of(app, form, name, f"North{unseen}East") == ["Use only letters and signs that can be seen"]


@pytest.mark.parametrize("name", ["HMP Oakenfell", "Carchar y Môr", "Łódź & Sons (2)", "北", "Ann O’Neil-Śmith"])
def test_name_of_any_language_is_taken(app: Site, name: str) -> None:
    assert errors_of(app, GroupForm, "name", name) == []


@pytest.mark.parametrize(("form", "name"), [*NAMES, *TEXTS])
def test_control_characters_are_left_out(app: Site, form: type[SiteForm], name: str) -> None:
    assert kept(app, form, name, " Quiet\x00 \x1b\x7froom\x9f ") == "Quiet room"


def test_longer_text_keeps_its_lines_and_its_signs_without_width(app: Site) -> None:
    assert kept(app, SendBackForm, "reason", "می\u200cخواهم\r\nagain") == "می\u200cخواهم\nagain"


def test_password_is_taken_as_it_is_typed(app: Site) -> None:
    assert kept(app, SignInForm, "password", " a \x01 b ") == " a \x01 b "


def test_choice_that_is_not_offered_is_told_in_plain_words(app: Site) -> None:
    assert errors_of(app, RoleForm, "role", "emperor") == ["Choose one of the answers"]


def test_page_says_it_too(client: CheckingClient, team: TestTeam) -> None:
    del client
    answer = team.owner.client.send("/organisations/new", {"name": "A", "kind": "castle"})
    assert answer.status_code == 422
    assert "Choose one of the answers" in Page(answer.text).words(".govuk-error-summary")
