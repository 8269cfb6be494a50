"""Mails: plain text, sent once the work that they tell of is committed, by SMTP or into a folder."""

from __future__ import annotations

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask, Response, current_app, flash, g, has_request_context, render_template

from webapp.clock import now
from webapp.settings import Settings

__all__ = ["FolderPost", "MailError", "Post", "SmtpPost", "init_mail", "make_post", "send_mail"]

_SECONDS = 15
"""How long the mail server may be silent; a page waits for it."""

_log = logging.getLogger(__name__)

NOT_SENT = "We could not send the email just now. What you did was saved. Please ask for the email again later"
"""What people read when the mail server fails; the same whoever the mail was for."""

_LONGEST = 20.0
"""Seconds after which the mails of a page that are left are not tried: somebody waits for the page."""


class MailError(Exception):
    """A mail could not be handed on."""


class Post(Protocol):
    """Somebody who takes mails."""

    def deliver(self, message: EmailMessage) -> None:
        """Hand a mail on.

        Raises:
            MailError: It could not be handed on.
        """


@dataclass(frozen=True)
class SmtpPost:
    """The mail server of the settings."""

    server: str
    port: int
    security: str
    username: str | None
    password: str | None

    def deliver(self, message: EmailMessage) -> None:
        """Hand a mail to the server; the connection is encrypted unless the settings say otherwise."""
        try:
            with self._connect() as connection:
                if self.username:
                    connection.login(self.username, self.password or "")
                connection.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(type(error).__name__) from error

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.server, self.port, timeout=_SECONDS, context=ssl.create_default_context())
        connection = smtplib.SMTP(self.server, self.port, timeout=_SECONDS)
        if self.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        return connection


@dataclass(frozen=True)
class FolderPost:
    """A folder, where there is no mail server: on a machine of one's own, and in tests."""

    folder: Path

    def deliver(self, message: EmailMessage) -> None:
        """Write a mail to a file of its own, and log where; its name says nothing of whom it is for."""
        path = self.folder / f"{now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}.eml"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(message.as_bytes())
        except OSError as error:
            raise MailError(type(error).__name__) from error
        _log.warning("there is no mail server: a mail was written to %s", path)


def make_post(settings: Settings) -> Post:
    """The way mails go with these settings."""
    if settings.mail_server is None:
        return FolderPost(settings.instance / "mail")
    password = settings.mail_password
    return SmtpPost(
        settings.mail_server,
        settings.mail_port,
        settings.mail_security,
        settings.mail_username,
        password.get_secret_value() if password else None,
    )


def init_mail(app: Flask, settings: Settings) -> None:
    """Let the site send mails."""
    app.extensions["post"] = make_post(settings)
    app.after_request(_send_waiting)


def send_mail(*, to: str, subject: str, template: str, if_not_sent: str = NOT_SENT, **values: object) -> None:
    """Send a mail; within a request, after its work was committed and only then.

    Args:
        to: The address.
        subject: The subject, without the site's name.
        template: The name of a text in ``templates/mail``, without its ending.
        if_not_sent: What the sender reads when the mail server fails.
        **values: What the text names. It can always name ``site_name`` and ``site_address``.
    """
    message = _write(to, subject, template, values)
    if has_request_context():
        g.setdefault("mails", []).append((message, if_not_sent))
    else:
        current_app.extensions["post"].deliver(message)


def _write(to: str, subject: str, template: str, values: dict[str, object]) -> EmailMessage:
    settings: Settings = current_app.extensions["settings"]
    text = render_template(f"mail/{template}.txt", site_address=settings.site_address, **values)
    message = EmailMessage()
    message["From"] = Address(settings.site_name, addr_spec=settings.mail_sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = f"{subject} – {settings.site_name}"
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=urlsplit(settings.site_address).hostname)
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence is announced to us
    # Without need, nothing is encoded, so that a link in a file can be copied.
    message.set_content(text.strip() + "\n", cte="7bit" if text.isascii() else "quoted-printable")
    return message


def _send_waiting(response: Response) -> Response:
    """Runs when the transaction is over; a page that failed has nothing to tell of."""
    waiting: list[tuple[EmailMessage, str]] = g.pop("mails", [])
    if response.status_code < 400 and waiting:
        until = monotonic() + _LONGEST
        not_sent = [words for message, words in waiting if monotonic() > until or not _was_sent(message)]
        for words in dict.fromkeys(not_sent):
            flash(words, "warning")
    return response


def _was_sent(message: EmailMessage) -> bool:
    try:
        current_app.extensions["post"].deliver(message)
    except MailError as error:
        current_app.logger.error("a mail could not be sent: %s", error)
        return False
    return True
