"""How people find a value in their file, and the words for what the models ask."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from selfassess.catalogue.schema import schema_files
from selfassess.errors import Fault
from selfassess.files.records import build_record, place_of
from selfassess.files.refusals import FORMS
from selfassess.files.yaml import Loc, parse_yaml
from selfassess.model.answer import Assessment
from selfassess.model.record import is_practice_id

DATA = {
    "id": "the-standard",
    "themes": [{"id": "plots", "title": "Plots"}, {"title": "No id"}],
    "practices": [{"id": "PLT-01", "meets": [{"source": "a"}], "case_studies": [{"id": "hill"}]}],
    "requirements": [{"id": "13"}],
    "answers": {"PLT-01": {"note": "x"}},
}

PLACES: list[tuple[Loc, str]] = [
    ((), ""),
    (("id",), "id"),
    (("themes",), "themes"),
    (("themes", 0, "title"), "themes “plots”, title"),
    (("themes", 1, "title"), "themes 2, title"),
    (("themes", 9), "themes 10"),
    (("practices", 0), "PLT-01"),
    (("practices", 0, "meets", 0, "source"), "PLT-01, meets 1, source"),
    (("practices", 0, "case_studies", 0, "id"), "PLT-01, case_studies “hill”, id"),
    (("requirements", 0, "label"), "requirements “13”, label"),
    (("answers", "PLT-01", "note"), "PLT-01, note"),
    (("answers", "plt-01"), "answers, plt-01"),
    ((0, "title"), "1, title"),
]


@pytest.mark.parametrize(("loc", "place"), PLACES)
def test_place_is_the_practice_or_the_list_with_the_id(loc: Loc, place: str) -> None:
    assert place_of(DATA, loc) == place


def patterns_in(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*map(patterns_in, schema.values())) if schema else own
    return set().union(*map(patterns_in, schema)) if isinstance(schema, list) else set()


def test_every_pattern_of_the_models_is_put_in_words() -> None:
    schemas = [json.loads(text) for text in schema_files().values()] + [Assessment.model_json_schema()]
    patterns = patterns_in(schemas)
    assert len(patterns) >= 5
    assert patterns <= set(FORMS)


@pytest.mark.parametrize("pattern", FORMS)
def test_example_in_the_words_fits_the_pattern(pattern: str) -> None:
    examples = re.findall("“([^”]+)”", FORMS[pattern])
    assert all(re.search(pattern, example) for example in examples)
    assert examples or "https://" in FORMS[pattern]


@pytest.mark.parametrize("text", ["POL-01", "AB-99", "ABCDE-001"])
def test_practice_id_is_known_by_its_form(text: str) -> None:
    assert is_practice_id(text)


@pytest.mark.parametrize("text", ["pol-01", "P-01", "POL-1", "POL01", "POL-01\n", "POL-0001", "ABCDEF-01", "", 5, None])
def test_other_things_are_no_practice_id(text: Any) -> None:
    assert not is_practice_id(text)


def build(text: str) -> Assessment | list[Fault]:
    return build_record(Assessment, parse_yaml(text, "f"), "f")


def test_record_is_built_where_nothing_is_wrong() -> None:
    found = build("standard: x\norganisation: {name: A, kind: b}")
    assert isinstance(found, Assessment)


def test_faults_stand_in_the_order_of_their_lines() -> None:
    found = build("answers:\n  POL-02: 9\n  POL-01: 8\ndate: x\nstandard: y\norganisation: {name: 1, kind: B}")
    assert isinstance(found, list)
    assert [fault.line for fault in found] == [2, 3, 4, 6, 6]


def test_value_that_is_long_is_told_shortened() -> None:
    found = build(f"standard: x\norganisation: {{name: A, kind: {'b ' * 100}}}")
    assert isinstance(found, list)
    assert len(found[0].problem) < 80


@pytest.mark.parametrize("value", ["{x}", "{0}", "%s", "{{", "a'b"])
def test_value_with_signs_of_a_programming_language_is_told_as_it_is(value: str) -> None:
    found = build(f'standard: x\norganisation: {{name: A, kind: "{value}"}}')
    assert isinstance(found, list)
    assert found[0].problem == f"says “{value}”"
