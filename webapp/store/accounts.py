"""What Flask-Security needs of the store."""

from __future__ import annotations

from typing import cast

from flask_security import SQLAlchemySessionUserDatastore
from sqlalchemy.orm import Session, scoped_session
from werkzeug.local import LocalProxy

from webapp.db.tables import Role, User
from webapp.db.work import session

__all__ = ["make_user_datastore"]


def make_user_datastore() -> SQLAlchemySessionUserDatastore:
    """Flask-Security's way to the accounts; it works within the request's transaction."""
    current = cast("scoped_session[Session]", LocalProxy(session))
    return SQLAlchemySessionUserDatastore(current, User, Role)
