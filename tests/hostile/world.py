"""A site with something of everything in it, so that every form of every page can be found and sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from lxml.html import HtmlElement
from werkzeug.routing import Rule

from tests.webapp.auth.letters import make_fresh
from tests.webapp.client import CheckingClient
from tests.webapp.conftest import MakePerson, MakeTeam, TestTeam, make_client
from tests.webapp.pages import Page
from tests.webapp.planning import START, add_assessment, add_plan, ids_of
from tests.webapp.reviewing import add_assessment as add_reviewed
from tests.webapp.reviewing import answer
from webapp.auth.links import make_confirm_token, make_email_token, make_reset_token
from webapp.site import Site
from webapp.store.accounts import find_account
from webapp.store.actions import add_own_action, take_out
from webapp.store.administration import appoint_administrator, deactivate_account
from webapp.store.assessments import get_assessment
from webapp.store.comments import add_comment
from webapp.store.group_places import accept_place, offer_place
from webapp.store.groups import add_group_reader, create_group
from webapp.store.invitations import invite, list_invitations
from webapp.store.organisations import create_organisation
from webapp.store.people import create_person
from webapp.store.plan_records import Written
from webapp.store.scope import Role, Scope, get_scope
from webapp.store.sessions import begin_session, list_sessions

__all__ = ["Form", "World", "make_world"]


@dataclass(frozen=True)
class Form:
    """A form as a page has it.

    Attributes:
        rule: The rule of the address that it is sent to.
        address: That address.
        fields: What it sends when nothing is changed: names, each with its values.
        typed: The names of those into which people type.
        page: The page that it is on.
        browser: In which it was found.
    """

    rule: str
    address: str
    fields: Mapping[str, Sequence[str]]
    typed: frozenset[str]
    page: str
    browser: CheckingClient


@dataclass(frozen=True)
class World:
    """The site, what stands in its addresses, and who looks at it: an owner who administers, a reader, and nobody."""

    app: Site
    team: TestTeam
    values: Mapping[str, Sequence[str]]
    browsers: Mapping[str, CheckingClient]

    def rules(self, method: str) -> list[Rule]:
        """Every route that takes a method, but for built files."""
        found = (rule for rule in self.app.url_map.iter_rules() if rule.endpoint != "static")
        return [rule for rule in found if method in (rule.methods or set())]

    def addresses(self, rule: Rule) -> Iterator[str]:
        """A route's addresses, with all there is to fill in."""
        names = sorted(rule.arguments)
        for values in product(*(self.values[name] for name in names)):
            yield self.app.url_map.bind("localhost").build(rule.endpoint, dict(zip(names, values, strict=True)))

    def pages(self, who: str) -> Iterator[tuple[str, Page]]:
        """Every page that somebody can see."""
        for rule in self.rules("GET"):
            for address in self.addresses(rule):
                if not rule.rule.endswith((".pdf", ".<ending>", ".json")):
                    answer = self.browsers[who].get(address)
                    if answer.mimetype == "text/html" and answer.status_code == 200:
                        yield address, Page(answer.text)

    def find_forms(self) -> list[Form]:
        """Every form that sends something; of those that differ in nothing but their place, the first."""
        found: dict[object, Form] = {}
        for who, browser in self.browsers.items():
            for address, page in self.pages(who):
                for element in page.all("form[method=post]"):
                    form = self._form(element, address, browser)
                    found.setdefault((form.rule, tuple(sorted(form.fields)), _state(form)), form)
        return list(found.values())

    def _form(self, element: HtmlElement, page: str, browser: CheckingClient) -> Form:
        address = element.get("action") or page
        path = address.partition("?")[0]
        rule, _ = self.app.url_map.bind("localhost").match(path, method="POST", return_rule=True)
        fields: dict[str, list[str]] = {}
        for field in element.cssselect("input[name], select[name], textarea[name], button[name]"):
            fields.setdefault(field.get("name"), [])
        for name, value in element.form_values():
            fields[name].append(value or "")
        typed = {field.get("name") for field in element.cssselect(_TYPED)}
        return Form(rule.rule, address, fields, frozenset(typed), page, browser)


_TYPED = "textarea, input[type=text], input[type=email]"


def _state(form: Form) -> tuple[str, ...]:
    """What tells two forms for one address apart: the action or the assessment, not the person or the practice."""
    return tuple(part for part in form.address.split("/") if len(part) == _ID_LENGTH and "actions" in form.address)


_ID_LENGTH = 20


def make_world(app: Site, make_team: MakeTeam, make_person: MakePerson) -> World:
    """Fill a site."""
    team, other = make_team(), make_team("Elsewhere", "voluntary_organisation")
    owner = team.owner
    add_plan(app, team)
    assessments = [add_assessment(app, team, year=2027), *(_last(add_reviewed(app, team, s)) for s in _STATUSES)]
    actions = ids_of(app, team)
    with app.run_work(write=True) as work:
        scope = get_scope(user_id=owner.id, organisation_id=team.organisation_id)
        appoint_administrator(administrator_id=None, user_id=owner.id)
        appoint_administrator(administrator_id=owner.id, user_id=team.approver.id)
        deactivate_account(administrator_id=owner.id, user_id=team.contributor.id)
        second = create_organisation(user_id=owner.id, name="HMP Second", kind="prison")
        answer(get_scope(user_id=owner.id, organisation_id=second))
        values = _add_groups(scope, second) | _invite(scope, other, owner.email)
        own = add_own_action(scope, written=Written(start=START, due=date(2027, 11, 22), gap="A quiet room"))
        take_out(scope, actions["POL-03"])
        record = get_assessment(scope, assessments[0])
        values["comment_id"] = [add_comment(scope, record, practice="POL-01", text="Is this still so?")]
        begin_session(user_id=owner.id, device="Another browser")
        values["handle"] = [each.handle for each in list_sessions(owner.id)]
        work.commit()
    owner.client.send("/quick-check", {"kind": "prison", "organisation": "HMP Quick"})
    for person in (owner, team.reader):
        make_fresh(person.client)
    values |= {
        "organisation_id": [team.organisation_id, second],
        "assessment_id": assessments,
        "other": assessments[-1:],
        "theme": ["policy"],
        "practice": ["POL-01"],
        "subject": ["overall"],
        "action_id": [actions["PRO-03"], actions["POL-03"], own],
        "ending": ["csv"],
        "user_id": [team.reader.id, team.contributor.id, team.approver.id],
        "number": ["1"],
    }
    nobody = _make_nobody(app, values, make_person)
    return World(app, team, values, {"owner": owner.client, "reader": team.reader.client, "nobody": nobody})


_STATUSES = ("submitted", "signed")


def _last(address: str) -> str:
    return address.rpartition("/")[2]


def _add_groups(scope: Scope, second: str) -> dict[str, Sequence[str]]:
    """A group that offers a place to one organisation, and one that another is in."""
    me = scope.user_id
    offering, holding = (create_group(administrator_id=me, name=name) for name in ("North", "South"))
    offer_place(administrator_id=me, organisation_id=scope.organisation_id, group_id=offering)
    offer_place(administrator_id=me, organisation_id=second, group_id=holding)
    accept_place(get_scope(user_id=me, organisation_id=second), group_id=holding)
    add_group_reader(administrator_id=me, group_id=holding, user_id=me)
    return {"group_id": [holding, offering]}


def _invite(scope: Scope, other: TestTeam, email: str) -> dict[str, Sequence[str]]:
    """An invitation that waits for somebody, and one for the owner themselves to another organisation."""
    invite(scope, email="somebody.else@example.org", role=Role.READER)
    elsewhere = get_scope(user_id=other.owner.id, organisation_id=other.organisation_id)
    token = invite(elsewhere, email=email, role=Role.OWNER)
    return {"invitation_id": [each.id for each in list_invitations(scope)], "token": [token]}


def _make_nobody(app: Site, values: dict[str, Sequence[str]], make_person: MakePerson) -> CheckingClient:
    """A browser in which nobody is signed in, with the links of mails in its hands."""
    person = make_person("Late Comer")
    with app.test_request_context(), app.run_work(write=True) as work:
        late = find_account(person.email)
        assert late
        assert late.password
        create_person(email="new@example.org", name="New", password_hash=late.password, is_confirmed=False)
        work.commit()
        new = find_account("new@example.org")
        assert new
        tokens = [make_confirm_token(new), make_reset_token(late), make_email_token(late, "later@example.org")]
    values["token"] = [*values["token"], *tokens]
    browser = make_client(app)
    browser.send("/quick-check", {"kind": "prison", "organisation": ""})
    return browser
