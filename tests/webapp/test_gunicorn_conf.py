"""The server refuses to start in a way in which PDFs could stop the site."""

from __future__ import annotations

import pytest

from webapp import gunicorn_conf
from webapp.settings import Settings


def test_as_shipped_a_process_is_left_for_everybody_else() -> None:
    assert Settings.model_fields["pdf_workers"].default < gunicorn_conf.workers
    gunicorn_conf.on_starting(None)


@pytest.mark.parametrize(("makers", "processes"), [("2", 2), ("5", 4)])
def test_as_many_pdfs_as_processes_are_refused(makers: str, processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFASSESS_PDF_WORKERS", makers)
    monkeypatch.setattr(gunicorn_conf, "workers", processes)
    with pytest.raises(SystemExit, match="fewer PDFs must be made at once"):
        gunicorn_conf.on_starting(None)


def test_one_process_alone_may_make_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gunicorn_conf, "workers", 1)
    gunicorn_conf.on_starting(None)
