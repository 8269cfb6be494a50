"""Passwords: what will do for one, and comparing without telling whether there is an account."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from flask import current_app
from flask_security import Security, hash_password

from webapp.store.accounts import User

__all__ = ["LONGEST", "SHORTEST", "check_password", "find_fault", "make_hash", "security"]

SHORTEST = 12
LONGEST = 128

_FEWEST_DIFFERENT = 5
_OF_OURS = frozenset(
    {"abcdefghijkl", "administrator", "prison", "qwertyuiop", "qwertyuiopasdf", "volunteer", "volunteering"}
)
"""Words that are guessed first here, beside those that are guessed first everywhere."""


def security() -> Security:
    """Flask-Security, as this site has it."""
    return cast("Security", current_app.extensions["security"])


def make_hash(password: str) -> str:
    """The hash to keep of a password."""
    hashed: str = hash_password(_normalise(password))
    return hashed


def check_password(user: User | None, password: str) -> bool:
    """Whether it is this account's password; it takes as long where there is no account."""
    if user is None or not user.password:
        make_hash(password)
        return False
    return bool(user.verify_and_update_password(_normalise(password)))


def find_fault(password: str, *, personal: tuple[str, ...] = ()) -> str | None:
    """What is wrong with a new password, as a sentence; None where it will do.

    Args:
        password: What somebody chose: any characters, because only length makes it hard to guess.
        personal: What everybody knows of them, as their name and address.
    """
    if len(re.sub(" +", " ", password)) < SHORTEST:  # a row of spaces is as easy to guess as one
        return f"Your password must have {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"Your password must have {LONGEST} characters or fewer"
    if _is_easily_guessed(password.lower(), personal):
        return "Choose a password that is harder to guess: several words that do not belong together are a good one"
    return None


def _is_easily_guessed(password: str, personal: tuple[str, ...]) -> bool:
    letters = "".join(character for character in password if character.isalpha())
    if len(set(password)) < _FEWEST_DIFFERENT or "1234567890".startswith(password[:10]):
        return True
    return password in _common() or letters in _common() or password in {known.lower() for known in personal}


@cache
def _common() -> frozenset[str]:
    """What is guessed first, in small letters, whatever digits and signs are put around it.

    The 30,000 commonest passwords are read when somebody first chooses one, since nothing else needs them.
    """
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return _OF_OURS.union(FREQUENCY_LISTS["passwords"])


def _normalise(password: str) -> str:
    """The same characters, however a keyboard composes them."""
    return security().password_util.normalize(password)
