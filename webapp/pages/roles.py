"""Roles in an organisation, in words."""

from __future__ import annotations

from webapp.store.scope import Role

__all__ = ["ROLE_MEANINGS", "ROLE_TITLES"]

ROLE_TITLES = {
    Role.OWNER: "Owner",
    Role.APPROVER: "Approver",
    Role.CONTRIBUTOR: "Contributor",
    Role.READER: "Reader",
}

ROLE_MEANINGS = {
    Role.OWNER: "Does everything: answers, signs off, invites people, and changes or deletes the organisation.",
    Role.APPROVER: "Reads everything, and signs an assessment off or sends it back. Does not answer.",
    Role.CONTRIBUTOR: "Answers, comments and keeps the action plan up to date. Does not sign off.",
    Role.READER: "Reads everything and changes nothing.",
}
