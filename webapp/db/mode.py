"""Whether the transaction at hand may write."""

from __future__ import annotations

from contextvars import ContextVar

__all__ = ["is_writing", "writing"]

writing: ContextVar[bool] = ContextVar("writing", default=False)


def is_writing() -> bool:
    """Whether the transaction that begins now will write."""
    return writing.get()
