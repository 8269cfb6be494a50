"""Reading one assessment: what is taken, and every fault with its line and its remedy.

Each file of ``data/assessments/broken`` has beside it, as ``<file>.txt``, every line that must then be told.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import AssessmentError, Fault
from selfassess.files.assessments import read_assessment
from selfassess.files.text import MAX_BYTES
from selfassess.model.answer import Answer, Assessment, Code
from tests.places import DATA, load_allotments

BROKEN = sorted(path for path in (DATA / "assessments" / "broken").iterdir() if path.suffix != ".txt")
FEWEST = 70
HEAD = "standard: allotment-society\norganisation: {name: Lower Meadow, kind: society}\n"


def read(path: Path) -> Assessment:
    return read_assessment(path, standard=load_allotments())


def read_text(folder: Path, text: str, name: str = "ours.yaml") -> Assessment:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def faults_of(path: Path | str) -> list[Fault]:
    with pytest.raises(AssessmentError) as caught:
        read_assessment(path)
    return list(caught.value.faults)


def test_broken_assessments_are_collected() -> None:
    assert len(BROKEN) >= FEWEST


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_fault_is_told_word_for_word(path: Path) -> None:
    with pytest.raises(AssessmentError) as caught:
        read(path)
    told = [str(fault).replace(f"{path.parent}{os.sep}", "") for fault in caught.value.faults]
    assert told == path.with_name(f"{path.name}.txt").read_text(encoding="utf-8").splitlines()
    assert told


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_fault_has_a_line_and_a_remedy(path: Path) -> None:
    with pytest.raises(AssessmentError) as caught:
        read(path)
    assert all(fault.line > 0 and fault.problem and fault.remedy for fault in caught.value.faults)


def test_fault_names_the_file_as_the_person_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ours.yaml").write_text("standard: allotment-society\n", encoding="utf-8")
    assert [fault.file for fault in faults_of("ours.yaml")] == ["ours.yaml"]


LEVELS: list[tuple[Any, Code | None]] = [
    ("0", 0),
    ("2", 2),
    ("'2'", 2),
    ("' 2 '", 2),
    ("In leaf", 2),
    ("in leaf", 2),
    ("IN  LEAF", 2),
    ("in fruit", 3),
    ("bare EARTH", 0),
    ("DK", "DK"),
    ("dk", "DK"),
    ("have to ask", "DK"),
    ("", None),
    ("null", None),
    ("~", None),
    ("''", None),
    ("'  '", None),
]


@pytest.mark.parametrize(("given", "level"), LEVELS)
def test_level_is_taken_as_number_code_or_label(given: str, level: Code | None, tmp_path: Path) -> None:
    bare = read_text(tmp_path, f"{HEAD}answers:\n  PLT-01: {given}\n")
    mapped = read_text(tmp_path, f"{HEAD}answers:\n  PLT-01:\n    level: {given}\n")
    assert bare.answers["PLT-01"].level == mapped.answers["PLT-01"].level == level


@pytest.mark.parametrize("given", ["NA", "na", "Na", "Not on our site", "NOT ON OUR SITE"])
def test_na_is_taken_in_any_case_with_its_reason(given: str, tmp_path: Path) -> None:
    assessment = read_text(tmp_path, f"{HEAD}answers:\n  WAT-01: {{level: {given}, reason: There is no tap}}\n")
    assert assessment.answers["WAT-01"] == Answer(level="NA", reason="There is no tap")


def test_answer_keeps_note_and_evidence_whole(tmp_path: Path) -> None:
    note = "  First line.\n\n  Second: with “quotes”, # and ŵ ŷ 🌱\n"
    evidence = ["https://plots.example/a?b=c#d", "Minutes, 3 May"]
    data = {"level": 1, "note": note, "evidence": evidence}
    text = json.dumps(
        {
            "standard": "allotment-society",
            "organisation": {"name": "Us", "kind": "society"},
            "answers": {"PLT-01": data},
        }
    )
    answer = read_text(tmp_path, text, "ours.json").answers["PLT-01"]
    assert (answer.note, list(answer.evidence)) == (note, evidence)


def test_json_and_yaml_of_the_same_answers_are_equal(tmp_path: Path) -> None:
    from_yaml = read(DATA / "assessments" / "lower-meadow.yaml")
    text = json.dumps(from_yaml.model_dump(mode="json"))
    assert read_text(tmp_path, text, "same.json") == from_yaml
    assert read_text(tmp_path, text, "same.yaml") == from_yaml


def test_json_with_surrogate_pairs_keeps_the_character(tmp_path: Path) -> None:
    organisation = '{"name": "\\ud83d\\ude00", "kind": "society"}'
    answers = '{"PLT-01": {"level": 1, "note": "\\ud83c\\udf31 \\u0175"}}'
    text = f'{{"standard": "allotment-society", "organisation": {organisation}, "answers": {answers}}}'
    assessment = read_text(tmp_path, text, "ours.json")
    assert (assessment.organisation.name, assessment.answers["PLT-01"].note) == ("😀", "🌱 ŵ")


def test_json_with_a_comma_too_many_is_refused(tmp_path: Path) -> None:
    """The place differs between versions of Python."""
    path = tmp_path / "ours.json"
    path.write_text('{"standard": "prison-volunteering",\n}', encoding="utf-8")
    (fault,) = faults_of(path)
    assert fault.line in (1, 2)
    assert fault.problem.startswith("is not valid JSON: a ")


def test_everything_that_may_be_left_out_has_its_default(tmp_path: Path) -> None:
    assessment = read_text(tmp_path, HEAD)
    assert (assessment.questionnaire, assessment.date, assessment.answers) == ("full", None, {})
    assert (assessment.organisation.reference, assessment.organisation.group) == (None, None)


@pytest.mark.parametrize("answers", ["answers:\n", "answers: {}\n", "answers: null\n"])
def test_assessment_without_answers_is_taken(answers: str, tmp_path: Path) -> None:
    assert read_text(tmp_path, HEAD + answers).answers == {}


def test_head_is_taken_whole(tmp_path: Path) -> None:
    text = """\
standard: {id: allotment-society, version: 2.1.0}
questionnaire: taster
organisation: {name: Lower Meadow, kind: society, reference: LM, group: North}
date: 2026-11-01
answers: {PLT-01: 2}
"""
    assessment = read_text(tmp_path, text)
    assert assessment.standard.version == "2.1.0"
    assert (assessment.questionnaire, assessment.date) == ("taster", date(2026, 11, 1))
    assert assessment.organisation.model_dump() == {
        "name": "Lower Meadow",
        "kind": "society",
        "reference": "LM",
        "group": "North",
    }


def test_version_and_hash_of_the_standard_at_hand_are_taken(tmp_path: Path) -> None:
    standard = load_allotments()
    named = f"{{id: {standard.id}, version: {standard.version}, hash: '{standard.hash}'}}"
    assessment = read_text(tmp_path, HEAD.replace("allotment-society", named))
    assert assessment.standard.hash == standard.hash


@pytest.mark.parametrize("answer", ["", "null", "{note: Nobody asked us}", "{level: NA, reason: We have no members}"])
def test_practice_that_is_not_asked_may_stay_blank_or_na(answer: str, tmp_path: Path) -> None:
    """A spreadsheet that is the same for all kinds has a cell for every practice."""
    head = HEAD.replace("kind: society", "kind: landlord")
    assert "MEM-01" in read_text(tmp_path, f"{head}answers:\n  MEM-01: {answer}\n").answers


@pytest.mark.parametrize("prefix", ["\ufeff", "# a remark\n", "---\n"])
def test_what_editors_put_first_is_taken(prefix: str, tmp_path: Path) -> None:
    assert read_text(tmp_path, prefix + HEAD).organisation.name == "Lower Meadow"


def test_windows_line_ends_are_taken_and_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_bytes(f"{HEAD}answers:\n  PLT-01: 2\n  PLT-02: 9\n".replace("\n", "\r\n").encode())
    with pytest.raises(AssessmentError) as caught:
        read(path)
    assert [fault.line for fault in caught.value.faults] == [5]


@pytest.mark.parametrize("name", ["ours.YAML", "ours.yml", "ours.Yml"])
def test_ending_is_taken_in_any_case(name: str, tmp_path: Path) -> None:
    assert read_text(tmp_path, HEAD, name).questionnaire == "full"


@pytest.mark.parametrize(("name", "problem"), [("ours.txt", "ends in “.txt”"), ("ours", "has no ending")])
def test_other_endings_are_refused_unread(name: str, problem: str, tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / name)
    assert str(fault).startswith(f"{tmp_path / name}: {problem}. An assessment is a .yaml, .json")


def test_missing_file_is_told(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "gone.yaml")
    assert fault.problem == "cannot be read: No such file or directory"
    assert fault.remedy


def test_directory_is_told(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").mkdir()
    (fault,) = faults_of(tmp_path / "ours.yaml")
    assert fault.problem == "cannot be read: Is a directory"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_that_may_not_be_opened_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0)
    (fault,) = faults_of(path)
    assert fault.problem == "cannot be read: Permission denied"


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_huge_file_is_refused_by_its_size(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"ours.{ending}"
    path.write_bytes(HEAD.encode() + b"#" * MAX_BYTES)
    (fault,) = faults_of(path)
    assert fault.problem == "is larger than 4 MB"


def test_countless_faults_are_told_up_to_a_hundred(tmp_path: Path) -> None:
    """Hostile input must cost neither minutes nor a screen of a hundred thousand lines."""
    practices = [f"A{chr(65 + i // 1000)}-{i % 1000:03}" for i in range(5000)]
    for level in ("1", "9"):
        with pytest.raises(AssessmentError) as caught:
            read_text(tmp_path, f"{HEAD}answers:\n" + "".join(f"  {name}: {level}\n" for name in practices))
        assert len(caught.value.faults) == 100


def test_standard_is_found_by_the_name_in_the_file(prison_standard: Any, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("standard: prison-volunteering\norganisation: {name: HMP Example, kind: prison}\n", "utf-8")
    assert read_assessment(path).standard.id == prison_standard.id


def told(fault: Fault) -> str:
    return str(fault).partition("ours.yaml:")[2]


@pytest.mark.parametrize("standard", ["standard: prison-volunteerin", "standard: {id: prison-volunteerin}"])
def test_standard_that_the_library_does_not_have_is_told(standard: str, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(f"date: 2026-11-01\n{standard}\n", encoding="utf-8")
    assert [str(fault) for fault in faults_of(path)] == [
        f"{path}:2: standard: names “prison-volunteerin”, which is no standard here. Use one of: prison-volunteering."
    ]


@pytest.mark.parametrize(
    "standard", ["standard: 5", "standard:", "standard: {version: 1.0.0}", "standard: ' '", "x: 1"]
)
def test_assessment_that_names_no_standard_is_told(standard: str, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(f"{standard}\norganisation: {{name: Us, kind: prison}}\n", encoding="utf-8")
    assert [str(f) for f in faults_of(path)] == [f"{path}:1: names no standard. Add “standard: prison-volunteering”."]


def test_file_cannot_make_the_library_read_a_folder(tmp_path: Path) -> None:
    """What is uploaded must not decide what is read from the disk."""
    path = tmp_path / "ours.yaml"
    path.write_text(HEAD.replace("allotment-society", str(DATA / "standards" / "allotment-society")), "utf-8")
    (fault,) = faults_of(path)
    assert "which is no standard here" in fault.problem
