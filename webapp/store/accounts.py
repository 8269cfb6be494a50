"""What Flask-Security and the pages of an account need of the store.

The account itself is given as Flask-Security's user, because the library's functions ask for it; everything else of the
site sees people as `webapp.store.people` gives them.
"""

from __future__ import annotations

import secrets
from typing import cast

from flask_security import SQLAlchemySessionUserDatastore
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.local import LocalProxy

from webapp.clock import now
from webapp.db.locks import hold
from webapp.db.tables import Role, UsedCode, User
from webapp.db.work import session
from webapp.store.audit import record_event
from webapp.store.constraints import mapped
from webapp.store.errors import AlreadyThereError, NotFoundError

__all__ = [
    "User",
    "change_email",
    "change_name",
    "confirm_account",
    "find_account",
    "find_used_code",
    "forget_used_code",
    "get_account",
    "keep_used_code",
    "make_user_datastore",
    "set_password",
]


def make_user_datastore() -> SQLAlchemySessionUserDatastore:
    """Flask-Security's way to the accounts; it works within the request's transaction."""
    current = cast("scoped_session[Session]", LocalProxy(session))
    return SQLAlchemySessionUserDatastore(current, User, Role)


def find_account(email: str) -> User | None:
    """The open account with an address, however it is capitalised; None where there is none."""
    query = select(User).where(User.email == email.strip().lower(), User.closed_at.is_(None))
    return session().scalars(query).one_or_none()


def get_account(user_id: str) -> User:
    """The account with an id.

    Raises:
        NotFoundError: There is none.
    """
    found = session().get(User, user_id)
    if found is None:
        raise NotFoundError
    return found


def confirm_account(*, user: User) -> None:
    """Note that the address belongs to who has the account; nothing happens where that is known."""
    if user.confirmed_at is None:
        user.confirmed_at = now()
        record_event("email_confirmed", user_id=user.id, subject=user.id)


def change_name(*, user: User, name: str) -> None:
    """Call somebody by another name, from now on and in all that they did."""
    user.name = name
    user.update_datetime = now()
    record_event("name_changed", user_id=user.id, subject=user.id)


def set_password(*, user: User, password_hash: str) -> None:
    """Give an account another password; cookies and links that were made before are worth nothing any more."""
    user.password = password_hash
    _renew(user)
    record_event("password_changed", user_id=user.id, subject=user.id)


def change_email(*, user: User, email: str) -> None:
    """Give an account another address, which its owner has confirmed; cookies and links made before end.

    Raises:
        AlreadyThereError: Somebody else has it.
    """
    there = AlreadyThereError("Somebody else has this address")
    with mapped({"uq_user_account_email": there, "user_account.email": there}):
        user.email = email.strip().lower()
        user.confirmed_at = now()
        _renew(user)
    record_event("email_changed", user_id=user.id, subject=user.id)


def _renew(user: User) -> None:
    user.fs_uniquifier = secrets.token_hex(16)
    user.update_datetime = now()


def find_used_code(user_id: str) -> int | None:
    """The half minute of the last code of an app that somebody used; None where they used none yet."""
    hold(f"used code {user_id}")  # or a code that is sent twice at once would be new both times
    return session().scalar(select(UsedCode.counter).where(UsedCode.user_id == user_id))


def keep_used_code(*, user_id: str, counter: int) -> None:
    """Keep the half minute of a code that was used."""
    forget_used_code(user_id=user_id)
    session().add(UsedCode(user_id=user_id, counter=counter))
    session().flush()


def forget_used_code(*, user_id: str) -> None:
    """Forget which code was used, when the app is set up anew or no longer used."""
    session().execute(delete(UsedCode).where(UsedCode.user_id == user_id))
