"""A load asks for what it should, and what comes of it is told of the time that it took."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.load import Ask, check, run_load

needs_wrk = pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")


@contextmanager
def serving(pause: float) -> Iterator[tuple[str, list[str]]]:
    """A server that answers after some seconds, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer goes out as one piece, which need not wait for another to be acknowledged

        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            time.sleep(pause)
            self.send_response(200)
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"answer")

        do_POST = do_GET  # noqa: N815 - as the library calls it

        def handle(self) -> None:
            with suppress(ConnectionError):  # wrk leaves without a word
                super().handle()

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as the library calls it
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@needs_wrk
def test_load_without_paths_left_ends_and_counts_the_time_until_then(tmp_path: Path) -> None:
    paths = tuple(f"/{number}" for number in range(8))
    with serving(0.05) as (address, asked):
        load = run_load(address, Ask(paths, body="x=1"), tmp_path, connections=1, seconds=2)
    posted = [line for line in asked if line.startswith("POST")]
    assert posted == [f"POST {path}" for path in paths]
    assert 4.5 < load.rate < 20  # over the whole two seconds it would be 4
    assert load.p50 >= 50


@needs_wrk
def test_load_of_one_path_goes_on_until_its_time_is_over(tmp_path: Path) -> None:
    with serving(0.02) as (address, asked):
        load = run_load(address, Ask(("/",)), tmp_path, connections=2, seconds=1)
    assert load.rate == pytest.approx(len(asked), rel=0.3)


def test_answer_that_is_not_what_is_meant_is_an_error() -> None:
    with serving(0) as (address, _):
        check(address, Ask(("/",)), holds="answer")
        with pytest.raises(RuntimeError, match="answered 200 instead of 303"):
            check(address, Ask(("/",), status=303))
        with pytest.raises(RuntimeError, match="does not hold “saved”"):
            check(address, Ask(("/",)), holds="saved")
