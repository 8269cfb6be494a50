"""``selfassess template``: a blank questionnaire."""

from __future__ import annotations

import argparse

from selfassess.blanks import write_template
from selfassess.catalogue import load_standard

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Write the blank questionnaire and print its path."""
    standard = load_standard(options.name)
    print(write_template(standard, options.output, questionnaire=options.questionnaire, kind=options.kind))
    return 0
