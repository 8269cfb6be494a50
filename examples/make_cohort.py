"""Draws the invented cohort in ``cohort.csv``: 24 prisons and 12 voluntary organisations, none of which exists.

    python examples/make_cohort.py

Where the 2016 survey of volunteer managers has a row for a practice (Clinks 2016, section 4.3, Table 3), as many of each
kind have it in place as come nearest to the published share. The other shares are made up: somewhat higher where the law
asks for it, lower for further good practice. Who has what in place follows an invented strength of each organisation, so
that some are good at much and some at little. The same seed draws the same cohort on every machine.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

from selfassess import Standard, load_standard

SEED = 2016

PLACES = (
    "Alderbrook", "Barleymoor", "Coldharrow", "Dunmere", "Eastlow", "Fernleigh Bar", "Grayling", "Hartsmoor",
    "Ivelbridge", "Juniper Hill", "Kestrel Down", "Larkfold", "Millbeck", "Netherwold", "Otterford Bay", "Pinewater",
    "Quarrybank", "Rushmere Fen", "Stonecross Lee", "Thornwick", "Ullshaw", "Violet Moor", "Wrenfield", "Yarrowdale",
)  # fmt: skip

CHARITIES = (
    "Bridge Street Mentors", "Chapel Visitors", "Doorstep Reading", "Family Hour", "Fresh Page", "Garden Gate Project",
    "Hand in Hand Resettlement", "Listening Room", "New Tune Music", "Open Letter", "Second Kettle", "Workbench Trust",
)  # fmt: skip

GROUPS = ("North (invented)", "Midlands (invented)", "South (invented)")

SHARES = {"must": 66, "core": 48, "stretch": 30}
"""Made-up shares of prisons that have a practice in place, per cent; voluntary organisations have 20 more."""

REASONS = (
    "We have had no case of it and expect none this year.",
    "Another organisation does this for us under our agreement.",
    "We do not offer this kind of role.",
)


def main() -> None:
    """Write the cohort beside this script."""
    chance, standard = Random(SEED), load_standard("prison-volunteering")  # noqa: S311 - nothing secret is drawn
    prisons = [(f"HMP {place}", "prison", f"P{number:02}") for number, place in enumerate(PLACES, 1)]
    charities = [(name, "voluntary_organisation", f"V{number:02}") for number, name in enumerate(CHARITIES, 1)]
    noted = [practice.id for practice in standard.practices.values() if practice.na_allowed]
    header = ["organisation", "kind", "reference", "group", "date", "questionnaire", *standard.practices]
    with Path(__file__).with_name("cohort.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*header, *(f"{practice_id} note" for practice_id in noted)])
        for people in (prisons, charities):
            cells = draw_answers(chance, standard, people[0][1], len(people))
            for at, (name, kind, reference) in enumerate(people):
                day = date(2026, 9, 1) + timedelta(days=chance.randrange(80))
                answers = [cells[practice_id][at] if practice_id in cells else "" for practice_id in standard.practices]
                reasons = [chance.choice(REASONS) if cells.get(p, [""] * 24)[at] == "NA" else "" for p in noted]
                writer.writerow([name, kind, reference, GROUPS[at % 3], day, "full", *answers, *reasons])


def draw_answers(chance: Random, standard: Standard, kind: str, number: int) -> dict[str, list[str]]:
    """The answers of so many organisations of a kind, by practice."""
    strengths = [chance.gauss(0, 1) for _ in range(number)]
    unfinished = set(chance.sample(range(number), number // 6))
    rows = {row.id: row.in_place for row in standard.survey.rows} if standard.survey else {}
    cells: dict[str, list[str]] = {}
    for practice in standard.asked("full", kind):
        share = rows[practice.survey_row][kind] if practice.survey_row else made_up_share(chance, practice.tier, kind)
        luck = [strength + chance.gauss(0, 1) for strength in strengths]
        order = sorted(range(number), key=luck.__getitem__, reverse=True)
        in_place = set(order[: round(share * number / 100)])
        cells[practice.id] = [draw_level(chance, in_place=at in in_place) for at in range(number)]
        if practice.survey_row is None:
            for at in range(number):
                if practice.na_allowed and chance.random() < 0.12:
                    cells[practice.id][at] = "NA"
                elif at in unfinished and chance.random() < 0.15:
                    cells[practice.id][at] = ""
    return cells


def made_up_share(chance: Random, tier: str, kind: str) -> int:
    """A share for a practice that the survey did not ask about."""
    share = SHARES[tier] + chance.randint(-15, 15) + (20 if kind == "voluntary_organisation" else 0)
    return min(max(share, 2), 96)


def draw_level(chance: Random, *, in_place: bool) -> str:
    """A level that is or is not in place; now and then nobody knows."""
    if in_place:
        return chance.choices(("2", "3"), (75, 25))[0]
    return chance.choices(("0", "1", "DK"), (48, 44, 8))[0]


if __name__ == "__main__":
    main()
