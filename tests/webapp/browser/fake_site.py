"""A page with a practice that saves itself, on a site that answers as a test tells it to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs

from webapp.assets_manifest import read_assets

BUILD = Path(__file__).parents[3] / "webapp" / "static" / "build"


@dataclass
class FakeSite:
    """What the site would answer: pages, built scripts, and what autosaving gets back.

    Attributes:
        answer: Status and JSON for the next savings; no status stands for a line that is down.
        saves: What was sent to be saved, in order.
        token: What a page loaded now has as its CSRF token.
        note: The note that the site holds.
        version: The version of that answer.
        held: Set when savings that wait may be answered; None while none waits.
        marker: More HTML for the page.
        address: Where a browser finds it.
    """

    answer: tuple[int | None, str] = (200, '{"practice": "POL-01", "version": 4, "saved": "Saved at 3:15pm"}')
    saves: list[dict[str, str]] = field(default_factory=list)
    token: str = "first"  # noqa: S105 - no password
    note: str = "Kept"
    version: int = 3
    held: Event | None = None
    marker: str = ""
    address: str = ""

    def respond(self, path: str, body: str) -> tuple[int | None, str, str]:
        """Status, type and content of the answer to one request."""
        if path == "/save":
            self.saves.append({name: values[0] for name, values in parse_qs(body).items()})
            if self.held:
                self.held.wait(timeout=10)
            return self.answer[0], "application/json", self.answer[1]
        if path.endswith(".js"):
            built = read_assets(BUILD, address="").address(path.removeprefix("/"))
            return 200, "text/javascript", (BUILD / built.lstrip("/")).read_text(encoding="utf-8")
        return 200, "text/html", self._page()

    def _page(self) -> str:
        return f"""<!DOCTYPE html><html lang="en-GB"><title>Policy</title>
<script type="module" src="/site.js"></script><script type="module" src="/autosave.js"></script><body>{self.marker}
<form method="post" action="/out" data-clears-drafts><button id="out">Sign out</button></form>
<form method="post" action="/theme" data-autosave-url="/save" data-user="u1" data-assessment="a1">
<input type="hidden" name="csrf_token" value="{self.token}">
<section data-practice="POL-01" data-version="{self.version}">
<input type="hidden" name="POL-01.version" value="{self.version}">
<label><input type="radio" name="POL-01.level" value="1"> Partly in place</label>
<label><input type="radio" name="POL-01.level" value="2" checked> In place</label>
<label>Note <textarea name="POL-01.note">{self.note}</textarea></label>
<p role="status"></p></section>
<button id="save" name="go" value="next">Save and continue</button></form></body></html>"""


def make_handler(site: FakeSite) -> type[BaseHTTPRequestHandler]:
    """A handler of requests that answers as the site says."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            status, kind, content = site.respond(self.path, body)
            if status is None:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write(content.encode())

        do_POST = do_GET  # noqa: N815 - the names are those of http.server

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serve(site: FakeSite) -> Iterator[None]:
    """Serve a site on this machine while a test runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), make_handler(site)) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()
