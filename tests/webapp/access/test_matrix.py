"""Every route x method x role, with the outcome that the list of routes promises.

The list says which guard a route has; who passes which guard is said here. Where more decides, it is listed below.
"""

from __future__ import annotations

from collections import Counter

import pytest
from werkzeug.test import TestResponse

from tests.figures import Figure
from tests.webapp.access.routes import LISTED, MEMBERS, METHODS, ROUTES, Route, allowed, guards_of
from tests.webapp.access.world import World, dump
from webapp.site import Site

PASSES = "passes"
SIGN_IN = "is asked to sign in"
MISSING = "finds nothing there"
REFUSED = "is refused"

ROLES = ("anonymous", "reader", "contributor", "approver", "owner", "stranger", "group reader", "administrator")

ADDRESSES = sorted({route.address for route in ROUTES})

LEAST_ROUTES = 130
"""So that an empty list is no success."""

_IN_STATUS = {"sign": "submitted", "send-back": "submitted", "take-back": "submitted", "correct": "signed"}
"""Steps that only an assessment of some status takes."""

_LEADS_TO_SIGN_IN = {
    ("POST", "/account/close"): "closing, where one may, signs out",
    ("GET", "/check-your-email"): "no mail went anywhere",
    ("GET", "/sign-in/code"): "no password was given",
    ("POST", "/sign-in/code"): "no password was given",
    ("GET", "/sign-in/recovery-code"): "no password was given",
    ("POST", "/sign-in/recovery-code"): "no password was given",
    ("POST", "/sign-out"): "it is where one goes then",
}
"""What leads even those who pass to the sign-in page, and why."""

_OTHERWISE = {
    ("GET", "/static/<path:filename>"): (MISSING, "there is no such file"),
    ("POST", "/invitations/<token>"): (REFUSED, "it was sent to somebody else"),
}
"""What those who pass the guard find, where that is not what they asked for, and why."""


def _expect(role: str, guard: str) -> str:
    """What a guard does with a role."""
    if guard == "public":
        return PASSES
    if role == "anonymous":
        return SIGN_IN
    if guard in MEMBERS:
        if role not in MEMBERS["reader"]:
            return MISSING
        return PASSES if role in MEMBERS[guard] else REFUSED
    wanted = {"signed in": role, "group reader": "group reader", "administrator": "administrator"}[guard]
    return PASSES if role == wanted else MISSING


def _expectations(role: str, method: str, address: str) -> set[str]:
    """What may happen; one thing, but for OPTIONS of an address whose views have different guards."""
    found = {_expect(role, guard) for guard in guards_of(address, method)}
    key = _view(method), address
    return {_OTHERWISE[key][0]} if found == {PASSES} and key in _OTHERWISE else found


def _view(method: str) -> str:
    """The method of the view that answers."""
    return "GET" if method == "HEAD" else method


def _outcome(answer: TestResponse, *, may_lead: bool) -> str:
    """What happened, from what was answered."""
    known = {401: SIGN_IN, 403: REFUSED, 404: MISSING}
    leads = answer.status_code == 303 and answer.location.split("?")[0] == "/sign-in"
    if leads and not may_lead:
        return SIGN_IN
    if answer.status_code in (200, 303, 422):
        return PASSES
    return known.get(answer.status_code, f"reads {answer.status_code}")


def _ids(world: World, role: str, address: str) -> dict[str, str]:
    """The things of the own organisation; an assessment as far as the step needs it, and the browser's own sessions."""
    status = _IN_STATUS.get(address.rpartition("/")[2], "assessment_id")
    person = "group_reader" if "/readers/" in address else "user_id"
    return {
        **world.own,
        "user_id": world.own[person],
        "assessment_id": world.own[status],
        "handle": world.browsers[role].handle,
        "filename": "none.css",
    }


def _fields(world: World, role: str) -> dict[str, str]:
    """What a form sends, as far as an answer depends on it."""
    return {
        "user": world.browsers[role].user_id,
        "practice": world.own["practice"],
        "POL-01.level": "2",
        "POL-01.version": "1",
        "group": world.own["offered"],
    }


def _ask(world: World, role: str, method: str, address: str) -> TestResponse:
    filled = Route(method, address, "").fill(_ids(world, role, address))
    return world.browsers[role].ask(method, filled, _fields(world, role))


def _faults(world: World, role: str, *, is_allowed: bool) -> tuple[list[str], Counter[str]]:
    """Ask for everything as somebody; what was not as promised, and how often what happened."""
    faults, outcomes = [], Counter[str]()
    for address in ADDRESSES:
        known = allowed(address)
        for method in METHODS:
            if (method in known) != is_allowed:
                continue
            answer = _ask(world, role, method, address)
            outcome = _outcome(answer, may_lead=(_view(method), address) in _LEADS_TO_SIGN_IN)
            wanted = _expectations(role, method, address) if is_allowed else {"reads 405"}
            if outcome not in wanted or (not is_allowed and set(answer.allow) != known):
                faults.append(f"{method} {address}: {outcome} ({answer.status_code}), not {wanted}")
            outcomes[outcome] += 1
    return faults, outcomes


@pytest.mark.parametrize("role", ROLES)
def test_everybody_passes_exactly_the_doors_of_their_role(app: Site, world: World, role: str, figure: Figure) -> None:
    assert len(LISTED) >= LEAST_ROUTES
    before = dump(app)
    faults, outcomes = _faults(world, role, is_allowed=True)
    assert not faults, "\n".join(faults)
    assert dump(app) == before, "the tries themselves changed something"
    figure(f"access: routes x methods tried as {role}", sum(outcomes.values()))


@pytest.mark.slow
def test_methods_that_a_route_does_not_know_are_refused_to_everybody(world: World, figure: Figure) -> None:
    tried = 0
    for role in ROLES:
        faults, outcomes = _faults(world, role, is_allowed=False)
        assert not faults, f"{role}:\n" + "\n".join(faults)
        tried += sum(outcomes.values())
    figure("access: routes x unknown methods x roles refused", tried)
