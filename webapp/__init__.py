"""The site: a self-audit online, on Flask. It only shows what the library `selfassess` works out."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from webapp.settings import Settings, load_settings

__all__ = ["create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve; the database is opened with the first request.

    Args:
        settings: What the installation sets; read from the environment where left out.

    Raises:
        SettingsError: The environment lacks something, or holds something wrong.
    """
    from webapp.auth import init_accounts
    from webapp.bodies import add_body_rule
    from webapp.commands import add_commands
    from webapp.db.engine import make_engine
    from webapp.errors import add_error_pages
    from webapp.guards import require_guards
    from webapp.headers import add_headers
    from webapp.logs import add_logs
    from webapp.packing import add_packing
    from webapp.routes import add_routes
    from webapp.site import Site
    from webapp.words import add_words

    settings = settings or load_settings()
    app = Site(__name__, root_path=str(Path(__file__).parent))
    app.config.from_mapping(_flask_config(settings))
    app.extensions["settings"] = settings
    app.engine = make_engine(settings.database_url)
    add_logs(app, settings)
    add_body_rule(app)
    add_words(app, settings)
    add_error_pages(app)
    add_packing(app)
    add_headers(app, settings)
    init_accounts(app, settings)
    add_routes(app)
    add_commands(app)
    require_guards(app)
    return app


_LARGEST_FORM = 2 * 1024 * 1024
"""Bytes: a theme with a note of 10,000 characters for every practice, with room to spare."""


def _flask_config(settings: Settings) -> dict[str, object]:
    previous = settings.secret_key_previous
    return {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "SECRET_KEY_FALLBACKS": [previous.get_secret_value()] if previous else [],
        "TESTING": settings.environment == "testing",
        "MAX_CONTENT_LENGTH": _LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": _LARGEST_FORM,
        "SESSION_COOKIE_NAME": "__Host-session" if settings.is_https else "session",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SEND_FILE_MAX_AGE_DEFAULT": 0,
        "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open as long as the session that it belongs to
    }
