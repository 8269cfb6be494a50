"""Forms about an assessment as a whole, and what is said about its answers."""

from __future__ import annotations

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextArea, GovTextInput
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from webapp.clock import today
from webapp.forms.base import SiteForm
from webapp.forms.days import FIRST_YEAR, DayField, require_day
from webapp.forms.fields import strip, words_required
from webapp.questions.inputs import clean_text
from webapp.store.assessments import Carriable
from webapp.store.comments import COMMENT_LENGTH
from webapp.store.members import Member

__all__ = ["AssignForm", "CommentForm", "StartForm"]

BLANK = "blank"
NOBODY = "nobody"
EVERYBODY = "everybody"


class StartForm(SiteForm):
    """How a new assessment begins."""

    title = StringField(
        "What is this assessment called?",
        description="A name that your team will know it by, such as the year.",
        widget=GovTextInput(),
        filters=[strip],
        validators=words_required("Enter a name for the assessment", most=100),
    )
    day = DayField(
        "Which day do the answers describe?",
        subject="The day of the answers",
        description="Usually today. For example, 27 3 2026.",
    )
    begin = RadioField(
        "How do you want to start?", widget=GovRadioInput(), validators=[InputRequired("Choose how to start")]
    )

    @property
    def carry_from(self) -> str | None:
        """The assessment whose answers are to be carried over; None for a blank start."""
        chosen: str = self.begin.data
        return None if chosen == BLANK else chosen

    def offer(self, earlier: Iterable[Carriable]) -> None:
        """Say what can be chosen to start from."""
        carried = [(each.record.id, f"With the answers of “{each.record.title}”") for each in earlier]
        self.begin.choices = [(BLANK, "With no answers"), *carried]

    def validate_day(self, field: DayField) -> None:
        """A day that an assessment can describe."""
        require_day(field, "Enter the day that the answers describe")
        last = today().year + 1
        if field.data and field.data.year > last:
            raise ValidationError(f"The day of the answers must be between {FIRST_YEAR} and {last}")


class CommentForm(SiteForm):
    """What somebody says about a practice, and to whom."""

    text = TextAreaField(
        "Your comment",
        description="Everybody in the team can read it.",
        widget=GovTextArea(),
        filters=[lambda typed: clean_text(typed or "")],
        validators=[
            DataRequired("Enter your comment"),
            Length(max=COMMENT_LENGTH, message=f"Your comment must be {COMMENT_LENGTH:,} characters or fewer"),
        ],
    )
    to = SelectField(
        "Who is it for?",
        description="The person you choose is told by email that there is one, and sees it on their list of tasks.",
        widget=GovSelect(),
        validators=[InputRequired("Choose who it is for")],
        validate_choice=True,
    )

    @property
    def addressed_to(self) -> str | None:
        """The colleague chosen; None for everybody."""
        return _person(self.to.data, EVERYBODY)

    def offer(self, members: Iterable[Member]) -> None:
        """Say whom it can be for."""
        self.to.choices = [(EVERYBODY, "Everybody"), *_people(members)]


class AssignForm(SiteForm):
    """Who answers a theme."""

    person = RadioField(
        "Who will answer this theme?", widget=GovRadioInput(), validators=[InputRequired("Choose a person, or nobody")]
    )

    @property
    def user_id(self) -> str | None:
        """The member chosen; None for nobody."""
        return _person(self.person.data, NOBODY)

    def offer(self, members: Iterable[Member]) -> None:
        """Say who can be chosen."""
        self.person.choices = [*_people(members), (NOBODY, "Nobody yet")]


def _people(members: Iterable[Member]) -> list[tuple[str, str]]:
    """Names, with the address where two people have the same."""
    members = list(members)
    names = [member.name for member in members]
    return [
        (each.user_id, each.name if names.count(each.name) == 1 else f"{each.name} ({each.email})") for each in members
    ]


def _person(chosen: str, none: str) -> str | None:
    return None if chosen == none else chosen
