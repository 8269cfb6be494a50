"""The blueprint of the action plan, and what its views share."""

from __future__ import annotations

from flask import Blueprint, g, request

from webapp.guards import scope
from webapp.store.scope import Role

__all__ = ["blueprint", "may_edit"]

blueprint = Blueprint("plans", __name__, url_prefix="/organisations/<organisation_id>/plan")


@blueprint.url_defaults
def stay_in_organisation(_: str, values: dict[str, str]) -> None:
    """Addresses within the plan are those of the same organisation, unless another is named."""
    if "organisation_id" not in values:
        values["organisation_id"] = (request.view_args or {})["organisation_id"]


@blueprint.context_processor
def name_what_templates_share() -> dict[str, object]:
    """What every page of the plan names; nothing for the pages of those whom the guard refused."""
    return {"scope": scope(), "may_edit": may_edit()} if "scope" in g else {}


def may_edit() -> bool:
    """Whether whoever is signed in may change the plan."""
    return scope().may_act_as(Role.CONTRIBUTOR)
