"""``selfassess standards``: what there is to answer."""

from __future__ import annotations

import argparse

from selfassess.catalogue import find_standards, load_standard
from selfassess.cli.tables import format_table, print_wrapped
from selfassess.model.standard import Standard

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """List the standards, or show one."""
    if options.name:
        _show(load_standard(options.name))
    else:
        rows = [_row(load_standard(name)) for name in find_standards()]
        print("\n".join(format_table(("Id", "Version", "Title", "Practices", "Sources"), rows)))
    return 0


def _row(standard: Standard) -> tuple[object, ...]:
    return standard.id, standard.version, standard.title, len(standard.practices), len(standard.sources)


def _show(standard: Standard) -> None:
    print(f"{standard.title} ({standard.id}), version {standard.version}")
    print_wrapped(standard.head.summary)
    print(f"  Content hash {standard.hash}\n")
    _show_questionnaires(standard)
    _show_sources(standard)
    _show_practices(standard)


def _show_questionnaires(standard: Standard) -> None:
    kinds = standard.kinds.values()
    rows = [
        (name, *(len(standard.asked(name, kind.id)) for kind in kinds), questionnaire.title)
        for name, questionnaire in standard.questionnaires.items()
    ]
    print("Questionnaires (practices asked)")
    print("\n".join(format_table(("Id", *(kind.title for kind in kinds), "Title"), rows)), end="\n\n")


def _show_sources(standard: Standard) -> None:
    rows = [(s.id, s.year, len(s.requirements), s.encoded, s.title) for s in standard.sources]
    print("Sources")
    print("\n".join(format_table(("Id", "Year", "Requirements", "Encoded", "Title"), rows)), end="\n\n")


def _show_practices(standard: Standard) -> None:
    everybody = tuple(standard.kinds)
    for theme in standard.head.themes:
        print(f"{theme.title} ({theme.id})")
        for practice in standard.practices_by_theme[theme.id]:
            only = "" if set(practice.applies_to) == set(everybody) else f" [{', '.join(practice.applies_to)} only]"
            retired = f" [retired {practice.retired.on}]" if practice.retired else ""
            print(f"  {practice.id:8}{practice.tier:9}{practice.title}{only}{retired}")
