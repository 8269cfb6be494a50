"""Plans for the tests of the office formats."""

from __future__ import annotations

from datetime import date

from selfassess.model.answer import Answer
from selfassess.model.standard import Standard
from selfassess.planning import ActionPlan, plan_actions
from selfassess.scorecard import Scorecard
from tests.builders import Given, make_practice, make_standard, score_answers

START = date(2026, 11, 21)

FORMULAS = (
    "=1+1", '=HYPERLINK("https://evil.example","x")', "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "{=1}",
    "=cmd|' /C calc'!A0", "https://evil.example", "file:///etc/passwd", "1e5", "007", "#REF!", "TRUE",
)  # fmt: skip
"""What a spreadsheet could take for something else than a text."""

ILLEGAL = "a\x00b\x0bc\ud800d\ufffe"
"""Characters that no XML document may hold."""


def small_standard() -> Standard:
    """Five practices in two themes, of every tier."""
    practices = {
        "one": [make_practice("AA-01", "must", meets=["equal guide:1"]), make_practice("AA-02", effort="high")],
        "two": [
            make_practice("BB-01", "stretch", timeframe="year_1", case_studies=["mill"]),
            make_practice("BB-02"),
            make_practice("BB-03"),
        ],
    }
    return make_standard(practices, case_studies=["mill"], questionnaires={"short": ["AA-01", "AA-02"]})


def small_card(answers: dict[str, Given] | None = None, **about: object) -> Scorecard:
    """Its scorecard; without answers, four gaps and one practice that is met."""
    usual: dict[str, Given] = {"AA-01": 0, "AA-02": Answer(level=1, note="Ours"), "BB-01": "DK", "BB-02": 3, "BB-03": 0}
    return score_answers(small_standard(), usual if answers is None else answers, **about)


def small_plan(answers: dict[str, Given] | None = None, **about: object) -> ActionPlan:
    """Its plan, started on a day that does not change."""
    return plan_actions(small_card(answers, **about), start=START)
