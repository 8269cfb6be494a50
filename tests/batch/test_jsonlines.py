from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.batch.blocks import BlockMaker, Rejection
from selfassess.batch.codes import CODE_OF
from selfassess.batch.jsonlines import LinesReader
from selfassess.batch.rows import Row, RowReader
from selfassess.errors import AssessmentError
from selfassess.files.assessments import read_assessment
from selfassess.model.standard import Standard
from tests.test_properties import real_standard

HEAD: dict[str, Any] = {"standard": "prison-volunteering", "organisation": {"name": "HMP A", "kind": "prison"}}

# What may stand for an answer, right and wrong.
ANSWERS: st.SearchStrategy[Any] = st.sampled_from(
    [0, 1, 2, 3, 4, 255, 254, -1, 1000, 2.5, True, False, None, "In place", "in PLACE", "2", "2.5", "NA", "DK", "",
     [], {}, {"level": 2, "note": "a: b"}, {"level": "NA", "reason": "None."}, {"level": 1, "reason": "x"}, {"x": 1}]
)  # fmt: skip

VALUES = st.sampled_from(["HMP A", " HMP A", "", "x" * 301, 5, None, "a: b", "\x1fa", "prison"])


@st.composite
def records(draw: st.DrawFn) -> str:
    """A line much like an assessment."""
    answers = draw(st.dictionaries(st.sampled_from(["LEA-01", "LEA-02", "DIV-06", "VET-07", "XX-99"]), ANSWERS))
    organisation = {
        "name": "HMP A",
        "kind": draw(st.sampled_from(["prison", "voluntary_organisation", "Prison"])),
        **draw(st.dictionaries(st.sampled_from(["reference", "group", "name", "other"]), VALUES, max_size=2)),
    }
    record = {
        "standard": draw(st.sampled_from(["prison-volunteering", "other", {"id": "prison-volunteering"}])),
        "organisation": organisation,
        "answers": draw(st.sampled_from([answers, answers, answers, None, []])),
        **draw(
            st.dictionaries(
                st.sampled_from(["date", "questionnaire", "more"]),
                st.sampled_from(["2026-11-01", "2026-W45-1", "20261101", "quick-check", "full", None, 5]),
                max_size=2,
            )
        ),
    }
    text = json.dumps(record, separators=draw(st.sampled_from([(",", ":"), (", ", ": "), (",", " : ")])))
    return draw(st.sampled_from([text, text, text.replace('"LEA-02"', '"LEA-01"'), text.replace('"kind"', '"name"')]))


def read_line(folder: Path, line: str) -> Row | Rejection | None:
    """What a line of JSON Lines says."""
    path = folder / "a.jsonl"
    path.write_text(line, encoding="utf-8")
    standard = real_standard()
    reader = LinesReader(RowReader(standard), BlockMaker(standard))
    return next(iter(reader.read_lines(path, str(path), remarks=False)), None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(line=records())
def test_line_is_accepted_and_means_what_it_means_in_a_file_of_its_own(tmp_path: Path, line: str) -> None:
    found = read_line(tmp_path, line)
    single = tmp_path / "a.json"
    single.write_text(line, encoding="utf-8")
    try:
        assessment = read_assessment(single, standard=real_standard())
    except AssessmentError:
        assert isinstance(found, Rejection)
        return
    assert isinstance(found, Row)
    organisation = assessment.organisation
    assert found.keys == (organisation.name, organisation.kind, organisation.reference, organisation.group,
                          assessment.date, assessment.questionnaire)  # fmt: skip
    levels = [assessment.answer_to(practice_id).level for practice_id in real_standard().practices]
    assert list(found.codes) == [CODE_OF[level] for level in levels]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "is not valid JSON"),
        ("[1]", "is not an assessment"),
        ("[" * 100_000, "cannot be read as JSON"),
        (json.dumps(HEAD | {"answers": {"LEA-01": 5}}), "LEA-01, level: is the number 5"),
        (json.dumps(HEAD | {"answers": {"DIV-06": "NA"}}), "DIV-06: says that it does not apply, without a reason"),
        ('{"standard": "x", "standard": "y"}', "has the key “standard” twice"),
        ("\udc80", "is not UTF-8 text"),
    ],
)
def test_fault_names_the_line(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(f"\ufeff\n\n{line}\n".encode(errors="surrogateescape"))
    standard = real_standard()
    (found,) = LinesReader(RowReader(standard), BlockMaker(standard)).read(path, "a.jsonl")
    assert isinstance(found, Rejection)
    assert str(found.faults[0]).startswith(f"a.jsonl:3: {fault}")
    assert found.cells == line.replace("\udc80", "\ufffd")


@pytest.mark.parametrize(
    "answers",
    ['{"LEA-01": true}', '{"LEA-01": false}', '{"LEA-01": 2.5}', '{"LEA-01": 255}',
     '{"LEA-01": 255.0}', '{"LEA-01": 254}', '{"LEA-01": 4}',
     '{"LEA-01": 2, "LEA-01": 2}', '{"LEA-01": 2, "LEA-01" : 3}', '{"XX-01": 2}', '{"LEA-01": "2.5"}'],
)  # fmt: skip
def test_answer_that_is_no_level_is_never_taken_for_one(tmp_path: Path, answers: str) -> None:
    found = read_line(tmp_path, json.dumps(HEAD).removesuffix("}") + f', "answers": {answers}}}')
    assert isinstance(found, Rejection)


@pytest.mark.parametrize("twice", ["standard", "organisation", "answers"])
def test_key_that_is_there_twice_is_a_fault(tmp_path: Path, twice: str) -> None:
    head = HEAD | {"answers": {"LEA-01": 2}}
    line = json.dumps(head).removesuffix("}") + f', "{twice}": {json.dumps(head[twice])}}}'
    found = read_line(tmp_path, line)
    assert isinstance(found, Rejection)
    assert found.faults[0].problem == f"has the key “{twice}” twice"


@pytest.mark.parametrize("end", ["", "\n"])
def test_line_that_is_too_long_is_one_fault_and_the_others_are_read(
    tmp_path: Path, prison_standard: Standard, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr("selfassess.batch.jsonlines.MAX_LINE_BYTES", 1_000_000)
    fine = json.dumps(HEAD | {"answers": {"LEA-01": 2}})
    path = tmp_path / "a.jsonl"
    path.write_text(f"{fine}\n{'x' * 3_000_000}\n{fine if end else ''}{end}")
    reader = LinesReader(RowReader(prison_standard), BlockMaker(prison_standard))
    found = list(reader.read_lines(path, "a.jsonl", remarks=False))
    assert [item.row for item in found] == [1, 2, 3][: len(found)]
    assert len(found) == (3 if end else 2)
    rejected = found[1]
    assert isinstance(rejected, Rejection)
    assert [fault.problem for fault in rejected.faults] == ["is longer than 1 MB; only its beginning is kept"]
    assert rejected.cells == "x" * 10_000


@pytest.mark.parametrize("given", ["2.0", '"2.0"', '" 2. "', '{"level": 2.0}', '{"level": "2.0"}', '"2,0"'])
def test_whole_number_with_decimals_is_a_level_as_it_is_in_a_table(tmp_path: Path, given: str) -> None:
    found = read_line(tmp_path, json.dumps(HEAD).removesuffix("}") + f', "answers": {{"LEA-01": {given}}}}}')
    assert isinstance(found, Row)
    assert found.codes[real_standard().position["LEA-01"]] == 2


def test_line_in_which_all_is_wrong_names_the_first_faults_and_counts_the_others(tmp_path: Path) -> None:
    answers = dict.fromkeys(list(real_standard().practices)[:20], 9)
    found = read_line(tmp_path, json.dumps(HEAD | {"answers": answers}))
    assert isinstance(found, Rejection)
    assert len(found.faults) == 6
    assert found.faults[-1].problem == "and 15 more cells are wrong in the row"


def test_notes_reasons_and_evidence_are_kept_where_they_are_asked_for(
    tmp_path: Path, prison_standard: Standard
) -> None:
    said = {"note": "Agreed.", "evidence": ["https://intranet.example/policy"]}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(HEAD | {"answers": {"LEA-01": {"level": 2, **said}, "LEA-02": 1}}))
    reader = LinesReader(RowReader(prison_standard), BlockMaker(prison_standard))
    (block,) = reader.read(path, "a.jsonl", remarks=True)
    assert not isinstance(block, Rejection)
    assert block.remarks == [{"LEA-01": said}]
