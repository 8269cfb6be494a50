"""The report on a group: what its organisations signed, put together by the library as a batch."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from selfassess import Standard
from selfassess.reports import render_group_html

__all__ = ["make_group_page"]


def make_group_page(documents: Iterable[str], standard: Standard) -> str:
    """The report's page, ready to become a PDF.

    Args:
        documents: Assessment files in JSON, as they were signed; one that answers another version of the standard is
            named in the report as left out.
        standard: The version to report on.
    """
    from selfassess.batch.group import summarise_group  # loads a table library, which no other page needs
    from selfassess.batch.running import run_batch

    with TemporaryDirectory() as folder:
        file = Path(folder, "signed.jsonl")
        file.write_text("".join(_join_lines(document) for document in documents), encoding="utf-8")
        return render_group_html(summarise_group(run_batch(file, standard=standard)))


def _join_lines(document: str) -> str:
    """A document on one line: in JSON, line breaks within texts are written as escapes."""
    return " ".join(document.splitlines()) + "\n"
