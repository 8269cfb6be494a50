"""How gunicorn serves the site: two processes that share what was loaded before they parted.

``PORT``, ``HOST`` and ``WEB_CONCURRENCY`` (the number of processes) change what is said here. There is no access log,
since addresses of pages name organisations and addresses of people are personal data.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

_HOST = os.environ.get("HOST", "127.0.0.1")
_PORT = os.environ.get("PORT", "8000")
_MEMORY = Path("/dev/shm")  # noqa: S108 - the workers' signs of life, which on a disk could wait for other writing

wsgi_app = "webapp.wsgi:app"
bind = f"{_HOST}:{_PORT}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None
preload_app = True
control_socket_disable = True  # nobody steers a running server, and the folder for its socket may not be written to
# Seconds. A report may take as long as the setting pdf_seconds, at most; a request that is under way when the site
# stops is let finish.
timeout = 120
graceful_timeout = 30
loglevel = "warning"


def on_starting(_: object) -> None:
    """Refuse to start where people who ask for PDFs could keep every process busy, and leave none for the others."""
    makers = int(os.environ.get("SELFASSESS_PDF_WORKERS", "1"))
    if makers >= workers > 1:
        sys.exit(
            f"SELFASSESS_PDF_WORKERS is {makers} and WEB_CONCURRENCY is {workers}: fewer PDFs must be made at once "
            "than there are processes, or nobody answers while they are being made"
        )


def when_ready(_: object) -> None:
    """Say where the site is, once it listens; then keep what was loaded in memory that the processes share."""
    gc.collect()
    gc.freeze()
    sys.stdout.write(f"The site is ready: http://{bind}/  (Ctrl-C stops it)\n")
    sys.stdout.flush()
