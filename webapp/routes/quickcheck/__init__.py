"""The quick check: questions without an account, results, reports, and taking the answers along into an account."""

from __future__ import annotations

from webapp.routes.quickcheck import keeping, questions, results
from webapp.routes.quickcheck.blueprint import blueprint

__all__ = ["blueprint", "keeping", "questions", "results"]
