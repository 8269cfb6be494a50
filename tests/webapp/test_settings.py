"""Settings are checked before anything starts, and what is wrong is named with its remedy."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from webapp.settings import Settings, SettingsError, load_settings

SECRET = "k" * 32


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SELFASSESS_{name.upper()}", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)


def refuse(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    """The message for an environment that will not do."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    return str(refusal.value)


def test_nothing_set_names_the_secret_key_and_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refuse(monkeypatch)
    assert "SELFASSESS_SECRET_KEY is not set" in message
    assert "secrets.token_hex" in message


def test_short_secret_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFASSESS_SECRET_KEY", "tooshort")
    message = refuse(monkeypatch, SELFASSESS_SITE_ADDRESS="https://audit.example")
    assert "SELFASSESS_SECRET_KEY is shorter than 32 characters" in message
    assert "tooshort" not in message


def test_production_without_https_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refuse(monkeypatch, SELFASSESS_SECRET_KEY=SECRET, SELFASSESS_SITE_ADDRESS="http://audit.example")
    assert "SELFASSESS_SITE_ADDRESS is http://audit.example" in message
    assert "SELFASSESS_ENVIRONMENT to local" in message


def test_every_fault_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refuse(
        monkeypatch, SELFASSESS_MAIL_PORT="a lot", SELFASSESS_SESSION_MINUTES="1", SELFASSESS_SITE_ADDRESS="audit"
    )
    for name in ("SECRET_KEY", "MAIL_PORT", "SESSION_MINUTES", "SITE_ADDRESS"):
        assert f"SELFASSESS_{name} is" in message


def test_database_url_is_read_from_its_usual_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFASSESS_SECRET_KEY", SECRET)
    monkeypatch.setenv("SELFASSESS_SITE_ADDRESS", "https://audit.example")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere/audit.db")
    assert load_settings().database_url == "sqlite:///elsewhere/audit.db"


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "",
        "https://audit.example",
        "mysql://u:secret@host/audit",
        "sqlite://",
        "postgresql+none://u:secret@h/a",
    ],
)
def test_address_of_no_database_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    message = refuse(monkeypatch, SELFASSESS_SECRET_KEY=SECRET, DATABASE_URL=address)
    assert "SELFASSESS_DATABASE_URL (or DATABASE_URL) is wrong: it must be the address of a database" in message
    assert "sqlite:///instance/selfassess.db" in message
    assert "secret" not in message


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_without_its_driver_names_what_to_install(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    message = refuse(monkeypatch, SELFASSESS_SECRET_KEY=SECRET, DATABASE_URL=f"{scheme}://audit:hidden@host/audit")
    assert "pip install '.[postgresql]'" in message
    assert "hidden" not in message


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_the_driver_of_the_extra(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(PGDialect_psycopg, "import_dbapi", lambda: None)
    monkeypatch.setenv("SELFASSESS_SECRET_KEY", SECRET)
    monkeypatch.setenv("SELFASSESS_ENVIRONMENT", "local")
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://audit:p%40ss@host/audit")
    assert load_settings().database_url == "postgresql+psycopg://audit:p%40ss@host/audit"


@pytest.mark.parametrize("sender", ["", "nobody", "Audit <audit@example.org>", "a@b@c", "a@example.org\nBcc: b@c"])
def test_sender_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    message = refuse(monkeypatch, SELFASSESS_SECRET_KEY=SECRET, SELFASSESS_MAIL_SENDER=sender)
    assert "SELFASSESS_MAIL_SENDER is wrong: it must be an email address" in message


@pytest.mark.parametrize("sender", ["no-reply@localhost", "self.audit+site@audit.example"])
def test_sender_that_is_an_address_is_taken(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    monkeypatch.setenv("SELFASSESS_SECRET_KEY", SECRET)
    monkeypatch.setenv("SELFASSESS_ENVIRONMENT", "local")
    monkeypatch.setenv("SELFASSESS_MAIL_SENDER", sender)
    assert load_settings().mail_sender == sender


def test_secrets_are_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFASSESS_SECRET_KEY", SECRET)
    monkeypatch.setenv("SELFASSESS_ENVIRONMENT", "local")
    assert SECRET not in repr(load_settings())
