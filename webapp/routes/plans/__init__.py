"""The action plan: made from the gaps of an assessment, then kept by people."""

from __future__ import annotations

from webapp.routes.plans import actions, downloads, making, showing, updating
from webapp.routes.plans.blueprint import blueprint

__all__ = ["actions", "blueprint", "downloads", "making", "showing", "updating"]
