"""A server that ends is not waited for, and one that does not end is ended."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import site_server
from benchmarks.site_server import serve

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


def test_server_that_ends_before_it_answers_is_noticed(tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(ChildProcessError, match="before it answered"), serve("no_such_module:app", tmp_path):
        pass
    assert time.monotonic() - start < site_server._SECONDS_TO_START / 2


def test_server_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_server, "_SECONDS_TO_STOP", 0.1)
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout
        process.stdout.readline()
        site_server._stop(process)
        assert process.returncode == -9
