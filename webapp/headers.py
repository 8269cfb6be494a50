"""What every answer says of itself: nothing from outside, no script or style within a page."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
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
        if response.mimetype == "application/json":  # data for a script or a file, never a page
            response.headers.setdefault("Content-Disposition", 'attachment; filename="answer.json"')
        # What is behind a sign-in must not stay in the store of a shared browser; built files never change.
        is_built_file = request.endpoint == "static" and response.status_code in (200, 304)
        response.headers["Cache-Control"] = f"public, {_ONE_YEAR}, immutable" if is_built_file else "no-store"
        return response

    if settings.environment == "production":
        _check_host(app, settings)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _check_host(app: Flask, settings: Settings) -> None:
    """Answer only who asks for this site by its name; whatever watches over a machine asks by number whether it lives.

    No link of ours is made from what a request calls the site, but what stands between might keep such an answer.
    """
    own = _name_site(urlsplit(settings.site_address).netloc)

    @app.before_request
    def refuse_other_names() -> None:
        if _name_site(request.host) != own and request.blueprint != "health":
            app.logger.warning("refused a request that does not call the site %s: does the proxy pass Host on?", own)
            abort(400)


def _name_site(host: str) -> str:
    """A host as it is compared; the port of HTTPS goes without saying."""
    return host.lower().removesuffix(":443")
