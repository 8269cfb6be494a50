"""Answering an assessment: alone or with others, and nothing that was typed is lost."""

from __future__ import annotations

from webapp.routes.answering import assigning, autosave, checking, comments, history, tasks, themes, unsaved
from webapp.routes.answering.blueprint import blueprint

__all__ = ["assigning", "autosave", "blueprint", "checking", "comments", "history", "tasks", "themes", "unsaved"]
