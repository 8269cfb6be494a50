"""The list of routes, ``tests/webapp/routes.txt``, as data: methods, address, guard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LISTED", "MEMBERS", "METHODS", "ROUTES", "Route", "allowed", "guards_of"]

LISTED = (Path(__file__).parents[1] / "routes.txt").read_text(encoding="utf-8").splitlines()

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")

MEMBERS = {
    "reader": {"reader", "contributor", "approver", "owner"},
    "contributor": {"contributor", "owner"},
    "approver": {"approver", "owner"},
    "owner": {"owner"},
}
"""Who passes the guard of a role in the organisation."""


@dataclass(frozen=True)
class Route:
    """One method of one line of the list."""

    method: str
    address: str
    guard: str

    @property
    def names(self) -> list[str]:
        """What its address asks for, as ``assessment_id``."""
        return re.findall(r"<(?:\w+:)?(\w+)>", self.address)

    def fill(self, values: Mapping[str, str]) -> str:
        """An address that can be asked for; a name without a value is a fault of the test."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], self.address)


def _routes() -> Iterator[Route]:
    for line in LISTED:
        methods, address, guard = line.split(" ", 2)
        for method in methods.split(","):
            yield Route(method, address, guard)


ROUTES = tuple(_routes())


def guards_of(address: str, method: str) -> set[str]:
    """The guards before a method of an address; several only for OPTIONS, which any view of the address answers."""
    method = "GET" if method == "HEAD" else method
    return {route.guard for route in ROUTES if route.address == address and method in (route.method, "OPTIONS")}


def allowed(address: str) -> set[str]:
    """The methods that an address knows."""
    listed = {route.method for route in ROUTES if route.address == address}
    return listed | {"OPTIONS"} | ({"HEAD"} if "GET" in listed else set())
