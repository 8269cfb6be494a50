"""Flask-Security's settings, and why each is as it is."""

from __future__ import annotations

import hashlib

from webapp.clock import now
from webapp.settings import Settings

__all__ = ["security_config"]


def security_config(settings: Settings) -> dict[str, object]:
    """The values for Flask's configuration."""
    secret = settings.secret_key.get_secret_value()
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        "SECURITY_PASSWORD_SALT": _derive(secret, "password"),
        "SECURITY_DATETIME_FACTORY": now,
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_EMAIL_SENDER": settings.mail_sender,
    }


def _derive(secret: str, purpose: str) -> str:
    """A secret for one purpose, made from the site's."""
    return hashlib.sha256(f"{purpose}:{secret}".encode()).hexdigest()
