"""YAML 1.2, read strictly: every key once, no tags, no aliases, and every value knows its line.

PyYAML's parser does the reading; only its rules for plain words are replaced, because they are those of YAML 1.1, in
which ``no`` is false and ``22:30`` is a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import yaml

from selfassess.errors import Fault

__all__ = ["Document", "YamlFaults", "parse_yaml"]

Loc: TypeAlias = Sequence[int | str]
"""The way to a value from the top of a document: keys and list positions."""

MAX_DEPTH = 30
"""Deeper than any file of ours; a bound on what hostile input can cost."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


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
    """

    def __init__(self, data: Any, root: yaml.Node | None) -> None:
        self.data = data
        self._root = root

    def with_data(self, data: Any) -> Document:
        """The same lines for the same data, read by a reader that knows the format better."""
        return Document(data, self._root)

    def line_of(self, loc: Loc) -> int:
        """The line of the value at ``loc``, or of the nearest thing around it that exists; from 1, or 0 if unknown."""
        node, line = self._root, 1 if self._root else 0
        for step in loc:
            found = _step_into(node, step)
            if found is None:
                break
            line, node = found
        return line


def parse_yaml(text: str, shown_as: str) -> Document:
    """Parse one YAML document.

    Raises:
        YamlFaults: The text is not YAML, or uses a part of YAML that is refused here.
    """
    try:
        root = _compose(text, shown_as)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        problem = " ".join(part for part in (error.context, error.problem) if part)
        remedy = "Check indentation, quotes and colons there; quote text that holds “: ” or “#”"
        raise YamlFaults(Fault(shown_as, line, "", f"is not valid YAML: {problem}", remedy)) from None
    except yaml.YAMLError as error:
        problem = f"is not valid YAML: {' '.join(str(error).split())}"
        raise YamlFaults(Fault(shown_as, 0, "", problem, "Remove characters that cannot be printed")) from None
    reader = _Reader(shown_as)
    data = reader.read(root, 0) if root is not None else None
    if reader.faults:
        raise YamlFaults(*reader.faults)
    return Document(data, root)


def _compose(text: str, shown_as: str) -> yaml.Node | None:
    """The node tree, after the flat stream of events has shown that it is not too deep to build."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                line = _line(event)
                raise YamlFaults(Fault(shown_as, line, "", f"is nested more than {MAX_DEPTH} deep", "Flatten it"))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            line = _line(event)
            problem = f"uses the alias *{event.anchor}"
            raise YamlFaults(Fault(shown_as, line, "", problem, "Write the value out where it is needed"))
    root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return root


def _line(item: yaml.Node | yaml.Event) -> int:
    """The line on which a node or event starts, from 1."""
    return item.start_mark.line + 1 if item.start_mark else 0


def _is_plain(node: yaml.Node) -> bool:
    """Whether a scalar was written without quotes, so that it may be a number or a truth."""
    return isinstance(node, yaml.ScalarNode) and not node.style


def _step_into(node: yaml.Node | None, step: int | str) -> tuple[int, yaml.Node | None] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return _line(key), value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return _line(item), item
    return None


class _Reader:
    """Turns nodes into plain data and collects what is refused."""

    def __init__(self, shown_as: str) -> None:
        self.shown_as = shown_as
        self.faults: list[Fault] = []

    def read(self, node: yaml.Node, depth: int) -> Any:
        if node.tag not in _PLAIN_TAGS:
            self._refuse(node, f"uses the tag {node.tag}", "Remove the tag")
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, depth + 1) for item in node.value]
        return _plain_value(node.value) if _is_plain(node) else node.value

    def _read_mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, "has a list or mapping as a key", "Use a word as the key")
            elif key.value in data:
                self._refuse(key, f"has the key “{key.value}” twice", "Keep one of the two")
            else:
                data[key.value] = self.read(value, depth + 1)
        return data

    def _refuse(self, node: yaml.Node, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.shown_as, _line(node), "", problem, remedy))


def _plain_value(text: str) -> Any:
    """The value of a plain word by the core schema of YAML 1.2."""
    if text in _NULLS:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
