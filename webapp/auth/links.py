"""The signed links of mails: whose they are, and whether they still hold.

Flask-Security signs them and knows how long each holds. A link names the account by what changes with its password and
its address, so that one that was used, or made before such a change, is worth nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_security.utils import check_and_get_token_status, hash_data, verify_hash

from webapp.auth.config import CONFIRM_WITHIN, RESET_WITHIN
from webapp.auth.passwords import security
from webapp.store.accounts import User

__all__ = [
    "NewAddress",
    "make_confirm_token",
    "make_email_token",
    "make_reset_token",
    "read_confirm_token",
    "read_email_token",
    "read_reset_token",
]


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address that somebody wants to have for their account, and that is theirs."""

    user: User
    email: str


def make_confirm_token(user: User) -> str:
    """For the link that confirms the address of a new account."""
    return str(security().confirm_serializer.dumps(_name(user)))


def read_confirm_token(token: str) -> User | None:
    """Whose address a link confirms; None where it is too old or not ours."""
    expired, invalid, held = check_and_get_token_status(token, "confirm", CONFIRM_WITHIN)
    return None if expired or invalid else _find(*held)


def make_reset_token(user: User) -> str:
    """For the link that lets somebody choose a new password."""
    return str(security().reset_serializer.dumps(_name(user)))


def read_reset_token(token: str) -> User | None:
    """Who may choose a new password; None where the link is too old, was used, or is not ours."""
    expired, invalid, held = check_and_get_token_status(token, "reset", RESET_WITHIN)
    return None if expired or invalid else _find(*held)


def make_email_token(user: User, email: str) -> str:
    """For the link that gives an account another address."""
    return str(security().change_email_serializer.dumps([*_name(user), email]))


def read_email_token(token: str) -> NewAddress | None:
    """Which address a link gives to whom; None where it is too old, was used, or is not ours."""
    expired, invalid, held = check_and_get_token_status(token, "change_email", CONFIRM_WITHIN)
    if expired or invalid:
        return None
    *name, email = held
    user = _find(*name)
    return NewAddress(user, email) if user else None


def _name(user: User) -> list[str]:
    return [user.fs_uniquifier, hash_data(user.email)]


def _find(uniquifier: str, email_hash: str) -> User | None:
    user = security().datastore.find_user(fs_uniquifier=uniquifier)
    if not isinstance(user, User) or not user.active:
        return None
    return user if verify_hash(email_hash.encode(), user.email) else None
