"""Flask-Security's settings, and why each is as it is."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

from webapp.clock import now
from webapp.settings import Settings

__all__ = ["CONFIRM_WITHIN", "FRESH", "RESET_WITHIN", "security_config"]

CONFIRM_WITHIN = timedelta(days=2)
RESET_WITHIN = timedelta(hours=2)
FRESH = timedelta(minutes=15)
"""How long after giving the password somebody may change what guards the account."""


def security_config(settings: Settings) -> dict[str, object]:
    """The values for Flask's configuration."""
    return {
        **_features(),
        # A row of the store says whether a cookie is believed, which a hash of address and browser adds nothing to.
        "SESSION_PROTECTION": None,
        **_passwords(is_test=settings.environment == "testing"),
        **_keys(settings),
        "SECURITY_DATETIME_FACTORY": now,
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_EMAIL_SENDER": settings.mail_sender,
        "SECURITY_TOTP_ISSUER": settings.site_name,
        "SECURITY_CONFIRM_EMAIL_WITHIN": CONFIRM_WITHIN,
        "SECURITY_CHANGE_EMAIL_WITHIN": CONFIRM_WITHIN,
        "SECURITY_RESET_PASSWORD_WITHIN": RESET_WITHIN,
        "SECURITY_FRESHNESS": FRESH,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH,
    }


def _features() -> dict[str, object]:
    return {
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_CLI_USERS_NAME": None,  # the commands are ours, with our rules
        "SECURITY_CLI_ROLES_NAME": None,
        # The mails are ours too.
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
    }


def _passwords(*, is_test: bool) -> dict[str, object]:
    quick = {"argon2__time_cost": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1}
    return {
        # Slow on purpose, but a test has nothing to guard.
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": quick if is_test else {},
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        # No secret of the site is mixed in: with another secret key, nobody could sign in any more.
        "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
        "SECURITY_PASSWORD_SALT": None,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        # For the addresses within signed links, which need no slow hash.
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
    }


def _keys(settings: Settings) -> dict[str, object]:
    """Keys for what the database keeps encrypted; those of the secret key before still open what they closed."""
    secrets = [settings.secret_key, settings.secret_key_previous]
    held = [secret.get_secret_value() for secret in secrets if secret]
    return {
        "SECURITY_TOTP_SECRETS": {_derive(secret, "tag").hex()[:8]: _derive(secret, "totp").hex() for secret in held},
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [
            base64.urlsafe_b64encode(_derive(secret, "recovery codes")) for secret in held
        ],
    }


def _derive(secret: str, purpose: str) -> bytes:
    """A secret for one purpose, made from the site's."""
    return hashlib.sha256(f"{purpose}:{secret}".encode()).digest()
