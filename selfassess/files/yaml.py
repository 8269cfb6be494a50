"""YAML 1.2, read strictly: every key once, no tags, no aliases, and every value knows its line.

PyYAML's parser does the reading; only its rules for plain words are replaced, because they are those of YAML 1.1, in
which ``no`` is false and ``22:30`` is a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NoReturn, TypeAlias

import yaml

from selfassess.errors import Fault
from selfassess.files.mistakes import explain_mistake

__all__ = ["MAX_DEPTH", "Document", "YamlFaults", "parse_yaml"]

Loc: TypeAlias = Sequence[int | str]
"""The way to a value from the top of a document: keys and list positions."""

MAX_DEPTH = 30
"""Deeper than any file of ours; a bound on what hostile input can cost."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


# CBaseLoader is a class only where PyYAML was built with libyaml; the slow one reads the same.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlFaults(Exception):  # noqa: N818 - carries faults to the reader, is no error by itself
    """What makes a text unusable as YAML."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


class Document:
    """A parsed document: its plain data, and the line of every value in it.

    Attributes:
        data: Dictionaries, lists, strings, numbers, booleans and None.
        is_workbook: Whether it came from a workbook, so that its values have cells and no lines.
    """

    is_workbook = False

    def __init__(self, data: Any, text: str | None) -> None:
        """Keep the data and, where its lines can be told, the YAML text that it came from."""
        self.data = data
        self._text = text

    def line_of(self, loc: Loc) -> int:
        """The line of the value at ``loc``, or of the nearest thing around it that exists; from 1, or 0 if unknown."""
        node, line = self._root, 1 if self._root else 0
        for step in loc:
            found = _step_into(node, step)
            if found is None:
                break
            line, node = found
        return line

    def cell_of(self, loc: Loc) -> str:  # noqa: ARG002 - for documents that came from a workbook
        """The cell of the value at ``loc``; empty, because a text has lines and no cells."""
        return ""

    @cached_property
    def _root(self) -> yaml.Node | None:
        """The tree of nodes, built only when a fault must be placed."""
        return yaml.compose(self._text, Loader=_Loader) if self._text else None


def parse_yaml(text: str, shown_as: str) -> Document:
    """Parse one YAML document.

    Raises:
        YamlFaults: The text is not YAML, or uses a part of YAML that is refused here.
    """
    builder = _Builder(shown_as)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        if not builder.faults:  # what follows a fault is seldom a second one
            builder.faults.append(Fault(shown_as, *explain_mistake(error, text)))
    if builder.faults:
        raise YamlFaults(*builder.faults)
    return Document(builder.data, text)


def _step_into(node: yaml.Node | None, step: int | str) -> tuple[int, yaml.Node | None] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return _line(key), value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return _line(item), item
    return None


def _line(item: yaml.Node | yaml.Event) -> int:
    """The line on which a node or event starts, from 1."""
    return item.start_mark.line + 1 if item.start_mark else 0


_WRITE_OUT = "Write each value out where it is needed; put quotes around text that starts with"

_ENOUGH = 100
"""More faults help nobody, and hostile input could have hundreds of thousands."""

_NO_KEY = object()
"""Stands where a mapping waits for its next key."""


class _Builder:
    """Builds plain data from the stream of events, in one pass and without recursion, and collects what is refused."""

    def __init__(self, shown_as: str) -> None:
        self.shown_as = shown_as
        self.data: Any = None
        self.faults: list[Fault] = []
        self._open: list[Any] = []
        self._keys: list[Any] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the document."""
        if isinstance(event, yaml.ScalarEvent):
            self._check_tag(event)
            self._add(event, event.value if event.style else _plain_value(event.value))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"uses the alias *{event.anchor}", f"{_WRITE_OUT} “*”")
            self._add(event, None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(event, "holds a second document after “---”", "Put it into a file of its own")

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        self._check_tag(event)
        if len(self._open) >= MAX_DEPTH:
            self._stop(event, f"is nested more than {MAX_DEPTH} deep", "Flatten it")
        started: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._add(event, started)
        self._open.append(started)
        self._keys.append(_NO_KEY)

    def _add(self, event: yaml.Event, value: Any) -> None:
        if not self._open:
            self.data = value
        elif isinstance(self._open[-1], list):
            self._open[-1].append(value)
        elif self._keys[-1] is _NO_KEY:
            self._keys[-1] = self._key(event)
        else:
            self._open[-1][self._keys[-1]] = value
            self._keys[-1] = _NO_KEY

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "has a list, a group or an alias as a key", "Use a word as the key")
            return ""
        key: str = event.value
        if key in self._open[-1]:
            self._refuse(event, f"has the key “{key}” twice", "Keep one of the two")
        return key

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"uses the tag {tag}", "Remove it; put quotes around text that starts with “!”")
        if event.anchor is not None:
            self._refuse(event, f"uses the anchor &{event.anchor}", f"{_WRITE_OUT} “&”")

    def _refuse(self, event: yaml.Event, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.shown_as, _line(event), "", problem, remedy))
        if len(self.faults) == _ENOUGH:
            raise YamlFaults(*self.faults)

    def _stop(self, event: yaml.Event, problem: str, remedy: str) -> NoReturn:
        raise YamlFaults(*self.faults, Fault(self.shown_as, _line(event), "", problem, remedy))


def _plain_value(text: str) -> Any:
    """The value of a plain word by the core schema of YAML 1.2."""
    if text in _NULLS:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if not text[0].isdigit() and text[0] not in "+-.":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
