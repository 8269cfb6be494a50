"""The files of a standard, each read into its record; faults are collected, not raised."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from selfassess.catalogue.locating import HEAD_FILE
from selfassess.errors import Fault
from selfassess.files.records import build_record, place_of
from selfassess.files.text import read_text
from selfassess.files.yaml import Document, Loc, YamlFaults, parse_yaml
from selfassess.model.practice import PracticeFile
from selfassess.model.reference import CaseStudies, Rules
from selfassess.model.source import Source
from selfassess.model.standard import Questionnaire, StandardHead
from selfassess.model.survey import Survey

__all__ = ["LAYOUT", "Files", "Part", "read_files"]

_Model = TypeVar("_Model", bound=BaseModel)

LAYOUT: dict[str, type[BaseModel]] = {
    HEAD_FILE: StandardHead,
    "practices/*.yaml": PracticeFile,
    "sources/*.yaml": Source,
    "questionnaires/*.yaml": Questionnaire,
    "survey.yaml": Survey,
    "rules.yaml": Rules,
    "case-studies.yaml": CaseStudies,
}
"""What a standard's folder holds: the pattern of each file and the model it follows."""

_REQUIRED = {
    HEAD_FILE: HEAD_FILE,
    "practices/*.yaml": "practices/<theme>.yaml",
    "sources/*.yaml": "sources/<source>.yaml",
    "questionnaires/*.yaml": "questionnaires/full.yaml",
}
"""The files that no standard can be without, by pattern, as people would name one."""

_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Part(Generic[_Model]):
    """One file of a standard: its record, and where everything in it stands."""

    shown_as: str
    stem: str
    record: _Model
    document: Document

    def fault(self, loc: Loc, problem: str, remedy: str) -> Fault:
        """A fault at a place in this file."""
        place = place_of(self.document.data, loc)
        return Fault(self.shown_as, self.document.line_of(loc), place, problem, remedy)


@dataclass
class Files:
    """All that was read of a standard, and the faults met on the way."""

    folder: str
    parts: list[Part[Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    content: dict[str, Any] = field(default_factory=dict)

    def of(self, model: type[_Model]) -> list[Part[_Model]]:
        """The files that follow one model, in the order of their names."""
        return [part for part in self.parts if isinstance(part.record, model)]

    def one(self, model: type[_Model]) -> Part[_Model] | None:
        """The only file that follows a model, where there is one."""
        return next(iter(self.of(model)), None)

    @property
    def head(self) -> Part[StandardHead]:
        """``standard.yaml``, without which a folder is no standard."""
        part = self.one(StandardHead)
        if part is None:
            raise AssertionError("faults within files are told before anything is done with them")
        return part

    @property
    def hash(self) -> str:
        """SHA-256 of the content: the data of every file, keys sorted; layout and comments left out."""
        text = json.dumps(self.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def read_files(folder: Path) -> Files:
    """Read every file of a standard's folder."""
    files = Files(str(folder))
    for pattern, model in LAYOUT.items():
        paths = sorted(folder.glob(pattern))
        if not paths and pattern in _REQUIRED:
            remedy = "Add it; CONTRIBUTING.md says how to add a standard"
            files.faults.append(Fault(str(folder), 0, "", f"has no {_REQUIRED[pattern]}", remedy))
        for path in paths:
            _read_one(path, model, files)
    files.faults.extend(_strangers(folder))
    return files


def _read_one(path: Path, model: type[BaseModel], files: Files) -> None:
    shown_as = str(path)
    text = read_text(path, shown_as)
    if isinstance(text, Fault):
        files.faults.append(text)
        return
    try:
        document = parse_yaml(text, shown_as)
    except YamlFaults as error:
        files.faults.extend(error.faults)
        return
    record = build_record(model, document, shown_as)
    if isinstance(record, list):
        files.faults.extend(record)
    else:
        files.parts.append(Part(shown_as, path.stem, record, document))
        files.content[path.relative_to(files.folder).as_posix()] = document.data


def _strangers(folder: Path) -> Iterator[Fault]:
    """YAML files that nothing would read, most often misspelt names or folders."""
    known = {path for pattern in LAYOUT for path in folder.glob(pattern)}
    remedy = f"Rename, move or remove it; a standard holds {', '.join(LAYOUT)}"
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _YAML and path not in known:
            yield Fault(str(path), 0, "", "is not a file of a standard", remedy)
