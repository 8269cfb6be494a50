"""What nowhere in our code may be done, read from the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("webapp/**/*.py"), *ROOT.glob("selfassess/**/*.py")])
SCRIPTS = sorted((ROOT / "webapp/assets").glob("*.js"))

FORBIDDEN_WORDS = {"eval", "exec", "compile", "__import__", "render_template_string"}
FORBIDDEN_METHODS = {"render_template_string", "system", "popen"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "xml.sax", "telnetlib", "ftplib"}
QUERIES = {"text", "exec_driver_sql", "execute", "executescript", "literal_column"}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the last part of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""), node


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Our code, by path."""
    read = {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert len(read) > 200
    return read


def test_nothing_that_is_typed_is_run_as_code(trees: dict[str, ast.Module]) -> None:
    for path, tree in trees.items():
        for name, call in calls(tree):
            forbidden = FORBIDDEN_METHODS if isinstance(call.func, ast.Attribute) else FORBIDDEN_WORDS
            assert name not in forbidden, f"{path}:{call.lineno} calls {name}"


def test_no_command_goes_through_a_shell(trees: dict[str, ast.Module]) -> None:
    for path, tree in trees.items():
        for _, call in calls(tree):
            shells = [word for word in call.keywords if word.arg == "shell"]
            assert not shells, f"{path}:{call.lineno} uses a shell"


def test_nothing_is_unpacked_that_could_make_objects(trees: dict[str, ast.Module]) -> None:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not UNSAFE_MODULES & set(names), f"{path} imports {names}"


def test_no_query_is_put_together_from_text(trees: dict[str, ast.Module]) -> None:
    looked_at = 0
    for path, tree in trees.items():
        if not path.startswith("webapp/"):
            continue
        for name, call in calls(tree):
            if name in QUERIES and call.args:
                looked_at += 1
                assert not _is_put_together(call.args[0]), f"{path}:{call.lineno} puts a query together"
    assert looked_at > 50


def _is_put_together(node: ast.expr) -> bool:
    """Whether a text is made of others, unless they are constants of our own."""
    if isinstance(node, ast.JoinedStr):
        values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return not all(isinstance(value, ast.Name) and value.id.isupper() for value in values)
    is_format = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    return is_format or isinstance(node, ast.BinOp)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_makes_neither_code_nor_markup_of_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    found = re.findall(
        r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|setTimeout\(\s*[\"'`]", text
    )
    assert not found
