"""Draws the example cohort, ``cohort.csv``: 24 prisons and 12 voluntary organisations.

Every one of them is invented, and so is every answer. In the nine rows of the survey that the standard quotes (Clinks
2016, section 4.3, Table 3) as many have the practice in place as the published shares of managers say, to the nearest
organisation; all other rates were made up here. None of it says how any real place stands.

The draw is seeded: the same standard gives the same file, byte for byte, on every machine.

    python examples/make_cohort.py [FILE]
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from selfassess import load_standard
from selfassess.model.practice import Practice, Tier
from selfassess.model.standard import Standard

SEED = 2016

PRISON, VOLUNTARY = "prison", "voluntary_organisation"

REGIONS = ("North", "Midlands", "South")

PLACES = (
    "Harrowmere", "Oakenfell", "Stonebeck", "Thornholt", "Wexcombe", "Aldersby", "Brackenmoor", "Coldwick",
    "Dunmarsh", "Eastering", "Fallowgate", "Greyling Hall", "Hexmoor", "Inglethwaite", "Kestrel Park", "Larkfen",
    "Marlstone", "Nettlecote", "Ormsbeck", "Pellow Cross", "Quarrelby", "Rushlake", "Saltersby", "Tarnwood",
)  # fmt: skip

CHARITIES = (
    "Harrowmere Visitors", "Open Gate Oakenfell", "Stonebeck Reading Partners", "The Lantern Row Trust",
    "Wexcombe Community Chaplaincy", "Tools for Tarnwood", "Beyond the Wall Brackenmoor", "Coldwick Family Days",
    "The Second Thread", "Eastering Music Inside", "Marlstone Mentors", "The Rushlake Allotment Project",
)  # fmt: skip

RATES = {Tier.MUST: 0.7, Tier.CORE: 0.5, Tier.STRETCH: 0.3}
"""Made up: the share of prisons with a practice in place, where no survey asked."""

HEAD_START = 0.2
"""Made up: so much larger is the share of voluntary organisations."""

EMBEDDED, PARTLY, NOT_KNOWN, LEFT_OPEN = 0.25, 0.5, 0.04, 0.03
"""Made up: of those in place, of those not in place, of the rest, and of what no survey asked."""

NOTES = {
    ("P01", "LEA-01"): "The head of reducing reoffending, agreed by the senior team.",
    ("P02", "TRA-01"): "Covered in the first week, before keys are issued.",
    ("P07", "SUP-01"): "The managing chaplain; a deputy covers leave.",
    ("V01", "POL-01"): "Reviewed every two years by the trustees.",
    ("V05", "REC-01"): "Now on our website and at the library.",
}

DOES_NOT_APPLY = {("V09", "VET-03"): "No partner organisations"}


@dataclass
class Organisation:
    """An invented organisation; the stronger, the sooner it has something in place."""

    name: str
    kind: str
    reference: str
    group: str
    date: str
    strength: float
    answers: dict[str, str] = field(default_factory=dict)


def main(path: Path) -> None:
    """Write the file."""
    path.write_bytes(make_cohort().encode("utf-8-sig"))
    sys.stdout.write(f"{path}\n")


def make_cohort() -> str:
    """The cohort as the text of a wide table."""
    draw = random.Random(SEED)  # noqa: S311 - nothing is kept secret
    standard = load_standard("prison-volunteering")
    cohort = [
        *_invent(draw, PRISON, "P", (f"HMP {place}" for place in PLACES)),
        *_invent(draw, VOLUNTARY, "V", CHARITIES),
    ]
    for practice in (practice for practice in standard.practices.values() if not practice.retired):
        for kind in practice.applies_to:
            _answer(draw, standard, practice, [one for one in cohort if one.kind == kind])
    for reference, practice_id in DOES_NOT_APPLY:
        next(one for one in cohort if one.reference == reference).answers[practice_id] = "NA"
    return _write(standard, cohort)


def _invent(draw: random.Random, kind: str, letter: str, names: Iterable[str]) -> Iterator[Organisation]:
    for number, name in enumerate(names):
        day = f"2026-{10 + int(2 * draw.random())}-{1 + int(28 * draw.random()):02}"
        reference = f"{letter}{number + 1:02}"
        yield Organisation(name, kind, reference, REGIONS[number % len(REGIONS)], day, draw.random())


def _answer(draw: random.Random, standard: Standard, practice: Practice, cohort: list[Organisation]) -> None:
    """As many as the rate says have it in place: the strong ones rather than the weak ones, but not always."""
    kind = cohort[0].kind
    published = _find_published_rate(standard, practice, kind)
    made_up = RATES[practice.tier] + (HEAD_START if kind == VOLUNTARY else 0)
    # What is asked of one practice is easier than of another; the draw is made whether it is needed or not.
    made_up = min(max(made_up + 0.4 * draw.random() - 0.2, 0.05), 0.95)
    rate = made_up if published is None else published
    ranked = sorted(cohort, key=lambda one: -(one.strength + draw.random()))
    in_place = int(rate * len(cohort) + 0.5)
    for place, one in enumerate(ranked):
        level = _draw_level(draw, is_in_place=place < in_place)
        if draw.random() >= LEFT_OPEN or published is not None:
            one.answers[practice.id] = level


def _find_published_rate(standard: Standard, practice: Practice, kind: str) -> float | None:
    rows = standard.survey.rows if standard.survey else ()
    row = next((row for row in rows if row.id == practice.survey_row), None)
    return row.in_place[kind] / 100 if row else None


def _draw_level(draw: random.Random, *, is_in_place: bool) -> str:
    # Both are always drawn, so that one answer more or less moves no other.
    first, second = draw.random(), draw.random()
    if is_in_place:
        return "3" if first < EMBEDDED else "2"
    if second < NOT_KNOWN:
        return "DK"
    return "1" if first < PARTLY else "0"


def _write(standard: Standard, cohort: Iterable[Organisation]) -> str:
    remarks = NOTES | DOES_NOT_APPLY
    practices = [practice.id for practice in standard.practices.values() if not practice.retired]
    noted = [practice_id for practice_id in practices if any(about == practice_id for _, about in remarks)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    keys = ("organisation", "kind", "reference", "group", "date", "questionnaire")
    writer.writerow([*keys, *practices, *(f"{practice_id} note" for practice_id in noted)])
    for one in cohort:
        writer.writerow(
            [
                *(one.name, one.kind, one.reference, one.group, one.date, "full"),
                *(one.answers.get(practice_id, "") for practice_id in practices),
                *(remarks.get((one.reference, practice_id), "") for practice_id in noted),
            ]
        )
    return text.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("cohort.csv"))
