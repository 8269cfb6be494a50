"""What each command prints when all is well."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from selfassess import Scorecard, load_standard, read_assessment, score
from tests.cli.conftest import EXAMPLES, Run, Write

PRISON, LAST_YEAR = EXAMPLES / "hmp-example.yaml", EXAMPLES / "hmp-example-2025.yaml"
CHARITY = EXAMPLES / "voluntary-organisation.yaml"


@pytest.fixture(scope="module")
def prison() -> Scorecard:
    return score(load_standard("prison-volunteering"), read_assessment(PRISON))


def test_standards_lists_every_standard(run: Run) -> None:
    result = run("standards")
    assert result.status == 0
    assert "prison-volunteering" in result.out


def test_standards_shows_every_theme_practice_and_source(run: Run) -> None:
    out = run("standards", "prison-volunteering").out
    standard = load_standard("prison-volunteering")
    for name in (*standard.practices, *standard.practices_by_theme, *standard.source_by_id, *standard.questionnaires):
        assert name in out, name
    assert standard.hash in out


def test_check_of_a_faulty_standard_prints_one_line_for_each_fault(run: Run, tmp_path: Path) -> None:
    (tmp_path / "standard.yaml").write_text("id: Not An Id\n", encoding="utf-8")
    result = run("check", tmp_path)
    assert result.status == 1
    assert f"{tmp_path / 'standard.yaml'}:1: id: says “Not An Id”" in result.out


def test_score_prints_the_counts_before_the_score(run: Run, prison: Scorecard) -> None:
    out = run("score", PRISON).out
    whole = prison.overall
    counts = f"{whole.met} met, {whole.gaps} gaps, {whole.unanswered} not answered"
    assert 0 < out.index(counts) < out.index("Score ")
    assert f"provisional: {whole.answered} of {whole.asked} answered" in out
    assert "Rating Urgent: at least one must practice is a gap" in out
    for theme in prison.themes:
        assert theme.theme.title in out


def test_score_json_is_the_scorecard(run: Run, prison: Scorecard) -> None:
    assert json.loads(run("score", PRISON, "--json").out) == prison.to_dict()


@pytest.mark.parametrize("subject", ["overall", "expenses", "POL-01", "noms-2005:13"])
def test_score_explains_what_is_asked(run: Run, prison: Scorecard, subject: str) -> None:
    printed = " ".join(run("score", PRISON, "--explain", subject).out.split())
    for sentence in prison.explain(subject).sentences:
        assert " ".join(sentence.split()) in printed


def test_score_cannot_explain_what_is_not_there(run: Run) -> None:
    result = run("score", PRISON, "--explain", "SUP-07")
    assert result.status == 1
    assert "SUP-07: is nothing that this scorecard can explain" in result.err


def test_score_without_gaps_says_so(run: Run, write: Write) -> None:
    path = write("  POL-01: 3\n")
    assert "No gaps among the answers" in run("score", path).out


def test_quick_check_says_that_it_cannot_judge_readiness(run: Run, write: Write, tmp_path: Path) -> None:
    head = "standard: prison-volunteering\nquestionnaire: quick-check\norganisation: {name: HMP Test, kind: prison}\n"
    path, target = write("  POL-01: 3\n", head=head), tmp_path / "report.html"
    assert "not enough to judge readiness" in " ".join(run("score", path).out.split())
    assert run("report", path, "-o", target).status == 0
    assert "not enough to judge readiness" in " ".join(target.read_text(encoding="utf-8").split())


def test_compare_names_the_faults_of_both_files(run: Run, write: Write) -> None:
    old, new = write("  POL-01: 9\n", "old.yaml"), write("  POL-99: 1\n", "new.yaml")
    lines = run("compare", old, new).err.splitlines()
    assert [line.partition(":")[0] for line in lines] == [str(old), str(new)]


def test_compare_prints_what_moved(run: Run) -> None:
    result = run("compare", LAST_YEAR, PRISON)
    assert result.status == 0
    assert "Improved: " in result.out
    assert "LEA-01  A named senior person" in result.out
    assert "Fell: " in result.out


def test_compare_json_names_every_move(run: Run) -> None:
    found = json.loads(run("compare", LAST_YEAR, PRISON, "--json").out)
    assert {"practice": "LEA-01", "old": 1, "new": 2, "movement": "improved"}.items() <= next(
        move for move in found["practices"] if move["practice"] == "LEA-01"
    ).items()


def test_compare_of_two_organisations_is_refused(run: Run) -> None:
    result = run("compare", LAST_YEAR, CHARITY)
    assert result.status == 1
    assert f"{LAST_YEAR} and {CHARITY}: organisation: One is of" in result.err


def test_report_is_written_where_it_was_wanted(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    result = run("report", PRISON, "-o", target, "--previous", LAST_YEAR)
    assert result.status == 0
    assert result.out.strip() == str(target)
    assert "HMP Example" in target.read_text(encoding="utf-8")


def test_plan_starts_on_the_day_given(run: Run, tmp_path: Path, prison: Scorecard) -> None:
    target = tmp_path / "plan.csv"
    result = run("plan", PRISON, "-o", target, "--start", "2027-01-31")
    assert result.status == 0
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["reference"] for row in rows] == [p.practice.id for p in prison.priorities]
    assert {row["start"] for row in rows} == {date(2027, 1, 31).isoformat()}
