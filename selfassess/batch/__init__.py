"""Many assessments at once: read from any mix of files, scored as columns, written as tables and reports.

Needs the extra ``batch``; nothing of it is loaded before it is used.
"""

from __future__ import annotations

from selfassess.batch.extras import require

require("numpy", "batch")
require("polars", "batch")

from selfassess.batch.group import summarise_group  # noqa: E402 - after the check that they can be imported
from selfassess.batch.result import BatchResult  # noqa: E402
from selfassess.batch.running import Progress, run_batch  # noqa: E402
from selfassess.batch.workers import Workers, open_cluster  # noqa: E402

__all__ = ["BatchResult", "Progress", "Workers", "open_cluster", "run_batch", "summarise_group"]
