"""Every route is listed with its guard.

The list is ``routes.txt``: methods, address, guard. Whoever adds a route adds its line, and so decides who may pass;
``tests/webapp/access`` then tries every door as everybody.
"""

from __future__ import annotations

from tests.webapp.access.routes import LISTED, MEMBERS
from webapp.guards import view_guards
from webapp.site import Site
from webapp.store.scope import Role

LEAST_ROUTES = 130
"""So that an empty list is no success."""

GUARDS = {"public", "signed in", "group reader", "administrator", *(role.value for role in Role)}


def test_every_route_is_listed_with_its_guard(app: Site) -> None:
    guards = view_guards(app)
    there = [
        f"{','.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.rule} {guards[rule.endpoint]}"
        for rule in app.url_map.iter_rules()
    ]
    assert sorted(there) == sorted(LISTED)
    assert len(LISTED) >= LEAST_ROUTES


def test_every_guard_of_the_list_is_one_that_is_tried() -> None:
    assert {line.split(" ", 2)[2] for line in LISTED} == GUARDS
    assert {role.value for role in Role} == set(MEMBERS)
