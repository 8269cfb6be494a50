"""JSON: the values as JSON has them, the lines from the same text read as YAML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.files.json import parse_json
from selfassess.files.yaml import MAX_DEPTH, Document, YamlFaults


def parse(text: str) -> Document:
    return parse_json(text, "file.json")


def told(text: str) -> list[str]:
    with pytest.raises(YamlFaults) as caught:
        parse(text)
    return [str(fault) for fault in caught.value.faults]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_whatever_json_can_hold_is_read_as_it_is(value: Any, indent: int | str | None, ascii_only: bool) -> None:
    assert parse(json.dumps(value, indent=indent, ensure_ascii=ascii_only)).data == value


@given(st.lists(st.text(), min_size=1, max_size=6), st.sampled_from([1, "\t"]), st.booleans())
def test_every_entry_knows_its_line(texts: list[str], indent: int | str, ascii_only: bool) -> None:
    document = parse(json.dumps({"texts": texts}, indent=indent, ensure_ascii=ascii_only))
    assert [document.line_of(["texts", i]) for i in range(len(texts))] == [i + 3 for i in range(len(texts))]


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("\\ud83d\\ude00", "😀"),
        ("\\uD83D\\uDE00", "😀"),
        ("\\\\ud83d", "\\ud83d"),
        ("\\\\\\ud83d\\ude00", "\\😀"),
        ("\\/", "/"),
        ("\\u0000", "\x00"),
        ("\\b\\f\\n\\r\\t", "\b\f\n\r\t"),
        ("\x7f", "\x7f"),
        ("\u2028", "\u2028"),
        ("\\u00e9", "é"),
    ],
)
def test_escape_is_read_and_the_next_line_still_found(escaped: str, text: str) -> None:
    document = parse(f'{{"a": "{escaped}",\n"b": 1}}')
    assert document.data == {"a": text, "b": 1}
    assert document.line_of(["b"]) == 2


def test_key_with_escapes_is_found_by_its_name() -> None:
    assert parse('{"a": 1,\n"\\ud83d\\ude00": 2}').line_of(["😀"]) == 2


@pytest.mark.parametrize("half", ["\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\ud83d\\u0041"])
def test_half_of_a_character_is_refused_with_its_line(half: str) -> None:
    (line,) = told(f'{{"a": 1,\n"b": "{half}"}}')
    assert line.startswith("file.json:2: holds half of a character")


@pytest.mark.parametrize("text", ['{"a": 1,\n "a": 2}', '{"b": {"a": 1,\n"a": 1}}', '{"a": 1,\n"\\u0061": 1}'])
def test_key_that_repeats_is_refused_with_its_line(text: str) -> None:
    assert told(text) == ["file.json:2: has the key “a” twice. Keep one of the two."]


def test_key_that_repeats_is_told_even_where_no_line_can_be_found() -> None:
    assert told('{"a"\n: 1, "a": 2}') == ["file.json: has the key “a” twice. Keep one of the two."]


def test_nesting_is_bounded_as_in_yaml() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH).data
    for depth in (MAX_DEPTH + 1, 300, 100_000):
        expected = f"file.json:2: is nested more than {MAX_DEPTH} deep. Flatten it."
        assert told("\n" + "[" * depth + "]" * depth) == [expected]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_words_that_are_no_numbers_in_json_are_text(number: str) -> None:
    assert parse(f"[{number}]").data == [number]


def test_whole_number_too_long_to_be_meant_is_no_whole_number() -> None:
    assert isinstance(parse("[" + "9" * 5000 + "]").data[0], float)
    assert parse("[9999999999999999999, -1]").data == [9999999999999999999, -1]


def test_json_laid_out_as_no_yaml_can_be_is_read_without_lines() -> None:
    document = parse('{"a"\n:\n1}')
    assert document.data == {"a": 1}
    assert document.line_of(["a"]) == 0


@pytest.mark.parametrize(
    "text", ["", " ", "{", '{"a": }', "{'a': 1}", '{"a": 1}]', "a: 1", '["\t"]', '["\\x"]', '"', "tru"]
)
def test_what_is_no_json_is_refused_with_line_and_column(text: str) -> None:
    (line,) = told(text)
    assert line.startswith("file.json:1: column ")
    assert ": is not valid JSON: a" in line or "something follows" in line
    assert line.endswith("Check commas, quotes and brackets.")
