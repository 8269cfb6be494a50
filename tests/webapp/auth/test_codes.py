"""Codes of apps, after the secret key of the site was changed."""

from __future__ import annotations

import time
from pathlib import Path

from passlib.totp import TOTP  # type: ignore[import-untyped]
from pydantic import SecretStr

from tests.webapp.conftest import MakePerson, make_settings
from webapp import create_app
from webapp.auth.passwords import security
from webapp.auth.signing_in import check_code
from webapp.site import Site
from webapp.store.accounts import get_account

NEWER = SecretStr("a newer secret key, and long enough")


def reopen(folder: Path, **changes: object) -> Site:
    app = create_app(make_settings(folder, **changes))
    assert isinstance(app, Site)
    return app


def test_secret_survives_a_new_key_and_is_renewed_when_used(
    app: Site, make_person: MakePerson, database: str, tmp_path: Path
) -> None:
    person = make_person("Ann Archer")
    with app.app_context(), app.run_work(write=True) as work:
        secret = security().totp_factory.generate_totp_secret()
        phone = TOTP(security().totp_factory.get_totp_b32_key(secret))
        security().datastore.tf_set(get_account(person.id), "authenticator", secret)
        work.commit()
    old_key = app.extensions["settings"].secret_key
    rotated = reopen(tmp_path, database_url=database, secret_key=NEWER, secret_key_previous=old_key)
    with rotated.app_context(), rotated.run_work(write=True) as work:
        assert check_code(get_account(person.id), phone.generate().token)
        work.commit()
    alone = reopen(tmp_path, database_url=database, secret_key=NEWER)
    with alone.app_context(), alone.run_work(write=True):
        assert check_code(get_account(person.id), phone.generate(time.time() + 30).token)
    for opened in (rotated, alone):
        opened.engine.dispose()


def test_secret_is_not_kept_readable(app: Site) -> None:
    with app.app_context():
        secret = security().totp_factory.generate_totp_secret()
        assert security().totp_factory.get_totp_b32_key(secret) not in secret
