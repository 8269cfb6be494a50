"""A group's organisations side by side."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime

from selfassess import Standard, load_standard
from webapp.pages.group_overview import GroupOverview, make_overview
from webapp.store.group_results import GroupResult, SignedResult

STANDARD = load_standard("prison-volunteering")


def sign(name: str, levels: dict[str, object], default: int = 2, standard_hash: str = "") -> GroupResult:
    asked = STANDARD.asked("full", "prison")
    answers = {practice.id: levels.get(practice.id, default) for practice in asked}
    document = {
        "standard": {"id": STANDARD.id, "version": STANDARD.version, "hash": STANDARD.hash},
        "questionnaire": "full",
        "organisation": {"name": name, "kind": "prison"},
        "date": "2026-11-01",
        "answers": {key: value for key, value in answers.items() if value is not None},
    }
    text = json.dumps(document)
    checksum = hashlib.sha256(text.encode()).hexdigest()
    signed = SignedResult(text, checksum, standard_hash or STANDARD.hash, date(2026, 11, 1), datetime.now(UTC))
    return GroupResult(name, name, "prison", signed)


def get_known(content_hash: str) -> Standard:
    """The installed standard; or an older version of it that has its own number."""
    if content_hash == STANDARD.hash:
        return STANDARD
    return replace(STANDARD, head=STANDARD.head.model_copy(update={"version": "0.9.0"}))


def overview(*results: GroupResult) -> GroupOverview:
    return make_overview(results, get_known)


def test_group_without_anybody_is_empty() -> None:
    empty = overview()
    assert (empty.rows, empty.unsigned, empty.themes, empty.ratings) == ((), (), (), ())


def test_who_has_signed_nothing_is_named_apart() -> None:
    found = overview(sign("A", {}), GroupResult("B", "B", "prison", None))
    assert [row.name for row in found.rows] == ["A"]
    assert found.unsigned == ("B",)


def test_open_must_makes_it_urgent_and_is_counted() -> None:
    found = overview(sign("A", {"VET-01": 0}), sign("B", {"VET-01": "DK"}), sign("C", {}))
    title = STANDARD.practices["VET-01"].title
    assert [row.is_urgent for row in found.rows] == [True, True, False]
    assert found.rows[0].open_musts == (title,)
    assert [(must.title, must.count) for must in found.open_musts] == [(title, 2)]
    assert found.ratings == (("Urgent", 2), ("Established", 1))


def test_cells_follow_the_themes_and_count_what_applies() -> None:
    found = overview(sign("A", {"POL-01": 1}))
    at = [theme.id for theme in found.themes].index("policy")
    cell = found.rows[0].cells[at]
    asked = [p for p in STANDARD.asked("full", "prison") if STANDARD.theme_of[p.id].id == "policy"]
    assert cell
    assert (cell.met, cell.applicable) == (len(asked) - 1, len(asked))
    assert cell.percent == round(100 * cell.met / cell.applicable)


def test_unanswered_practices_are_never_met() -> None:
    (row,) = overview(sign("A", {"POL-01": None})).rows
    assert (row.answered, row.met) == (row.asked - 1, row.asked - 1)


def test_older_version_is_said() -> None:
    found = overview(sign("A", {}, standard_hash="older"), sign("B", {}))
    assert [row.version for row in found.rows] == ["0.9.0", None]
