"""Checks a bill of materials against CycloneDX's strict schema; runs in ``.tools``, where the library is.

Usage: ``python script/validate_sbom.py FILE``. Exit status: 0 valid; 1 not, and why is on standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion  # type: ignore[import-not-found]
from cyclonedx.validation.json import JsonStrictValidator  # type: ignore[import-not-found]


def main(path: Path) -> int:
    """Check one file, and say what is wrong with it."""
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(path.read_text(encoding="utf-8"))
    if fault is None:
        return 0
    sys.stderr.write(f"{path} is not a valid bill of materials: {fault}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
