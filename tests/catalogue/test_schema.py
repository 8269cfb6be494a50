"""The JSON Schemas that editors check against: generated from the models, checked in, and found."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from selfassess.catalogue.reading import LAYOUT
from selfassess.catalogue.schema import main, schema_files
from tests.places import ROOT

STANDARDS = ROOT / "standards"
DATA_FILES = sorted(STANDARDS.glob("*/**/*.yaml"))
NAMED = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def test_schemas_checked_in_are_those_generated() -> None:
    """Where this fails: ``python -m selfassess.catalogue.schema standards/schema``."""
    checked_in = {path.name: path.read_text(encoding="utf-8") for path in (STANDARDS / "schema").iterdir()}
    assert checked_in == schema_files()


def test_command_writes_the_schemas_it_generates(tmp_path: Path) -> None:
    assert main([str(tmp_path / "new")]) == 0
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new").iterdir()} == schema_files()


def test_command_misused_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err == "usage: python -m selfassess.catalogue.schema FOLDER\n"


def test_command_runs_as_a_module(tmp_path: Path) -> None:
    run = [sys.executable, "-W", "error", "-m", "selfassess.catalogue.schema", str(tmp_path)]
    subprocess.run(run, cwd=ROOT, check=True)  # noqa: S603 - our own
    assert len(list(tmp_path.iterdir())) == len(LAYOUT)


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    assert len(schema_files()) == len(LAYOUT)
    assert all(json.loads(text)["$id"] == name for name, text in schema_files().items())


def test_schemas_refuse_unknown_keys_and_describe_fields() -> None:
    schemas = {name: json.loads(text) for name, text in schema_files().items()}
    practice = schemas["practices.schema.json"]["$defs"]["Practice"]
    assert practice["additionalProperties"] is False
    assert practice["properties"]["evidence"]["description"] == "What an assessor would look for."
    assert all(schema["additionalProperties"] is False for schema in schemas.values())


def test_data_files_are_collected() -> None:
    assert len(DATA_FILES) >= 25


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: str(path.relative_to(STANDARDS)))
def test_data_file_names_the_schema_it_follows(path: Path) -> None:
    named = NAMED.fullmatch(path.read_text(encoding="utf-8").splitlines()[0])
    assert named
    schema = (path.parent / named[1]).resolve()
    assert schema.is_file()
    assert schema.parent == STANDARDS / "schema"
    kind = path.parent.name if path.parent.name in ("practices", "sources", "questionnaires") else path.stem
    assert schema.name.removesuffix(".schema.json") in (kind, kind.removesuffix("s"))
