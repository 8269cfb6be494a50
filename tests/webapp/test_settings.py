"""Settings are checked before anything starts, and what is wrong is named with its remedy."""

from __future__ import annotations

import pytest

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
    monkeypatch.setenv("DATABASE_URL", "postgresql://audit")
    assert load_settings().database_url == "postgresql://audit"


def test_secrets_are_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFASSESS_SECRET_KEY", SECRET)
    monkeypatch.setenv("SELFASSESS_ENVIRONMENT", "local")
    assert SECRET not in repr(load_settings())
