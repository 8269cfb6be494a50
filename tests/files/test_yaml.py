"""YAML 1.2 as it is, not as PyYAML's older rules have it; and what is refused."""

from __future__ import annotations

import time
from typing import Any

import pytest

from selfassess.files.yaml import MAX_DEPTH, Document, YamlFaults, parse_yaml


def parse(text: str) -> Document:
    return parse_yaml(text, "file.yaml")


def told(text: str) -> list[str]:
    with pytest.raises(YamlFaults) as caught:
        parse(text)
    return [str(fault) for fault in caught.value.faults]


TEXT_IN_YAML_1_2 = [
    "no", "No", "NO", "yes", "Yes", "on", "On", "off", "OFF", "y", "n", "Y", "N",
    "22:30", "1:02:03", "190:20:30.15", "2026-11-21", "2026-11-21T10:00:00Z", "2001-12-14 21:59:43.10 -5",
    "1_000", "0b101", "0777x", "1e", "1.2.3", "+", "-", ".", "None", "NaN", "=", "<<", "tRUE", "nULL", "+44 20", "12%",
    "١٢", "½",
]  # fmt: skip


@pytest.mark.parametrize("text", [text for text in TEXT_IN_YAML_1_2 if text != "-"])
def test_word_that_only_looks_like_something_else_stays_text(text: str) -> None:
    assert parse(f"key: {text}").data == {"key": text}
    assert parse(f"[{text}]").data == [text]


VALUES: list[tuple[str, Any]] = [
    ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
    ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None),
    ("0", 0), ("13", 13), ("-7", -7), ("+7", 7), ("1.5", 1.5), ("-0.5", -0.5), (".5", 0.5), ("2.", 2.0),
    ("1e3", 1000.0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_plain_value_follows_the_core_schema(text: str, value: Any) -> None:
    found = parse(f"key: {text}").data["key"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("text", "value"), [("010", 10), ("0010", 10), ("08", 8), ("-012", -12)])
def test_leading_nought_is_decimal_not_octal(text: str, value: int) -> None:
    assert parse(f"key: {text}").data == {"key": value}


@pytest.mark.parametrize("text", ["true", "null", "13", "1.5", "~", ""])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quoted_value_is_text(text: str, quote: str) -> None:
    assert parse(f"key: {quote}{text}{quote}").data == {"key": text}


@pytest.mark.parametrize("style", ["|", ">-", ">", "|-"])
def test_block_text_is_text(style: str) -> None:
    assert parse(f"key: {style}\n  13\n").data["key"].strip() == "13"


@pytest.mark.parametrize("key", ["no", "true", "13", "null", "22:30"])
def test_key_is_always_text(key: str) -> None:
    assert parse(f"{key}: 1").data == {key: 1}


def test_whole_number_too_long_to_be_meant_is_no_whole_number() -> None:
    assert isinstance(parse("key: " + "9" * 5000).data["key"], float)


@pytest.mark.parametrize("text", ["", "\n", "# only a remark\n", "---\n", "\ufeff"])
def test_text_that_holds_nothing_is_nothing(text: str) -> None:
    assert parse(text).data is None


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_one(line_end: str) -> None:
    document = parse(line_end.join(["a: 1", "b: >-", "  two", "  words", "c:", "  - d: 4"]))
    assert document.data == {"a": 1, "b": "two words", "c": [{"d": 4}]}
    assert document.line_of(["c", 0, "d"]) == 6


def test_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert parse("\ufeffa: 1").data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2", ["file.yaml:2: has the key “a” twice. Keep one of the two."]),
        ("a: 1\n'a': 2", ["file.yaml:2: has the key “a” twice. Keep one of the two."]),
        ("{a: 1, a: 1}", ["file.yaml:1: has the key “a” twice. Keep one of the two."]),
        ("b:\n  - a: 1\n    c: 2\n    a: 3", ["file.yaml:4: has the key “a” twice. Keep one of the two."]),
    ],
)
def test_key_that_repeats_is_refused(text: str, expected: list[str]) -> None:
    assert told(text) == expected


REFUSED = [
    "a: &x 1", "a: &x [1]", "&x a: 1", "a: &x {b: 1}\nb: *x", "a: !!str 1", "a: !x 1", "! a", "!!map {a: 1}",
    "a: !!python/name:os.system ''",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_anchor_alias_and_tag_are_refused(text: str) -> None:
    assert any("anchor" in line or "alias" in line or "tag" in line for line in told(text))


def test_every_refusal_is_told_not_only_the_first() -> None:
    assert [line.split(":")[1] for line in told("a: 1\na: 2\nb: &x 1\nc: *x\nd: !y 1")] == ["2", "3", "4", "5"]


def test_countless_refusals_are_told_up_to_a_hundred() -> None:
    assert len(told("a: 1\n" * 500)) == 100


def test_merge_key_merges_nothing() -> None:
    assert parse("<<: {a: 1}\nb: 2").data == {"<<": {"a": 1}, "b": 2}


@pytest.mark.parametrize(("start", "end"), [("[", "]"), ("{a: ", "}")])
def test_nesting_is_bounded(start: str, end: str) -> None:
    assert parse(start * MAX_DEPTH + end * MAX_DEPTH).data
    expected = f"file.yaml:1: is nested more than {MAX_DEPTH} deep. Flatten it."
    assert told(start * (MAX_DEPTH + 1) + end * (MAX_DEPTH + 1)) == [expected]


@pytest.mark.parametrize(
    "text", ["[" * 1_000_000, "{a: " * 500_000, "- " * 1_000_000, "? " * 1_000_000, "a:\n" * 200_000]
)
def test_hostile_nesting_is_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    assert told(text)
    assert time.perf_counter() - start < 5


def test_bomb_of_aliases_is_refused_before_it_grows() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    start = time.perf_counter()
    assert told("\n".join(lines))
    assert time.perf_counter() - start < 1


DOCUMENT = """\
# a remark
id: x
themes:
  - id: one

  - {id: two, title: Two}
text: >-
  long

  text
empty:
"""

LINES: list[tuple[list[int | str], int]] = [
    ([], 1), (["id"], 2), (["themes"], 3), (["themes", 0], 4), (["themes", 0, "id"], 4), (["themes", 1, "title"], 6),
    (["text"], 7), (["empty"], 11), (["missing"], 1), (["themes", 0, "missing"], 4), (["themes", 7], 3),
    (["text", "inside"], 7),
]  # fmt: skip


@pytest.mark.parametrize(("loc", "line"), LINES)
def test_every_value_knows_its_line_or_that_of_what_holds_it(loc: list[int | str], line: int) -> None:
    assert parse(DOCUMENT).line_of(loc) == line


def test_empty_document_has_no_lines() -> None:
    assert parse("").line_of(["a"]) == 0


@pytest.mark.parametrize("text", ["a: \x00", "a: \x07", "a: \x1b[31m", "\x7f: 1", "a: \x9b", "a: \ufffe"])
def test_control_characters_are_refused_with_their_line(text: str) -> None:
    (line,) = told("first: 1\n" + text)
    assert line.startswith("file.yaml:2: holds the control character U+")
    assert line.isprintable()
