"""The object that ``score --json`` prints, key for key, as DESIGN, section 5, lays it down."""

from __future__ import annotations

from typing import Any

CARD = {"standard", "questionnaire", "organisation", "date", "overall", "themes", "readiness", "priorities", "survey"}
STANDARD = {"id", "version", "hash"}
ORGANISATION = {"name", "kind", "reference", "group"}
SET_COUNTS = {"asked", "applicable", "answered", "unanswered", "met", "gaps"}
SET = SET_COUNTS | {"completeness", "score", "provisional", "rating", "levels"}
LEVELS = {"0", "1", "2", "3", "NA", "DK"}
THEME = SET | {"id", "title"}
STATUSES = {"met", "partly", "not_met", "unknown", "not_applicable", "not_covered"}
SOURCE = STATUSES | {"source", "title", "requirements"}
REQUIREMENT = {"id", "label", "status", "practices"}
PRIORITY = {"practice", "title", "tier", "level", "why", "effort", "timeframe", "quick_win"}
SURVEY = {"row", "practice", "in_place", "same_kind_percent", "base", "locator"}
RATINGS = {"not_assessed", "urgent", "incomplete", "established", "developing", "starting"}


def check_card(card: dict[str, Any]) -> None:
    """Fail where an object has other keys, or values of other types, than the contract's."""
    assert set(card) == CARD
    assert set(card["standard"]) == STANDARD
    assert set(card["organisation"]) == ORGANISATION
    _check_types(card, str, "questionnaire")
    _check_types(card["standard"], str, *STANDARD)
    check_set(card["overall"], SET)
    for theme in card["themes"]:
        check_set(theme, THEME)
        _check_types(theme, str, "id", "title")
    for source in card["readiness"]:
        _check_source(source)
    for priority in card["priorities"]:
        _check_priority(priority)
    for row in card["survey"]:
        _check_survey_row(row)


def check_set(found: dict[str, Any], keys: set[str]) -> None:
    """Fail where the object of a set of practices is not the contract's."""
    assert set(found) == keys
    _check_types(found, int, *SET_COUNTS)
    _check_types(found, float, "completeness")
    assert found["score"] is None or type(found["score"]) is float
    _check_types(found, bool, "provisional")
    _check_types(found, str, "rating")
    assert found["rating"] in RATINGS
    assert set(found["levels"]) == LEVELS
    _check_types(found["levels"], int, *LEVELS)


def _check_source(source: dict[str, Any]) -> None:
    assert set(source) == SOURCE
    _check_types(source, int, *STATUSES)
    _check_types(source, str, "source", "title")
    for requirement in source["requirements"]:
        assert set(requirement) == REQUIREMENT
        _check_types(requirement, str, "id", "label", "status")
        assert requirement["status"] in STATUSES
        assert all(type(practice) is str for practice in requirement["practices"])


def _check_priority(priority: dict[str, Any]) -> None:
    assert set(priority) == PRIORITY
    _check_types(priority, str, *PRIORITY - {"level", "quick_win"})
    _check_types(priority, bool, "quick_win")
    assert priority["level"] in (0, 1, "DK")


def _check_survey_row(row: dict[str, Any]) -> None:
    assert set(row) == SURVEY
    _check_types(row, str, "row", "practice", "locator")
    assert row["in_place"] in (True, False, None)
    assert row["same_kind_percent"] is None or type(row["same_kind_percent"]) is int
    assert row["base"] is None or type(row["base"]) is str


def _check_types(found: dict[str, Any], expected: type, *keys: str) -> None:
    """Exactly the type: True is no number, and an enumeration is no text."""
    assert {key: type(found[key]) for key in keys} == dict.fromkeys(keys, expected)
