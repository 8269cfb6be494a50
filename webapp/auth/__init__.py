"""Accounts: Flask-Security's passwords, links, codes and sign-in, set to our rules.

Its views are not used. They act when a link of a mail is merely opened, as mail scanners do; they answer a wrong form
as if it were right; and they know neither invitations nor our one transaction for each request. Ours, in
`webapp.routes.account`, are thin: whatever must be secret, signed, hashed or compared is left to the library.
"""

from __future__ import annotations

from flask import Flask
from flask_security import Security

from webapp.auth.codes import OneTimeTotp
from webapp.auth.config import security_config
from webapp.auth.sessions import init_sessions
from webapp.mail import init_mail
from webapp.settings import Settings
from webapp.store.accounts import make_user_datastore

__all__ = ["init_accounts"]


def init_accounts(app: Flask, settings: Settings) -> None:
    """Set up registration, sign-in and everything around accounts."""
    app.config.update(security_config(settings))
    init_mail(app, settings)
    security = Security(app, make_user_datastore(), register_blueprint=False, totp_cls=OneTimeTotp)
    # Flask-Principal would ask for everybody's roles with every request; the guards ask for what a page needs.
    security.principal.identity_loaders.clear()
    init_sessions(app, idle_minutes=settings.session_minutes)
