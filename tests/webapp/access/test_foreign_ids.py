"""Whatever belongs to another organisation is as if it were not there: in paths, forms and addresses with values.

Which ids there are is read from the list of routes and from the pages themselves, so that a new one is tried as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from werkzeug.test import TestResponse

from tests.figures import Figure
from tests.webapp.access.forms import Sendable, find_sendable
from tests.webapp.access.routes import MEMBERS, ROUTES, Route
from tests.webapp.access.world import World
from tests.webapp.pages import Page

OBJECTS = {
    *("organisation_id", "assessment_id", "other", "comment_id", "invitation_id"),
    *("user_id", "action_id", "group_id", "handle"),
}
"""The names in addresses that stand for somebody's things."""

OTHERS = {"theme", "practice", "subject", "ending", "number", "filename", "token"}
"""The other names: words of the standard, kinds of files, and secrets, whose own tests say that none can be guessed."""

NOWHERE = "0" * 20
"""An id that nothing has."""

KNOWN_FIELDS = {"assessment", "begin", "group", "member", "organisation", "person", "to", "user"}
"""Fields that hold ids, of which the search through the pages has to find each."""

_BY_SCRIPT = (("themes/<theme>/autosave", "user"), ("group/decline", "group"))
"""Fields with ids that only scripts send, or that stand behind another form's button."""

_LEAST_PATHS, _LEAST_FIELDS, _LEAST_PAGES = 100, 12, 45
_STATUS = {"sign": "submitted", "send-back": "submitted", "take-back": "submitted", "correct": "signed"}
_IDS = re.compile(r"[0-9a-f]{20}")
_TOKEN = re.compile(r'(name="csrf_token"[^>]*value=")[^"]+')


def _same(answer: TestResponse) -> tuple[int, str | None, str]:
    """An answer, but for ids and tokens."""
    return answer.status_code, answer.headers.get("Location"), _TOKEN.sub(r"\1", _IDS.sub("ID", answer.text))


def _own(world: World, route: Route, who: str) -> dict[str, str]:
    status = _STATUS.get(route.address.rpartition("/")[2], "assessment_id")
    return {**world.own, "assessment_id": world.own[status], "handle": world.browsers[who].handle, "filename": "none"}


def _ask(world: World, route: Route, who: str, ids: dict[str, str]) -> TestResponse:
    """Ask with a form that is right but for the ids, so that it is they that decide."""
    fields = {"practice": "POL-01", "POL-01.level": "1", "POL-01.version": "1", "text": "Some words", "to": "everybody"}
    fields |= {"group": world.own["offered"]}
    return world.browsers[who].ask(route.method, route.fill(ids), fields)


def test_every_name_in_an_address_is_known() -> None:
    names = {name for route in ROUTES for name in route.names}
    assert names == OBJECTS | OTHERS


def test_foreign_ids_in_paths_are_as_if_they_were_not_there(world: World, figure: Figure) -> None:
    tried, faults = 0, []
    foreign = {**world.foreign, "handle": world.browsers["stranger"].handle, "filename": "none"}
    for route in ROUTES:
        who = "group reader" if route.guard == "group reader" else "owner"
        if route.guard in ("administrator", "public"):
            continue  # the one may see everything, the other asks for nothing of anybody
        own, objects = _own(world, route, who), OBJECTS & set(route.names)
        for names in [{name} for name in objects] + ([objects] if len(objects) > 1 else []):
            theirs, none = (
                _same(_ask(world, route, who, own | {name: ids.get(name, NOWHERE) for name in names}))
                for ids in (foreign, dict[str, str]())
            )
            right = _ask(world, route, who, own)
            if theirs != none or theirs[0] != 404 or right.status_code == 404:
                faults.append(f"{route} {names}: {theirs[0]}, {none[0]}, own {right.status_code}")
            tried += 1
    assert not faults, "\n".join(faults)
    assert tried >= _LEAST_PATHS
    figure("access: ids of others tried in paths", tried)


def _pages(world: World, who: str = "owner", ids: Mapping[str, str] | None = None) -> Iterator[tuple[str, Page]]:
    """Every page that the owner of an organisation can open."""
    for route in ROUTES:
        if route.method == "GET" and (route.guard in {*MEMBERS, "signed in"} or "quick-check" in route.address):
            address = route.fill({**_own(world, route, who), **(ids or {})})
            answer = world.browsers[who].ask("GET", address)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield address, Page(answer.text)


def _id_fields(world: World) -> Iterator[tuple[Sendable, str, str]]:
    """Every field with an id of the own organisation: where it is sent, its name, and whose id it is."""
    kinds = {value: kind for kind, value in world.own.items() if _IDS.fullmatch(value)}
    seen = set()
    for address, page in _pages(world):
        for sendable in find_sendable(page, address):
            for name, value in sendable.choices:
                key = (sendable.method, sendable.address, name, value)
                if value in kinds and key not in seen:
                    seen.add(key)
                    yield sendable, name, kinds[value]


def _send(world: World, sendable: Sendable, name: str, value: str) -> TestResponse:
    fields = {key: held for key, held in sendable.fields.items() if key != "csrf_token"} | {name: value}
    if sendable.method == "GET":
        query = "&".join(f"{key}={held}" for key, held in fields.items())
        return world.browsers["owner"].ask("GET", f"{sendable.address}?{query}")
    return world.browsers["owner"].ask("POST", sendable.address, fields)


def _scripted(world: World) -> Iterator[tuple[Sendable, str, str]]:
    for ending, name in _BY_SCRIPT:
        route = next(route for route in ROUTES if route.address.endswith(ending))
        fields = {"practice": "POL-01", "POL-01.level": "1", "POL-01.version": "1"}
        yield Sendable("POST", route.fill(world.own), fields, ()), name, {"user": "owner", "group": "offered"}[name]


def test_foreign_ids_in_forms_and_queries_are_as_if_they_were_not_there(world: World, figure: Figure) -> None:
    tried, faults, names = 0, [], set()
    for sendable, name, kind in [*_id_fields(world), *_scripted(world)]:
        own, theirs, none = (
            _same(_send(world, sendable, name, value)) for value in (world.own[kind], world.foreign[kind], NOWHERE)
        )
        if theirs != none or theirs == own or theirs[0] not in (401, 404, 422):
            faults.append(f"{sendable.method} {sendable.address} {name}: {own[:2]} {theirs[:2]}, {none[:2]}")
        names.add(name)
        tried += 1
    assert not faults, "\n".join(faults)
    assert names >= KNOWN_FIELDS
    assert tried >= _LEAST_FIELDS
    figure("access: ids of others tried in forms and queries", tried)


def test_no_page_names_anything_of_another_organisation(world: World, figure: Figure) -> None:
    """Not even where somebody there opened the same page just before, and pieces of it are kept."""
    ids = {value for kind, value in world.foreign.items() if _IDS.fullmatch(value)}
    stranger, seen = world.browsers["stranger"], 0
    assert (
        sum("Elsewhere" in theirs.text for _, theirs in _pages(world, "stranger", world.foreign)) >= _LEAST_PAGES // 2
    )
    for address, page in _pages(world):
        assert "Elsewhere" not in page.text, address
        assert stranger.token not in page.text, address
        assert not (ids | {stranger.user_id}) & set(_IDS.findall(page.text)), address
        seen += 1
    assert seen >= _LEAST_PAGES
    figure("access: pages searched for what belongs to others", seen)
