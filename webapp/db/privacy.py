"""What an error of the database may say: what happened, and nothing of what people wrote; errors end in a log."""

from __future__ import annotations

from typing import Any

__all__ = ["cut_words"]


def cut_words(error: BaseException | None) -> tuple[str, str] | None:
    """Cut an error of PostgreSQL to its first line: the server adds the row that it refused.

    Returns:
        The whole words and those that are left; None where there was nothing to cut.
    """
    told: Any = error
    primary = getattr(getattr(told, "diag", None), "message_primary", None)
    if primary is None:
        return None
    whole, told.args = str(told), (primary,)
    return whole, primary
