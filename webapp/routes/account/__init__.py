"""Accounts: registering, signing in and out, and what people can change of their own account."""

from __future__ import annotations

from webapp.routes.account import (
    closing,
    codes,
    confirming,
    email,
    page,
    passwords,
    registering,
    resetting,
    sessions,
    signing_in,
)
from webapp.routes.account.blueprint import blueprint

__all__ = [
    "blueprint",
    "closing",
    "codes",
    "confirming",
    "email",
    "page",
    "passwords",
    "registering",
    "resetting",
    "sessions",
    "signing_in",
]
