"""Commands that take long to start are told as such."""

from __future__ import annotations

from benchmarks.start import _figures as figures

EMPTY = "an empty program"


def test_targets_of_commands_are_told() -> None:
    taken = {EMPTY: [0.02, 0.02], "selfassess --help": [0.05, 0.07], "selfassess score": [0.4, 0.5]}
    told = {figure.subject: (round(figure.value, 6), figure.is_met) for figure in figures(taken, beside=EMPTY)}
    assert told == {
        "selfassess --help": (60, None),
        "selfassess --help: beside an empty program": (3, True),
        "selfassess score": (450, False),
    }
