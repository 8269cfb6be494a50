"""JSON Schemas of the files of a standard, so that editors complete and check them.

``python -m selfassess.catalogue.schema FOLDER`` writes them; they are checked in under ``standards/schema``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from selfassess.catalogue.reading import LAYOUT

__all__ = ["schema_files"]


def schema_files() -> dict[str, str]:
    """The text of each schema by file name, ``practices.schema.json`` and so on."""
    names = {pattern: pattern.split("/", maxsplit=1)[0].removesuffix(".yaml") for pattern in LAYOUT}
    singular = {"sources": "source", "questionnaires": "questionnaire"}
    models = {singular.get(names[pattern], names[pattern]): model for pattern, model in LAYOUT.items()}
    return {f"{name}.schema.json": _text(name, model.model_json_schema()) for name, model in models.items()}


def _text(name: str, schema: dict[str, Any]) -> str:
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.schema.json", **schema}
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
