"""The action plan as a Word document: real headings, and tables that people edit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from selfassess.errors import OutputError
from selfassess.office.plan_words import (
    EFFORTS,
    STANDINGS,
    count_months,
    count_owners,
    count_tiers,
    describe_plan,
    level_words,
    timeframe_words,
)
from selfassess.planning import Action, ActionPlan, Standing
from selfassess.reports.words import STATUS_WORDS, count, day

if TYPE_CHECKING:
    from selfassess.office.word import Line, Paper

__all__ = ["render_plan_docx"]

_COLUMNS = {
    "Gap": 6.7,
    "Action": 5.0,
    "Owner and helpers": 2.8,
    "Start and due": 2.7,
    "Expected evidence": 5.0,
    "Status": 2.0,
    "Progress and last review": 2.7,
}
"""The heads of the tables of actions, and their widths in centimetres."""


def render_plan_docx(plan: ActionPlan) -> bytes:
    """The document: a summary, then the actions by tier.

    Raises:
        OutputError: python-docx is not installed.
    """
    try:
        from selfassess.office.word import Line, Paper
    except ImportError:
        message = 'A Word document cannot be written, because python-docx is missing: pip install "selfassess[office]"'
        raise OutputError(message) from None
    name = plan.scorecard.assessment.organisation.name
    paper = Paper(f"Action plan: {name}", plan.scorecard.standard.head.language)
    paper.title("Action plan", name)
    _write_summary(paper, plan)
    for heading, actions in _groups(plan):
        paper.heading(heading)
        paper.table(_COLUMNS, [_row(plan, action) for action in actions], f"Actions: {heading}")
    paper.heading("What this plan rests on")
    basis = [[[Line(label)], [Line(text)]] for label, text in describe_plan(plan).items()]
    paper.table({"About": 6.0, "Value": 20.9}, basis, "What this plan rests on")
    return paper.save()


def _write_summary(paper: Paper, plan: ActionPlan) -> None:
    from selfassess.office.word import Line

    paper.heading("Summary")
    if not plan.actions:
        paper.paragraph(_nothing_to_do(plan))
        return
    wins = sum(action.is_quick_win for action in plan.actions)
    paper.paragraph(f"{count(len(plan.actions), 'action')}; {count(wins, 'quick win')} among them.")
    for head, counts in (("Tier", count_tiers(plan)), ("Owner", count_owners(plan)), ("Due in", count_months(plan))):
        rows = [[[Line(name)], [Line(str(number))]] for name, number in counts.items()]
        paper.table({head: 8.0, "Actions": 2.5}, rows, f"Actions: {head}")


def _nothing_to_do(plan: ActionPlan) -> str:
    result = plan.scorecard.overall
    if not result.answered:
        return "Nothing was answered, so there is nothing to plan yet."
    if result.unanswered:
        return f"No gaps are known so far; not answered yet: {count(result.unanswered, 'practice')}."
    return "There are no gaps: every practice that applies is in place."


def _groups(plan: ActionPlan) -> Iterator[tuple[str, list[Action]]]:
    """The actions under their headings: open gaps by tier, those that people added, those without a gap."""
    standings = {Standing.OPEN, Standing.OWN}
    parts = [
        *((t.label, [a for a in plan.actions if a.tier == t.id and a.standing is Standing.OPEN])
          for t in plan.scorecard.standard.head.tiers),
        (STANDINGS[Standing.OWN], [a for a in plan.actions if a.standing is Standing.OWN]),
        ("No longer open gaps", [a for a in plan.actions if a.standing not in standings]),
    ]  # fmt: skip
    return ((heading, actions) for heading, actions in parts if actions)


def _row(plan: ActionPlan, action: Action) -> list[list[Line]]:
    effort = EFFORTS[action.effort] if action.effort else ""
    reviewed = day(action.last_reviewed) if action.last_reviewed else ""
    return [
        _gap(plan, action),
        _lines(("", action.action), ("Effort:", effort), ("When:", timeframe_words(action))),
        _lines(("", action.owner), ("Helpers:", action.helpers)),
        _lines(("Start:", _unbroken(action.start)), ("Due:", _unbroken(action.due))),
        _lines(*(("•", text) for text in action.expected_evidence)),
        _lines(("", STATUS_WORDS[action.status])),
        _lines(("", action.progress_note), ("Last reviewed:", reviewed)),
    ]


def _gap(plan: ActionPlan, action: Action) -> list[Line]:
    standard = plan.scorecard.standard
    now, target = (level_words(standard, level, action.standing) for level in (action.level_now, action.target_level))
    return _lines(
        (f"{action.reference}", action.gap),
        ("Standing:", "" if action.standing is Standing.OPEN else STANDINGS[action.standing]),
        ("Now:", f"{now}; target: {target}" if action.standing is Standing.OPEN else now),
        ("Quick win:", "little effort, within three months" if action.is_quick_win else ""),
        ("Why:", action.why),
        ("Note:", action.note),
        ("Sources:", "; ".join(action.sources)),
        *(("Example:", study) for study in action.case_studies),
    )


def _unbroken(when: date) -> str:
    """A day that stays on one line."""
    return day(when).replace(" ", "\N{NO-BREAK SPACE}")


def _lines(*told: tuple[str, str]) -> list[Line]:
    """The paragraphs of a cell; labels without a text are left out, and an empty cell keeps one to write in."""
    from selfassess.office.word import Line

    return [Line(text, label) for label, text in told if text] or [Line("")]
