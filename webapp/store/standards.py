"""The standards that assessments answer: every version that was ever used is kept whole."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from selfassess import Standard, load_standard
from selfassess.catalogue.locating import locate_standard
from selfassess.catalogue.reading import LAYOUT
from webapp.clock import now
from webapp.db.locks import hold
from webapp.db.tables import StandardCopy
from webapp.db.work import session
from webapp.store.errors import NotFoundError, StoreError

__all__ = ["MAIN_STANDARD", "get_standard", "keep_standard", "main_standard"]

MAIN_STANDARD = "prison-volunteering"
"""The standard that new assessments answer."""


def main_standard() -> Standard:
    """The standard that new assessments answer, in the version installed."""
    return load_standard(MAIN_STANDARD)


def keep_standard(standard_id: str = MAIN_STANDARD) -> str:
    """Keep the installed version of a standard, where it is not kept yet; done by the command that migrates.

    Returns:
        Its hash.
    """
    standard = load_standard(standard_id)
    if not _is_kept(standard.hash):
        copy = StandardCopy(
            hash=standard.hash,
            standard_id=standard.id,
            version=standard.version,
            title=standard.title,
            files=_read_files(locate_standard(standard_id)),
            added_at=now(),
        )
        session().add(copy)
        session().flush()
    return standard.hash


def _is_kept(content_hash: str) -> bool:
    """Whether a standard is kept; where it is not, nobody else keeps it before this transaction ends."""
    if session().get(StandardCopy, content_hash) is not None:
        return True
    hold("standards")
    return session().get(StandardCopy, content_hash) is not None


def get_standard(content_hash: str) -> Standard:
    """A standard as it was when an assessment began to answer it.

    Raises:
        NotFoundError: No assessment can have answered it.
    """
    return _get(content_hash)


@lru_cache(maxsize=16)
def _get(content_hash: str) -> Standard:
    """Read once in a process: what has a hash never changes."""
    installed = main_standard()
    if installed.hash == content_hash:
        return installed
    files = session().scalar(select(StandardCopy.files).where(StandardCopy.hash == content_hash))
    if files is None:
        raise NotFoundError
    return _rebuild(files, content_hash)


def _read_files(folder: Path) -> dict[str, object]:
    paths = sorted(path for pattern in LAYOUT for path in folder.glob(pattern))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _rebuild(files: dict[str, object], content_hash: str) -> Standard:
    with TemporaryDirectory() as name:
        for path, text in files.items():
            file = Path(name, path)
            file.parent.mkdir(exist_ok=True)
            file.write_text(str(text), encoding="utf-8")
        standard = load_standard(Path(name))
    if standard.hash != content_hash:
        raise StoreError(f"the kept standard {content_hash} was changed in the database")
    return standard
