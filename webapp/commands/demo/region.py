"""A group with both organisations, its reader, and the administrator who made it."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.commands.demo.people import People, at
from webapp.store.administration import appoint_administrator
from webapp.store.group_places import accept_place, offer_place
from webapp.store.groups import add_group_reader, create_group
from webapp.store.scope import get_scope

__all__ = ["make_region"]


def make_region(people: People, organisations: Mapping[str, str]) -> None:
    """Make the group.

    Args:
        people: Everybody.
        organisations: The ids of the organisations, by who owns them.
    """
    administrator = people["administrator"]
    with at(2026, 10, 21):
        appoint_administrator(administrator_id=None, user_id=administrator)
        group_id = create_group(administrator_id=administrator, name="Example region")
        add_group_reader(administrator_id=administrator, group_id=group_id, user_id=people["group reader"])
    with at(2026, 10, 22):
        for owner, organisation_id in organisations.items():
            offer_place(administrator_id=administrator, organisation_id=organisation_id, group_id=group_id)
            accept_place(get_scope(user_id=people[owner], organisation_id=organisation_id), group_id=group_id)
