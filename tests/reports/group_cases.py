"""Batches that the group report is tried on: made up by a seeded draw, the same on every run."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from selfassess import Scorecard, load_standard, score
from selfassess.batch import run_batch, summarise_group
from selfassess.batch.previous import read_previous
from selfassess.files.assessments import read_assessment
from selfassess.group import Absence, GroupSummary
from tests.reports.cases import FOREIGN, HOSTILE, WELSH_NAME

GROUPS = ("North", "Midlands", "South", "Cymru", "London", None)
KINDS = {"prison": "HMP", "voluntary_organisation": "Friends of"}
Assessments = list[dict[str, Any]]


def invent(prisons: int, others: int, *, seed: int = 7, shift: float = 0.0, share: float = 1.0) -> Assessments:
    """Organisations of two kinds, some better than others.

    Args:
        prisons: How many prisons.
        others: How many voluntary organisations.
        seed: Of the draw.
        shift: How much better all of them are.
        share: Of how many practices an answer is given.
    """
    draw = random.Random(seed)  # noqa: S311 - nothing is kept secret
    kinds = ["prison"] * prisons + ["voluntary_organisation"] * others
    return [_invent_one(draw, kind, number, shift, share) for number, kind in enumerate(kinds)]


def _invent_one(draw: random.Random, kind: str, number: int, shift: float, share: float) -> dict[str, Any]:
    standard, level = load_standard("prison-volunteering"), draw.uniform(0.4, 2.4)
    answers: dict[str, Any] = {}
    for practice in standard.asked("full", kind):
        drawn, is_open = draw.gauss(level + shift, 0.9), draw.random() < share
        if practice.na_allowed and draw.random() < 0.15:
            answers[practice.id] = {"level": "NA", "reason": "We have none of these"}
        elif is_open:
            answers[practice.id] = "DK" if draw.random() < 0.03 else max(0, min(3, round(drawn)))
    return {
        "standard": "prison-volunteering",
        "organisation": {
            "name": f"{KINDS[kind]} Example {number + 1}",
            "kind": kind,
            "reference": f"X{number:04}",
            "group": GROUPS[number % len(GROUPS)],
        },
        "date": f"2026-{9 + number % 3:02}-{1 + number % 28:02}",
        "answers": answers,
    }


def summarise(assessments: Assessments, previous: Assessments | None = None, rejected: int = 0) -> GroupSummary:
    """What they come to together; so many more have an answer that nobody may give."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        bad = [_spoil(number) for number in range(rejected)]
        _write(folder / "now.jsonl", assessments + bad)
        earlier = None
        if previous is not None:
            _write(folder / "then.jsonl", previous)
            run_batch(folder / "then.jsonl", output=folder / "then", format="parquet")
            earlier = read_previous(folder / "then", load_standard("prison-volunteering"))
        return summarise_group(run_batch(folder / "now.jsonl"), earlier)


def cards(assessments: Assessments) -> list[Scorecard]:
    """What each comes to by itself."""
    standard = load_standard("prison-volunteering")
    found = []
    with TemporaryDirectory() as name:
        for assessment in assessments:
            path = Path(name, "one.json")
            path.write_text(json.dumps(assessment), "utf-8")
            found.append(score(standard, read_assessment(path)))
    return found


def _write(path: Path, assessments: Assessments) -> None:
    path.write_text("".join(json.dumps(item) + "\n" for item in assessments), "utf-8")


def _spoil(number: int) -> dict[str, Any]:
    organisation = {"name": f"HMP Rejected {number + 1}", "kind": "prison"}
    answers = {"POL-01": 7, "POL-02": "NA", "XXX-99": 1}
    return {"standard": "prison-volunteering", "organisation": organisation, "answers": answers}


def _all_at(level: int, number: int) -> Assessments:
    return [item | {"answers": dict.fromkeys(item["answers"], level)} for item in invent(number, 0)]


def _named(assessments: Assessments, *names: str) -> Assessments:
    for item, name in zip(assessments, names, strict=False):
        item["organisation"] |= {"name": name, "reference": name[:50]}
    return assessments


def _hostile() -> GroupSummary:
    long = f"HMP {'Llanfairpwllgwyngyll' * 12}"
    words = " ".join(["The Association of Friends and Visitors"] * 7)[:299]
    plain = FOREIGN[:200]
    summary = summarise(_named(invent(6, 3), HOSTILE[:299], WELSH_NAME, long, plain, "=HYPERLINK(1)", words))
    bad = Absence(HOSTILE, "prison", "</table>", "a<b>.csv, row 3", (HOSTILE, *["level 7 is unknown"] * 30))
    gone = Absence(WELSH_NAME, "a kind that is gone", "<script>", "", ())
    group = "</title><script>alert(1)</script> ŵ"
    members = tuple(replace(member, group=group) for member in summary.members)
    return replace(summary, members=members, rejected=(bad, bad), not_returned=(gone,), changes=())


def _compared() -> GroupSummary:
    now = invent(24, 12, seed=3, shift=0.2)
    return summarise([*now[2:], *_named(invent(2, 0, seed=9), "HMP New A", "HMP New B")], invent(24, 12, seed=3), 3)


def _nobody() -> GroupSummary:
    one = summarise(invent(1, 0), None, 2)
    return replace(
        one,
        members=(),
        ratings=dict.fromkeys(one.ratings, 0),
        bands=tuple(replace(band, count=0) for band in one.bands),
        heat=(),
        most_missing=(),
        open_musts=(),
        help=(),
        sources=tuple(
            replace(item, requirements=tuple(replace(r, counts=dict.fromkeys(r.counts, 0)) for r in item.requirements))
            for item in one.sources
        ),
    )


def batch_of(prisons: int, others: int) -> GroupSummary:
    """A batch with some previous answers, some rows rejected."""
    return summarise(invent(prisons, others, shift=0.2), invent(prisons, others), 3)


GROUP_CASES = {
    "thirty-six": _compared,
    "one": lambda: summarise(invent(1, 0)),
    "no-gaps": lambda: summarise(_all_at(3, 4)),
    "nothing-answered": lambda: summarise([item | {"answers": {}} for item in invent(3, 2)]),
    "half-answered": lambda: summarise(invent(5, 4, share=0.6)),
    "hostile": _hostile,
    "nobody": _nobody,
}


@cache
def group_case(name: str) -> GroupSummary:
    """A batch by name."""
    return GROUP_CASES[name]()
