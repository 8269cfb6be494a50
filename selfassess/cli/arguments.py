"""What can be typed: commands, their arguments, and the help for each."""

from __future__ import annotations

import argparse

from selfassess import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

__all__ = ["build_parser"]

_STATUSES = "Exit status: 0 done; 1 the input has faults, one line each; 2 the command was misused."

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""The years in which a plan may start; outside them somebody mistyped."""

_ASSESSMENT = "an assessment, .yaml, .json or a filled-in .xlsx"


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="selfassess",
        description="Find the gaps in how volunteers are managed, see how near each published standard is, and plan.",
        epilog=_STATUSES,
    )
    parser.add_argument("--version", action="version", version=f"selfassess {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (_add_standards, _add_check, _add_template, _add_score, _add_report, _add_plan, _add_compare):
        add(commands)
    _add_batch(commands)
    return parser


def _add(commands: Any, name: str, summary: str, details: str = "") -> argparse.ArgumentParser:
    description = f"{summary[0].upper()}{summary[1:]}. {details}".strip()
    added: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=description, epilog=_STATUSES)
    return added


def _add_standard_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--standard", metavar="NAME", help="id or folder of the standard (default: the one that the file names)"
    )


def _add_standards(commands: Any) -> None:
    parser = _add(commands, "standards", "list the standards, or show one: themes, practices, sources")
    parser.add_argument("name", nargs="?", metavar="ID", help="id or folder of a standard")


def _add_check(commands: Any) -> None:
    details = "Every fault is one line: file, line, id, what is wrong and what to do."
    parser = _add(commands, "check", "validate a standard's data", details)
    parser.add_argument("path", nargs="?", metavar="PATH", help="id or folder (default: every standard of the library)")


def _add_template(commands: Any) -> None:
    details = "A filled-in workbook reads straight back: give it to the other commands."
    parser = _add(commands, "template", "write a blank questionnaire to fill in", details)
    parser.add_argument("name", metavar="ID", help="id or folder of a standard")
    endings = "the questionnaire, .xlsx, .csv, .yaml or .pdf"
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help=endings)
    parser.add_argument("--questionnaire", default="full", metavar="ID", help="which practices (default: full)")
    parser.add_argument("--kind", metavar="ID", help="kind of organisation (default: all, chosen in the file)")


def _add_score(commands: Any) -> None:
    parser = _add(commands, "score", "print the scorecard of one assessment")
    parser.add_argument("file", metavar="FILE", help=_ASSESSMENT)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the whole scorecard as one JSON object")
    shape.add_argument(
        "--explain",
        metavar="SUBJECT",
        help="say why: “overall”, a theme, a practice (POL-01) or a requirement (noms-2005:13)",
    )
    _add_standard_option(parser)


def _add_report(commands: Any) -> None:
    parser = _add(commands, "report", "write the gap report of one assessment")
    parser.add_argument("file", metavar="FILE", help=_ASSESSMENT)
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the report, .pdf or .html")
    parser.add_argument("--previous", metavar="FILE", help="an earlier assessment to compare with")
    _add_standard_option(parser)


def _add_plan(commands: Any) -> None:
    parser = _add(commands, "plan", "write the action plan of one assessment", "One action for each gap, first first.")
    parser.add_argument("file", metavar="FILE", help=_ASSESSMENT)
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="the plan, .pdf, .docx, .xlsx, .csv or .ics"
    )
    parser.add_argument(
        "--from", dest="edited", metavar="FILE", help="an edited plan, .xlsx; what people wrote is kept"
    )
    start = "the day it starts, as 2026-11-21 (default: that of the edited plan, or else today)"
    parser.add_argument("--start", type=_day, metavar="DATE", help=start)
    _add_standard_option(parser)


def _add_compare(commands: Any) -> None:
    parser = _add(commands, "compare", "show what moved between two assessments of one organisation")
    parser.add_argument("old", metavar="OLD", help=_ASSESSMENT)
    parser.add_argument("new", metavar="NEW", help=_ASSESSMENT)
    parser.add_argument("--json", action="store_true", help="print the comparison as one JSON object")
    _add_standard_option(parser)


def _add_batch(commands: Any) -> None:
    details = "Reads .csv, .xlsx, .parquet, .jsonl, .yaml and .json, and folders of them. A faulty row stops no other."
    parser = _add(commands, "batch", "score many assessments, from any mix of files", details)
    parser.add_argument("files", nargs="+", metavar="FILES", help="files and folders of files")
    parser.add_argument("-o", "--output", required=True, metavar="DIR", help="where tables and reports are written")
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv", help="of the tables (default: csv)")
    parser.add_argument(
        "--reports",
        action="store_true",
        help="make a gap report and an action plan for each organisation, and one report of the group; "
        "run again after an interruption, it does only what is missing",
    )
    parser.add_argument("--group-report", action="store_true", help="make only the report of the group, in seconds")
    parser.add_argument("--previous", metavar="DIR", help="what an earlier batch wrote, to compare the group with")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_count, default=1, metavar="N", help="processes making reports (default: 1)")
    where.add_argument("--dask", metavar="ADDRESS", help="scheduler of a Dask cluster that makes the reports")
    parser.add_argument(
        "--standard", metavar="NAME", help="id or folder of the standard (default: the one that comes with selfassess)"
    )


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a number of processes; write 1 or more")


def _day(text: str) -> date:
    from datetime import date

    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write it as 2026-11-21") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}” is no day for a plan; its year must be {FIRST_YEAR} to {LAST_YEAR}")
    return day
