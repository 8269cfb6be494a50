"""The log: one JSON object a line, about what the site did, never about whom or what they wrote.

An address may name an organisation and an error may quote what somebody typed. So a request is told by the name of its
view, and an error by its kind and the places in the code where it went through.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime

from flask import Flask, Response, g, request

from webapp.settings import Settings

__all__ = ["JsonLines", "add_logs"]

_requests = logging.getLogger("webapp.requests")


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, event, and for an error its kind and its way through the code."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            line["event"] = record.getMessage()
        else:
            line |= {"event": "an error that nobody expected", "error": type(error).__name__, "way": _way(error)}
        return json.dumps(line | getattr(record, "facts", {}), ensure_ascii=False)


def _way(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def add_logs(app: Flask, settings: Settings) -> None:
    """Log to standard error; in production every request, elsewhere only what is not as it should be."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("webapp", app.name):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = settings.environment == "testing"
    level = logging.INFO if settings.environment == "production" else logging.WARNING
    logging.getLogger("webapp").setLevel(level)
    if level <= logging.INFO:
        app.before_request(_begin)
        app.after_request(_tell)


def _begin() -> None:
    g.began = time.perf_counter()


def _tell(response: Response) -> Response:
    facts = {
        "method": request.method,
        "view": request.endpoint,
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - g.began) * 1000, 1),
    }
    _requests.info("request", extra={"facts": facts})
    return response
