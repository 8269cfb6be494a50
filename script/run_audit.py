"""Runs pip-audit on locks, and judges what it says: a package that was not looked up does not pass.

pip-audit ends well where a service does not know a package, as one that is only a mirror of files knows none. So what
it says of each package is read, and whatever was skipped counts as not checked. ``script/audit`` runs this in
``.tools``; its exit statuses are told there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["NOT_CHECKED", "VULNERABLE", "Verdict", "judge"]

GOOD = 0
VULNERABLE = 1
NOT_CHECKED = 3

_SECONDS = 600


@dataclass(frozen=True)
class Verdict:
    """What an audit came to: the exit status, and lines that say why."""

    status: int
    lines: tuple[str, ...]


def judge(said: str) -> Verdict:
    """The verdict on what pip-audit wrote as JSON; on nothing, or on what cannot be read, that nothing was checked."""
    try:
        packages: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Verdict(NOT_CHECKED, ("could not be checked: the advisory service could not be reached",))
    found = [f"{p['name']} {p['version']}: {_describe(v)}" for p in packages for v in p.get("vulns", ())]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    checked = len(packages) - len(skipped)
    lines = [f"{checked} of {len(packages)} packages were checked, {len(found)} known vulnerabilities", *found]
    if skipped or not packages:
        lines.append(f"could not be checked, as the service does not know them: {', '.join(skipped) or 'no packages'}")
    return Verdict(_status(found=len(found), unchecked=len(skipped) or not packages), tuple(lines))


def _describe(vulnerability: dict[str, Any]) -> str:
    mended = ", ".join(vulnerability.get("fix_versions", ())) or "no version"
    return f"{vulnerability['id']}, mended in {mended}"


def _status(*, found: int, unchecked: int) -> int:
    if found:
        return VULNERABLE
    return NOT_CHECKED if unchecked else GOOD


def ask(locks: Sequence[str]) -> str:
    """What pip-audit says of locks, as JSON; nothing where it could not ask.

    What it tells people is left out: it calls packages that it did not find free of vulnerabilities.
    """
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    command += ["--progress-spinner", "off", *(word for lock in locks for word in ("--requirement", lock))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)  # noqa: S603 - ours
    return done.stdout


def main(locks: Sequence[str]) -> int:
    """Ask, say what came of it, and give the exit status."""
    verdict = judge(ask(locks))
    for line in verdict.lines:
        sys.stderr.write(f"script/audit: {line}\n")
    return verdict.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
