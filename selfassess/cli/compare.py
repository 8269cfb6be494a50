"""``selfassess compare``: what moved since last time."""

from __future__ import annotations

import argparse
import json

from selfassess.cli.inputs import compare_files
from selfassess.cli.tables import format_score, format_table, print_wrapped
from selfassess.comparison import Comparison, Movement
from selfassess.errors import one_line
from selfassess.explanation import words
from selfassess.readiness import Readiness
from selfassess.scorecard import Scorecard

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Print what moved between two assessments of one organisation."""
    found = compare_files(options.old, options.new, options.standard)
    if options.json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        _print_comparison(found)
    return 0


def _print_comparison(found: Comparison) -> None:
    print(one_line(found.new.assessment.organisation.name))
    print("\n".join(format_table(_HEADER, [_side("Then", found.old), _side("Now", found.new)])), end="\n\n")
    for remark in found.remarks:
        print_wrapped(remark)
    for movement in Movement:
        if movement is not Movement.SAME:
            _print_movement(found, movement)
    _print_themes(found)
    _print_sources(found)


_HEADER = ("", "Date", "Asked", "Met", "Gaps", "Not answered", "Score", "Rating")


def _side(name: str, card: Scorecard) -> tuple[object, ...]:
    result, day = card.overall, card.assessment.date
    score = format_score(result.score)
    return name, day or "no date", result.asked, result.met, result.gaps, result.unanswered, score, words(result.rating)


def _print_movement(found: Comparison, movement: Movement) -> None:
    changes = found.moved(movement)
    if not changes:
        return
    labels = found.new.standard.level_labels
    print(f"{movement.replace('_', ' ').capitalize()}: {len(changes)}")
    for change in changes:
        old, new = (
            "Not answered" if answer.level is None else labels[answer.level] for answer in (change.old, change.new)
        )
        print(f"  {change.practice.id:8}{change.practice.title}: {old} -> {new}")
    print()


def _print_themes(found: Comparison) -> None:
    rows = [
        (t.theme.title, t.old.met, t.new.met, format_score(t.old.score), format_score(t.new.score), words(t.new.rating))
        for t in found.themes
    ]
    header = ("Theme", "Met then", "Met now", "Score then", "Score now", "Rating now")
    print("\n".join(format_table(header, rows)), end="\n\n")


def _print_sources(found: Comparison) -> None:
    rows = [(s.title, s.old[Readiness.MET], s.new[Readiness.MET]) for s in found.sources]
    print("\n".join(format_table(("Requirements met", "Then", "Now"), rows)))
