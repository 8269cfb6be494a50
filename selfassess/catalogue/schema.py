"""JSON Schemas of the files of a standard, so that editors complete and check them.

``python -m selfassess.catalogue.schema FOLDER`` writes them; they are checked in under ``standards/schema``.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from selfassess.catalogue.reading import LAYOUT

__all__ = ["main", "schema_files"]

_SINGULAR = {"sources": "source", "questionnaires": "questionnaire"}


def schema_files() -> dict[str, str]:
    """The text of each schema by file name, ``practices.schema.json`` and so on."""
    names = {pattern: pattern.split("/", maxsplit=1)[0].removesuffix(".yaml") for pattern in LAYOUT}
    models = {_SINGULAR.get(name, name): LAYOUT[pattern] for pattern, name in names.items()}
    return {f"{name}.schema.json": _text(name, model) for name, model in models.items()}


def _text(name: str, model: type[BaseModel]) -> str:
    schema = model.model_json_schema()
    _describe_fields(schema, model)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.schema.json"}
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"


def _describe_fields(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put the docstring of each field into the schema.

    Pydantic can do it too, but at every import and by reading the source: a fifth of the time of a short command.
    """
    parts = schema.get("$defs", {}) | {model.__name__: schema}
    for inner in _models(model, set()):
        for field, text in _field_docstrings(inner):
            parts[inner.__name__]["properties"][field]["description"] = text


def _models(annotation: Any, seen: set[Any]) -> Iterator[type[BaseModel]]:
    """A model and every model inside it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
        seen.add(annotation)
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models(field.annotation, seen)
    for inner in get_args(annotation):
        yield from _models(inner, seen)


def _field_docstrings(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The fields that are followed by a docstring, with it."""
    definition = ast.parse(inspect.getsource(model)).body[0]
    for statement, following in pairwise(definition.body if isinstance(definition, ast.ClassDef) else []):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)


def main(arguments: Sequence[str]) -> int:
    """Write the schemas into the folder named; the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m selfassess.catalogue.schema FOLDER\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
