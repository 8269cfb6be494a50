"""The reports and answers as files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from selfassess import read_assessment
from tests.webapp.conftest import MakeTeam, TestTeam
from tests.webapp.other_standard import forget, install_other_standard
from tests.webapp.reviewing import add_assessment, example
from webapp import pdfs
from webapp.db.tables import Answer as AnswerRow
from webapp.db.tables import KeptReport, SignedCopy
from webapp.pdfs import PdfBusyError, PdfFailedError
from webapp.routes.downloads import name_file
from webapp.site import Site

REPORTS = ("gap-report", "action-plan")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were asked to become PDFs; each becomes a few bytes instead."""
    pages: list[str] = []

    def make(html: str) -> bytes:
        pages.append(html)
        return f"%PDF {len(pages)}".encode()

    monkeypatch.setattr(pdfs, "make_pdf", make)
    return pages


def test_gap_report_is_a_pdf_with_the_answers(app: Site, team: TestTeam) -> None:
    answer = team.reader.client.get(f"{add_assessment(app, team)}/gap-report.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="HMP-Example-gap-report-2026-11-01-draft.pdf"'
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "Draft with the senior management team since June." in " ".join(text.split())
    while pdfs._idle:
        pdfs._idle.pop().stop()


@pytest.mark.parametrize(("file", "name"), [("gap-report.pdf", "gap-report"), ("action-plan.pdf", "action-plan")])
def test_report_of_a_signed_assessment_is_named_by_whose_it_is_first(
    app: Site, team: TestTeam, made: list[str], file: str, name: str
) -> None:
    answer = team.reader.client.get(f"{add_assessment(app, team, 'signed')}/{file}")
    assert made
    assert answer.headers["Content-Disposition"] == f'attachment; filename="HMP-Example-{name}-2026-11-01.pdf"'


@pytest.mark.parametrize("report", REPORTS)
def test_pdf_says_on_its_cover_whether_it_was_signed(app: Site, team: TestTeam, made: list[str], report: str) -> None:
    for status in ("open", "submitted", "signed"):
        team.reader.client.get(f"{add_assessment(app, team, status)}/{report}.pdf")
    draft, waiting, signed = made
    for page in (draft, waiting):
        assert "Draft: not signed" in page
        assert "Signed by" not in page
    assert "Signed by HMP Example Owner on " in signed
    assert "Draft: not signed" not in signed


@pytest.mark.parametrize("report", REPORTS)
def test_report_of_a_signed_assessment_is_made_once(app: Site, team: TestTeam, made: list[str], report: str) -> None:
    address = f"{add_assessment(app, team, 'signed')}/{report}.pdf"
    first = team.reader.client.get(address)
    with app.run_work(write=True) as work:
        work.execute(update(AnswerRow).values(level="3"))
        work.commit()
    assert team.owner.client.get(address).data == first.data == b"%PDF 1"
    assert len(made) == 1
    assert "-draft" not in first.headers["Content-Disposition"]


def test_report_of_an_open_assessment_is_made_anew(app: Site, team: TestTeam, made: list[str]) -> None:
    address = f"{add_assessment(app, team)}/gap-report.pdf"
    assert [team.reader.client.get(address).data for _ in range(2)] == [b"%PDF 1", b"%PDF 2"]
    assert len(made) == 2


def test_later_standard_changes_nothing_of_what_was_signed(
    app: Site, team: TestTeam, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = add_assessment(app, team, "signed")
    client = team.reader.client
    page, report = client.page(f"{address}/results").words("main"), client.get(f"{address}/gap-report.pdf").data
    assert install_other_standard(tmp_path, monkeypatch).practices["POL-01"].title == "Something else"
    assert client.page(f"{address}/results").words("main") == page
    assert client.get(f"{address}/gap-report.pdf").data == report
    client.get(f"{address}/action-plan.pdf")
    assert "There is a current volunteering policy" in made[1]
    assert "Something else" not in made[1]
    forget()


@pytest.mark.parametrize("column", ["html", "pdf"])
def test_kept_report_that_was_changed_is_not_sent(app: Site, team: TestTeam, made: list[str], column: str) -> None:
    address = f"{add_assessment(app, team, 'signed')}/gap-report.pdf"
    if column == "pdf":
        team.reader.client.get(address)
    with app.run_work(write=True) as work:
        value = b"other" if column == "pdf" else "<h1>Other</h1>"
        work.execute(update(KeptReport).values({column: value}))
        work.commit()
    answer = team.reader.client.get(address)
    assert answer.status_code == 500
    assert "changed since it was signed" in answer.text
    assert len(made) == (column == "pdf")


def test_too_many_at_once_are_asked_to_come_again(app: Site, team: TestTeam, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> bytes:
        raise PdfBusyError

    monkeypatch.setattr(pdfs, "make_pdf", refuse)
    address = f"{add_assessment(app, team)}/gap-report.pdf"
    answer = team.reader.client.get(address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert f'href="{address}"' in answer.text


def test_pdf_that_cannot_be_made_is_told(app: Site, team: TestTeam, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> bytes:
        raise PdfFailedError("it took too long")

    monkeypatch.setattr(pdfs, "make_pdf", fail)
    page = team.reader.client.page(f"{add_assessment(app, team)}/action-plan.pdf", status=500)
    assert page.words("h1") == "The report could not be made"


@pytest.mark.parametrize("status", ["open", "signed"])
def test_answers_are_a_file_that_the_command_line_reads(app: Site, team: TestTeam, tmp_path: Path, status: str) -> None:
    answer = team.reader.client.get(f"{add_assessment(app, team, status)}/answers.json")
    file = tmp_path / "answers.json"
    file.write_bytes(answer.data)
    read = read_assessment(file)
    assert read.answers == example()
    assert read.organisation.name == team.name


def test_signed_answers_are_sent_byte_for_byte(app: Site, team: TestTeam) -> None:
    answer = team.reader.client.get(f"{add_assessment(app, team, 'signed')}/answers.json")
    with app.run_work(write=False) as work:
        assert answer.text == work.query(SignedCopy).one().document


def test_files_of_another_organisation_are_not_found(app: Site, team: TestTeam, make_team: MakeTeam) -> None:
    theirs = add_assessment(app, make_team("HMP Other"), "signed")
    for name in ("gap-report.pdf", "action-plan.pdf", "answers.json"):
        team.owner.client.page(f"{theirs}/{name}", status=404)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (('Tŷ "Cymru"/..\r\n', "gap-report", "2026-11-01"), "Ty-Cymru-gap-report-2026-11-01.pdf"),
        (("日本", "plan", ""), "plan.pdf"),
    ],
)
def test_file_has_a_name_for_every_system(words: tuple[str, ...], name: str) -> None:
    assert name_file(*words, ending="pdf") == name
