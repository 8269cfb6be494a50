"""Accounts: Flask-Security, set to our pages, words and rules."""

from __future__ import annotations

from flask import Flask
from flask_security import Security

from webapp.auth.config import security_config
from webapp.auth.sessions import init_sessions
from webapp.settings import Settings
from webapp.store.accounts import make_user_datastore

__all__ = ["init_accounts"]


def init_accounts(app: Flask, settings: Settings) -> None:
    """Set up registration, sign-in and everything around accounts."""
    app.config.update(security_config(settings))
    Security(app, make_user_datastore())
    init_sessions(app, idle_minutes=settings.session_minutes)
