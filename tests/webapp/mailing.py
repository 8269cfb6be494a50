"""The mails that the site wrote into its folder."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from webapp.settings import Settings
from webapp.site import Site

__all__ = ["read_mails"]


def read_mails(app: Site) -> list[str]:
    """Every mail that was sent, the earliest first, with its headers."""
    settings: Settings = app.extensions["settings"]
    files = sorted((settings.instance / "mail").glob("*.eml")) if (settings.instance / "mail").exists() else []
    return [_read(file) for file in files]


def _read(file: Path) -> str:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return f"To: {message['To']}\nSubject: {message['Subject']}\n\n{message.get_content()}"
