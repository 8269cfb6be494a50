"""``selfassess check``: whether a standard's data can be relied on."""

from __future__ import annotations

import argparse

from selfassess.catalogue import check_standard, find_standards, load_standard

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Check one standard, or all that come with the library; print one line per fault."""
    names = [options.path] if options.path else find_standards()
    return max([_check(name) for name in names], default=0)


def _check(name: str) -> int:
    faults = check_standard(name)
    for fault in faults:
        print(fault)
    if faults:
        print(f"{name}: {len(faults)} {'fault' if len(faults) == 1 else 'faults'}")
        return 1
    standard = load_standard(name)
    print(
        f"{standard.id} {standard.version}: no faults; {len(standard.practices)} practices, "
        f"{len(standard.head.themes)} themes, {len(standard.sources)} sources"
    )
    return 0
