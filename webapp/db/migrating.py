"""Migrations: run by a command, never when the site starts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

__all__ = ["is_known", "migrate", "newest_revision"]

_FOLDER = Path(__file__).parents[1] / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


@lru_cache(maxsize=1)
def newest_revision() -> str | None:
    """The revision that this release's tables have."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_known(revision: str) -> bool:
    """Whether a revision is this release's, or an earlier one's."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision, in one transaction; a failure leaves them as they were."""
    config = _config()
    config.attributes["engine"] = engine
    command.upgrade(config, revision)
