"""Files to start from when readers are tried: the examples and the tests' own broken files, in every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from selfassess.batch import run_batch
from selfassess.blanks import write_template
from selfassess.catalogue import load_standard
from selfassess.files.assessments import read_assessment
from selfassess.model.answer import Assessment
from selfassess.office.plan_xlsx import render_plan_xlsx
from tests.batch.cohorts import Rows, long_rows, wide_rows, write_csv, write_jsonl, write_parquet, write_xlsx
from tests.office.cases import small_plan
from tests.places import ALLOTMENTS, DATA, ROOT
from tests.workbooks import Cells, fill

__all__ = ["SEEDS", "standard_files"]

_EXAMPLES = ("hmp-example.yaml", "voluntary-organisation.yaml")
_BROKEN = DATA / "assessments" / "broken"


def _files(folder: Path, pattern: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(folder.glob(pattern)))


@cache
def _examples() -> tuple[Assessment, ...]:
    return tuple(read_assessment(ROOT / "examples" / name) for name in _EXAMPLES)


def _short() -> bytes:
    text = (ROOT / "examples" / _EXAMPLES[0]).read_bytes()
    return b"".join(text.splitlines(keepends=True)[:24])


def _yaml() -> Sequence[bytes]:
    return (_short(), *_files(ROOT / "examples", "*.yaml"), *_files(_BROKEN, "*.yaml"))


def _json() -> Sequence[bytes]:
    whole = [example.model_dump_json(exclude_defaults=True).encode() for example in _examples()]
    return (*whole, *_files(_BROKEN, "*.json"))


def _made(suffix: str, write: Callable[[Path], object]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"seed{suffix}")
        write(path)
        return path.read_bytes()


def _blank(path: Path) -> None:
    write_template(load_standard("prison-volunteering"), path, questionnaire="quick-check", kind="prison")


def _filled(path: Path) -> None:
    _blank(path)
    cover: Cells = {"B12": "HMP Example", "B14": "HMP-EX", "B16": date(2026, 11, 1)}
    answers: Cells = {"E3": "In place", "G3": "A note", "H3": "• Minutes", "E4": 1, "E6": "Do not know yet", "E7": 2.0}
    fill(path, {"Start here": cover, "Answers": answers})


def _assessment_xlsx() -> Sequence[bytes]:
    return _made(".xlsx", _blank), _made(".xlsx", _filled)


def _wide() -> Rows:
    rows = wide_rows(load_standard("prison-volunteering"), _examples())
    return [[*row[:14], *row[-3:]] for row in rows]


def _long() -> Rows:
    return long_rows(_examples())[:40]


def _wide_csv() -> Sequence[bytes]:
    return (
        _made(".csv", lambda path: write_csv(path, _wide())),
        _made(".csv", lambda path: write_csv(path, _wide(), ";", "cp1252", "\n")),
        _made(".csv", lambda path: write_csv(path, _wide(), "\t", "utf-16", "\r")),
    )


def _long_csv() -> Sequence[bytes]:
    return _made(".csv", lambda path: write_csv(path, _long())), _made(".csv", lambda p: write_csv(p, _long(), "|"))


def _jsonl() -> Sequence[bytes]:
    broken = [b" ".join(text.splitlines()) for text in _files(_BROKEN, "level-*.json")]
    return _made(".jsonl", lambda path: write_jsonl(path, _examples())), b"\n".join(broken)


def _batch_xlsx() -> Sequence[bytes]:
    return (
        _made(".xlsx", lambda path: write_xlsx(path, _wide())),
        _made(".xlsx", lambda path: write_xlsx(path, _long())),
        *_assessment_xlsx(),
    )


def _batch_parquet() -> Sequence[bytes]:
    return (
        _made(".parquet", lambda path: write_parquet(path, _wide())),
        _made(".parquet", lambda path: write_parquet(path, _long())),
        _typed_parquet(),
    )


def _typed_parquet() -> bytes:
    frame = pl.DataFrame({"organisation": ["A", "B"], "kind": ["prison"] * 2, "POL-01": [2, 1], "POL-02": [0.0, 3.0]})
    packed = BytesIO()
    frame.write_parquet(packed)
    return packed.getvalue()


def _plans() -> Sequence[bytes]:
    written = _made(".xlsx", lambda path: path.write_bytes(render_plan_xlsx(small_plan())))
    return written, _made(".xlsx", _edited)


def _edited(path: Path) -> None:
    path.write_bytes(render_plan_xlsx(small_plan()))
    cells = {"F2": "Medium", "G2": "Sam", "J3": "21/12/2026", "L3": "Done", "M3": "Said\nso", "E6": "Ours"}
    fill(path, {"Actions": cells})


@cache
def standard_files() -> tuple[str, ...]:
    """The files of a small standard, by their paths in its folder."""
    return tuple(sorted(path.relative_to(ALLOTMENTS).as_posix() for path in ALLOTMENTS.rglob("*.yaml")))


def _standard() -> Sequence[bytes]:
    return tuple(f"# {name}\n".encode() + (ALLOTMENTS / name).read_bytes() for name in standard_files())


def _scores(ending: str) -> bytes:
    with TemporaryDirectory() as folder:
        table = Path(folder, "table.csv")
        write_csv(table, _wide())
        run_batch(table, output=Path(folder, "out"), format=ending, tables=("scores",))
        return Path(folder, "out", f"scores.{ending}").read_bytes()


SEEDS: Mapping[str, Callable[[], Sequence[bytes]]] = {
    "assessment-yaml": _yaml,
    "assessment-json": _json,
    "assessment-xlsx": _assessment_xlsx,
    "batch-wide-csv": _wide_csv,
    "batch-long-csv": _long_csv,
    "batch-jsonl": _jsonl,
    "batch-xlsx": _batch_xlsx,
    "batch-parquet": _batch_parquet,
    "plan-xlsx": _plans,
    "standard-yaml": _standard,
    "scores-csv": lambda: (_scores("csv"),),
    "scores-parquet": lambda: (_scores("parquet"),),
}
"""What there is to start from, by the name of the target."""
