"""What is needed besides the library itself, and how to come by it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from selfassess.errors import OutputError

__all__ = ["require"]


def require(module: str, extra: str) -> Any:
    """A module that only some installations have.

    Args:
        module: Its name, as it is imported.
        extra: The extra of this package that installs it.

    Raises:
        OutputError: It is not installed; the message says how to install it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise OutputError(f'{module} is needed for this. Install it: pip install "selfassess[{extra}]"') from error
