"""The site as gunicorn and the flask command find it."""

from __future__ import annotations

from webapp import create_app

app = create_app()
