"""Mails: to a server or into a folder, and only when the work was committed."""

from __future__ import annotations

import email
import logging
import smtplib
import ssl
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Self

import pytest
from flask import abort
from pydantic import SecretStr

from tests.webapp.conftest import make_settings
from webapp.guards import guard
from webapp.mail import FolderPost, MailError, SmtpPost, make_post, send_mail
from webapp.site import Site


class FakeServer:
    """Notes what smtplib is asked for, in order."""

    log: list[object]

    def __init__(self, server: str, port: int, *, timeout: float, context: ssl.SSLContext | None = None) -> None:
        FakeServer.log = [(server, port), "tls" if context else "plain"]
        assert timeout > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.log.append("end")

    def starttls(self, *, context: ssl.SSLContext) -> None:
        assert context.verify_mode is ssl.CERT_REQUIRED
        self.log.append("starttls")

    def login(self, username: str, password: str) -> None:
        self.log.append((username, password))

    def send_message(self, message: EmailMessage) -> None:
        self.log.append(message["To"])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[FakeServer]:
    monkeypatch.setattr(smtplib, "SMTP", FakeServer)
    monkeypatch.setattr(smtplib, "SMTP_SSL", FakeServer)
    return FakeServer


def letter() -> EmailMessage:
    message = EmailMessage()
    message["To"] = "ann@example.org"
    message.set_content("Hello")
    return message


def test_server_of_the_settings_takes_mails_encrypted(tmp_path: Path, server: type[FakeServer]) -> None:
    changes = {"mail_server": "mail.example", "mail_username": "site", "mail_password": SecretStr("key")}
    make_post(make_settings(tmp_path, **changes)).deliver(letter())
    assert server.log == [("mail.example", 587), "plain", "starttls", ("site", "key"), "ann@example.org", "end"]


@pytest.mark.parametrize(("security", "expected"), [("tls", ["tls"]), ("none", ["plain"])])
def test_other_ways_to_a_server_are_taken_where_set(
    server: type[FakeServer], security: str, expected: list[str]
) -> None:
    SmtpPost("mail.example", 465, security, None, None).deliver(letter())
    assert server.log == [("mail.example", 465), *expected, "ann@example.org", "end"]


def test_server_that_does_not_answer_is_a_mail_error() -> None:
    with pytest.raises(MailError, match="ConnectionRefusedError"):
        SmtpPost("127.0.0.1", 1, "none", None, None).deliver(letter())


def test_folder_that_cannot_be_made_is_a_mail_error(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file in its place")
    with pytest.raises(MailError):
        FolderPost(tmp_path / "mail").deliver(letter())


def test_without_a_server_the_log_says_where_and_not_to_whom(app: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), app.app_context():
        send_mail(to="ann@example.org", subject="Your account is closed", template="closed", name="Ann")
    (path,) = (app.extensions["settings"].instance / "mail").iterdir()
    assert str(path) in caplog.text
    assert "ann" not in caplog.text.replace(str(path), "").lower()


def test_mail_is_plain_text_that_says_who_it_is_from(app: Site) -> None:
    with app.app_context():
        send_mail(to="ann@example.org", subject="Your account is closed", template="closed", name="Siân <b>")
    (path,) = (app.extensions["settings"].instance / "mail").iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == "ann@example.org"
    assert message["From"] == "Volunteer self-audit <no-reply@localhost>"
    assert message["Subject"] == "Your account is closed – Volunteer self-audit"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().startswith("Hello Siân <b>,\n\nYour account is closed.")
    assert message.get_content().endswith("http://127.0.0.1:8000\n")


@pytest.mark.parametrize("code", [400, 403, 500])
def test_mail_of_a_page_that_failed_is_not_sent(app: Site, code: int) -> None:
    @guard.public
    def fail() -> str:
        send_mail(to="ann@example.org", subject="Never", template="closed", name="Ann")
        abort(code)

    app.extensions["guards"]["fail"] = guard.public
    app.add_url_rule("/fail", "fail", fail)
    assert app.test_client().get("/fail").status_code in (code, 404)
    assert not (app.extensions["settings"].instance / "mail").exists()
