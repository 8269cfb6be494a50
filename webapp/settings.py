"""What an installation can set, read from the environment and checked before anything starts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

__all__ = ["Settings", "SettingsError", "load_settings"]

PREFIX = "SELFASSESS_"

_SHORTEST_SECRET = 32

_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+")
"""An address alone, without a name; that mail arrives there is beyond any pattern."""

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
"""The databases that the site can use, with the driver for addresses that name none, as hosts give them."""

_NO_DATABASE = (
    "it must be the address of a database, like sqlite:///instance/selfassess.db or postgresql://user@host/name"
)
_NO_DRIVER = "the driver for PostgreSQL is not installed; install it with  pip install '.[postgresql]'"


class SettingsError(ValueError):
    """The environment does not say what the site needs; the message names every variable and its remedy."""


class Settings(BaseSettings):
    """The settings; each is read from ``SELFASSESS_<NAME>``, and the database also from ``DATABASE_URL``.

    Attributes:
        environment: ``production`` refuses what is unsafe; ``local`` is one machine's own; ``testing`` is for tests.
        secret_key: Signs sessions and tokens; at least 32 characters. Whoever knows it can pretend to be anybody.
        secret_key_previous: The key before it, still accepted while sessions run out.
        database_url: SQLAlchemy's address of the database: SQLite, or PostgreSQL with the extra ``postgresql``.
        instance: The folder for what the site keeps beside the database: mail that cannot be sent.
        site_name: The name in the header and in mails.
        site_address: How people reach the site, as ``https://audit.example``; links in mails begin with it, and in
            production the site answers to no other name, so a proxy has to pass the header ``Host`` on.
        mail_server: The SMTP server; without one, mails are written to ``instance/mail``.
        contact_email: Whom people write to about the site; shown in the footer's pages.
        trusted_proxies: How many reverse proxies stand before the site; 0 takes no header of theirs for true.
        session_minutes: How long somebody stays signed in without doing anything.
        pdf_workers: How many PDFs are made at once, over all web processes; fewer than those, or twenty people who ask
            for one at the same moment leave nobody to answer the others.
        pdf_seconds: How long one PDF may take.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, populate_by_name=True)

    environment: Literal["production", "local", "testing"] = "production"
    secret_key: SecretStr
    secret_key_previous: SecretStr | None = None
    database_url: str = Field(
        default="sqlite:///instance/selfassess.db",
        validation_alias=AliasChoices(f"{PREFIX}DATABASE_URL", "DATABASE_URL"),
    )
    instance: Path = Path("instance")
    site_name: str = Field(default="Volunteer self-audit", min_length=1, max_length=60)
    site_address: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/\s]+$")
    mail_server: str | None = None
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_username: str | None = None
    mail_password: SecretStr | None = None
    mail_sender: str = "no-reply@localhost"
    contact_email: str | None = None
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    session_minutes: int = Field(default=120, ge=5, le=1440)
    pdf_workers: int = Field(default=1, ge=1, le=16)
    pdf_seconds: float = Field(default=60, gt=0, le=600)

    @property
    def is_https(self) -> bool:
        """Whether people reach the site by HTTPS, so that cookies may be kept to it."""
        return self.site_address.startswith("https://")

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, value: str) -> str:
        try:
            url = _read_url(value)
        except (ArgumentError, ValueError):  # the library's own words would show a password
            raise ValueError(_NO_DATABASE) from None
        try:
            url.get_dialect().import_dbapi()
        except ImportError:
            raise ValueError(_NO_DRIVER) from None
        return url.render_as_string(hide_password=False)

    @field_validator("mail_sender")
    @classmethod
    def _check_email(cls, value: str) -> str:
        if not _EMAIL.fullmatch(value):
            raise ValueError("it must be an email address and nothing else, like no-reply@audit.example")
        return value

    @model_validator(mode="after")
    def _check_secret(self) -> Self:
        if len(self.secret_key.get_secret_value()) < _SHORTEST_SECRET:
            raise ValueError(f"{PREFIX}SECRET_KEY is shorter than {_SHORTEST_SECRET} characters: {_MAKE_ONE}")
        return self

    @model_validator(mode="after")
    def _check_production(self) -> Self:
        if self.environment == "production" and not self.is_https:
            raise ValueError(
                f"{PREFIX}SITE_ADDRESS is {self.site_address}: a site in production needs an address with https://, "
                f"because passwords cross the network; or set {PREFIX}ENVIRONMENT to local on a machine of your own"
            )
        return self


_MAKE_ONE = """make one with  python -c 'import secrets; print(secrets.token_hex(32))'"""


def _read_url(text: str) -> URL:
    """The address of a database, with its driver.

    Raises:
        ArgumentError: It is no address, or names a driver that there is not.
        ValueError: It is of no database that the site can use.
    """
    url = make_url(text)
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.get_backend_name() not in _DRIVERS or not url.database:
        raise ValueError(_NO_DATABASE)
    url.get_dialect()
    return url


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: Something is missing or wrong; all of it is named.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [_explain(fault["loc"], fault["type"], fault["msg"]) for fault in error.errors()]
        raise SettingsError("The site cannot start:\n" + "\n".join(f"  {line}" for line in lines)) from None


def _explain(location: tuple[int | str, ...], kind: str, message: str) -> str:
    if not location:
        return message.removeprefix("Value error, ")
    name = str(location[0])
    variable = f"{name} (or DATABASE_URL)" if name.isupper() else f"{PREFIX}{name.upper()}"
    if kind == "missing":
        return f"{variable} is not set: {_MAKE_ONE}" if name == "secret_key" else f"{variable} is not set"
    return f"{variable} is wrong: {message.removeprefix('Value error, ')}"
