"""What every answer says of itself: nothing from outside, no script or style within a page."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.settings import Settings

__all__ = ["add_headers"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ONE_YEAR = "max-age=31536000"


def add_headers(app: Flask, settings: Settings) -> None:
    """Set the headers of every answer, and believe as many proxies as there are."""
    always = dict(_ALWAYS)
    if settings.is_https:
        always["Strict-Transport-Security"] = f"{_ONE_YEAR}; includeSubDomains"

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.extend(always)
        # What is behind a sign-in must not stay in the store of a shared browser; built files never change.
        is_built_file = request.endpoint == "static" and response.status_code in (200, 304)
        response.headers["Cache-Control"] = f"public, {_ONE_YEAR}, immutable" if is_built_file else "no-store"
        return response

    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
