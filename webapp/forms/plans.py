"""Forms of the action plan."""

from __future__ import annotations

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextArea, GovTextInput
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from selfassess.model.practice import Effort
from selfassess.office.plan_words import EFFORTS
from selfassess.planning import ActionStatus
from selfassess.reports.words import STATUS_WORDS
from webapp.forms.base import SiteForm
from webapp.forms.days import DayField, require_day
from webapp.forms.fields import make_choices, strip, words_required
from webapp.questions.inputs import clean_text, split_evidence
from webapp.store.plan_records import Written

__all__ = ["ActionForm", "MakePlanForm", "OffersForm", "typed_fields"]

_MOST_WORDS = 10_000
_MOST_LINE = 300
_MOST_EVIDENCE = 50


def _clean(text: str | None) -> str:
    return clean_text(text or "")


def _clean_line(text: str | None) -> str:
    return strip(_clean(text)) or ""


def _short(label: str) -> str:
    return label.removesuffix(" (optional)").removesuffix("?")


def _line(label: str, **more: object) -> StringField:
    limit = Length(max=_MOST_LINE, message=f"Use {_MOST_LINE} characters or fewer for “{_short(label)}”")
    return StringField(label, widget=GovTextInput(), filters=[_clean_line], validators=[limit], **more)


def _words(label: str, **more: object) -> TextAreaField:
    limit = Length(max=_MOST_WORDS, message=f"Use {_MOST_WORDS:,} characters or fewer for “{_short(label)}”")
    return TextAreaField(label, widget=GovTextArea(), filters=[_clean], validators=[limit], **more)


class MakePlanForm(SiteForm):
    """From which assessment a plan is made, and when it starts; who shows it gives the assessments."""

    assessment = RadioField(
        "Which assessment is the plan for?",
        widget=GovRadioInput(),
        validators=[InputRequired("Choose an assessment")],
    )
    start = DayField(
        "When does the plan start?",
        subject="The start of the plan",
        description="Actions are given a due date from this day: in 30 days, three months or a year.",
    )

    def validate_start(self, field: DayField) -> None:
        """A plan needs a start."""
        require_day(field, "Enter the day the plan starts")


class OffersForm(SiteForm):
    """The day on which new actions start; what is decided about each is read from its own radio buttons."""

    start = DayField(
        "When do the new actions start?",
        subject="The start of the new actions",
        description="They are given a due date from this day: in 30 days, three months or a year.",
    )

    def validate_start(self, field: DayField) -> None:
        """New actions need a start."""
        require_day(field, "Enter the day the new actions start")


class ActionForm(SiteForm):
    """What people write about an action; ``gap`` and ``theme`` are asked for their own actions only."""

    version = HiddenField()
    gap = StringField(
        "What is it about?",
        description="A short title, for example “A quiet room for volunteers to meet”.",
        widget=GovTextInput(),
        filters=[_clean_line],
        validators=words_required("Enter what the action is about", most=_MOST_LINE),
    )
    theme = SelectField("Theme (optional)", default="", widget=GovSelect())
    action = _words("What to do", description="Leave it empty to use the standard’s words.")
    status = RadioField(
        "How far is it?",
        choices=make_choices((status.value, words) for status, words in STATUS_WORDS.items()),
        widget=GovRadioInput(),
        validators=[InputRequired("Choose how far the action is")],
    )
    progress_note = _words(
        "Progress (optional)",
        description="What has been done, what is in the way. Do not write about named volunteers.",
    )
    owner = _line(
        "Owner (optional)", description="Who sees to it that this is done. It need not be somebody with an account."
    )
    helpers = _line("Helpers (optional)", description="Who else takes part.")
    start = DayField("Start", subject="The start")
    due = DayField("Due", subject="The due date")
    effort = SelectField(
        "Effort",
        default="",
        choices=make_choices([("", "Not said"), *((effort.value, words) for effort, words in EFFORTS.items())]),
        widget=GovSelect(),
    )
    evidence = _words(
        "What will show that it is done? (optional)", description="One thing to a line: documents, or links to them."
    )
    last_reviewed = DayField(
        "Last reviewed (optional)",
        subject="The day of the last review",
        description="The day somebody last looked at this action.",
    )

    def validate_start(self, field: DayField) -> None:
        """An action has a start."""
        require_day(field, "Enter the day the action starts")

    def validate_due(self, field: DayField) -> None:
        """An action has a due date, and it is not before the start."""
        require_day(field, "Enter the day the action is due")
        if field.data and self.start.data and field.data < self.start.data:
            raise ValidationError("The due date must be the day it starts, or later")

    def validate_evidence(self, field: TextAreaField) -> None:
        """No more lines than can be read."""
        if len(split_evidence(field.data)) > _MOST_EVIDENCE:
            raise ValidationError(f"Name {_MOST_EVIDENCE} things or fewer")

    @property
    def written(self) -> Written:
        """What was written, once it is valid."""
        return Written(
            start=self.start.day,
            due=self.due.day,
            gap=self.gap.data if self.gap else "",
            theme=self.theme.data if self.theme else "",
            action=self.action.data,
            effort=Effort(self.effort.data) if self.effort.data else None,
            owner=self.owner.data,
            helpers=self.helpers.data,
            status=ActionStatus(self.status.data),
            progress_note=self.progress_note.data,
            evidence=split_evidence(self.evidence.data),
            last_reviewed=self.last_reviewed.data,
        )


def typed_fields(written: Written) -> dict[str, object]:
    """What was written, as the values of the form."""
    return {
        "gap": written.gap,
        "theme": written.theme,
        "action": written.action,
        "effort": written.effort.value if written.effort else "",
        "owner": written.owner,
        "helpers": written.helpers,
        "start": written.start,
        "due": written.due,
        "status": written.status.value,
        "progress_note": written.progress_note,
        "evidence": "\n".join(written.evidence),
        "last_reviewed": written.last_reviewed,
    }
