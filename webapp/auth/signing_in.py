"""From a right password to being signed in, by way of a second factor where there is one."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from flask import session
from flask_security import login_user

from webapp.auth.codes import CLOCK_DRIFT
from webapp.auth.passwords import security
from webapp.auth.sessions import SESSION_KEY
from webapp.store.accounts import User

__all__ = [
    "check_code",
    "find_halfway",
    "has_second_factor",
    "keep_next",
    "own_path",
    "sign_in",
    "start_halfway",
    "take_next",
    "use_recovery_code",
]

_TAKEN_ALONG = frozenset({"_flashes", "held_forms", "quick_check", SESSION_KEY})
"""What a browser keeps when somebody signs in: what they did before, and the session that ends now."""

_IDENTITY = "_user_id"
"""Where the sign-in library keeps who somebody is."""

_NEXT = "next"
_HALFWAY = "halfway"
_HALFWAY_SECONDS = 600
"""How long the right password waits for its code."""


def own_path(address: str | None) -> str | None:
    """An address if it is a path of this site; None for every other, which could lead people astray."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(ord(character) <= ord(" ") or character == "\\" for character in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def keep_next(address: str | None) -> None:
    """Keep where somebody wanted to go, until they are signed in."""
    if path := own_path(address):
        session[_NEXT] = path


def take_next() -> str | None:
    """Where somebody wanted to go before they signed in."""
    return own_path(session.pop(_NEXT, None))


def has_second_factor(user: User) -> bool:
    """Whether somebody set up an app for codes."""
    return bool(user.tf_primary_method and user.tf_totp_secret)


def start_halfway(user: User) -> None:
    """The password was right; the code is still to come."""
    session[_HALFWAY] = {"user": user.fs_uniquifier, "since": time.time()}


def find_halfway() -> User | None:
    """Who gave the right password a short while ago and still has to give a code."""
    held = session.get(_HALFWAY)
    if not held or time.time() - held["since"] > _HALFWAY_SECONDS:
        return None
    found = security().datastore.find_user(fs_uniquifier=held["user"])
    return found if isinstance(found, User) and found.active else None


def sign_in(user: User) -> None:
    """Sign somebody in with this browser."""
    session.pop(_HALFWAY, None)
    if session.get(_IDENTITY) != user.fs_uniquifier:
        _leave_behind()
    login_user(user, remember=False)


def _leave_behind() -> None:
    """Empty the cookie of what somebody before knows: the token of forms, the secret of an app that was being set up.

    Whoever only comes back keeps the token, so that pages which are still open can be sent.
    """
    for name in set(session) - _TAKEN_ALONG:
        del session[name]


def check_code(user: User, code: str, *, secret: str | None = None) -> bool:
    """Whether an app shows this code now, and it was not used before.

    Args:
        user: Whose app it is.
        code: What was typed.
        secret: The secret of an app that is being set up; that of the account where left out.
    """
    held = secret or user.tf_totp_secret
    return bool(held) and security().totp_factory.verify_totp(code, str(held), user, window=CLOCK_DRIFT)


def use_recovery_code(user: User, code: str) -> bool:
    """Use one of somebody's recovery codes; False where it is none of them, or used."""
    plain = "-".join(code.lower().replace("-", " ").split())
    codes = security().mf_recovery_codes_util
    if not codes.check_recovery_code(user, plain):
        return False
    codes.delete_recovery_code(user, plain)
    return True
