"""What will do for a password, and that a new secret key locks nobody out."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask_security import hash_password, verify_password
from pydantic import SecretStr

from tests.webapp.conftest import make_settings
from webapp import create_app
from webapp.auth.passwords import find_fault


@pytest.mark.parametrize(
    "password", ["a long and private phrase", "ÿ€🙂日本語 words", "correct horse battery", "prison libraries and rain"]
)
def test_any_characters_will_do(password: str) -> None:
    assert find_fault(password) is None


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaaaa", "Password1234!", "qwertyuiop12", "1234567890123", "ANN@example.org", "volunteer2026"]
)
def test_what_is_guessed_first_will_not_do(password: str) -> None:
    assert "harder to guess" in (find_fault(password, personal=("ann@example.org",)) or "")


@pytest.mark.parametrize(("length", "word"), [(11, "more"), (201, "fewer")])
def test_length_that_will_not_do_is_said(length: int, word: str) -> None:
    fault = find_fault("abcdefghij k l m n o p q r s t u" * 10) if length > 32 else find_fault("abcdefghijk"[:length])
    assert fault is not None
    assert word in fault


def test_password_works_with_another_secret_key(tmp_path: Path) -> None:
    with create_app(make_settings(tmp_path)).app_context():
        hashed = hash_password("a long and private phrase")
    other = make_settings(tmp_path, secret_key=SecretStr("another secret key, long enough too"))
    with create_app(other).app_context():
        assert verify_password("a long and private phrase", hashed)
        assert not verify_password("another long phrase", hashed)


def test_password_is_hashed_with_argon2(tmp_path: Path) -> None:
    with create_app(make_settings(tmp_path, environment="local")).app_context():
        assert hash_password("a long and private phrase").startswith("$argon2id$")
