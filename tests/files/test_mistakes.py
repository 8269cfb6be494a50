"""Mistakes in writing YAML that no file of ``data/broken`` makes; those that do are tested with the catalogue."""

from __future__ import annotations

import pytest
import yaml

from selfassess.files.mistakes import explain_mistake
from selfassess.files.yaml import YamlFaults, parse_yaml


def told(text: str) -> str:
    with pytest.raises(YamlFaults) as caught:
        parse_yaml(text, "file.yaml")
    return str(caught.value.faults[0])


@pytest.mark.parametrize(
    "text", ["a: 1\nb: 'open", 'a: 1\nb: "open\n\n  still open', "a: 1\nb: [1, 2", "a: 1\nb: {c: 1\n\nd: 2"]
)
def test_what_was_opened_is_told_where_it_was_opened(text: str) -> None:
    assert told(text).startswith("file.yaml:2: has a ")


@pytest.mark.parametrize("sign", ["@", "%", "`"])
def test_sign_that_cannot_start_a_text_is_named(sign: str) -> None:
    assert told(f"a: 1\nb: {sign}x").startswith(f"file.yaml:2: starts a value with “{sign}”. Put quotes around")


def test_tab_before_a_key_is_called_a_tab() -> None:
    assert "a tab" in told("a:\n  b: 1\n\tc: 2")


def test_mistake_that_has_no_words_of_ours_keeps_those_of_the_parser() -> None:
    assert told("%YAML 3.0\n---\na: 1").startswith("file.yaml:1: is not valid YAML: found incompatible YAML document")


def test_mistake_without_a_place_is_told_without_a_line() -> None:
    assert explain_mistake(yaml.YAMLError("odd"), "a: 1")[:3] == (0, "", "is not valid YAML: odd")


def test_control_character_is_what_matters_wherever_the_parser_stopped() -> None:
    assert told("a: [\nb: \x07").startswith("file.yaml:2: holds the control character U+0007.")
