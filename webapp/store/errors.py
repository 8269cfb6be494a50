"""What the store refuses, as errors that a route can turn into words."""

from __future__ import annotations

__all__ = ["AlreadyThereError", "ChangedMeanwhileError", "NotAllowedError", "NotFoundError", "StoreError"]


class StoreError(Exception):
    """Something that the store refuses."""


class NotFoundError(StoreError):
    """There is no such thing, or none that this person may know of: nobody can tell which."""


class AlreadyThereError(StoreError):
    """A named constraint allows only one of its kind."""


class NotAllowedError(StoreError):
    """The state of the thing forbids it, as a change of a signed assessment; the message is for people."""


class ChangedMeanwhileError(StoreError):
    """Somebody else changed it since it was read."""
