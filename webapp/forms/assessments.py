"""Forms about an assessment as a whole, and what is said about its answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextArea, GovTextInput
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from webapp.clock import today
from webapp.forms.fields import strip, words_required
from webapp.questions.inputs import clean_text
from webapp.store.assessments import Carriable
from webapp.store.comments import COMMENT_LENGTH
from webapp.store.members import Member

__all__ = ["AssignForm", "CommentForm", "DayField", "StartForm"]

BLANK = "blank"
NOBODY = "nobody"
EVERYBODY = "everybody"
_FIRST_YEAR = 1990


class DayField(DateField):  # type: ignore[misc]
    """A day in three inputs of one name: day, month and year."""

    def __init__(self, label: str, *, problem: str, **options: object) -> None:
        super().__init__(label, format="%d %m %Y", **options)
        self.problem = problem

    @property
    def parts(self) -> Sequence[str]:
        """What stands in the three inputs."""
        if self.raw_data:
            return (*self.raw_data[:3], "", "", "")[:3]
        day: date | None = self.data
        return ("", "", "") if day is None else (str(day.day), str(day.month), str(day.year))

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the three inputs."""
        typed = [part.strip() for part in valuelist]
        try:
            day, month, year = (int(part) for part in typed)
            self.data = date(year, month, day)
        except ValueError:
            self.data = None  # type: ignore[assignment] # as the library does with what it cannot read
            raise ValueError(self.problem) from None


class StartForm(FlaskForm):  # type: ignore[misc]
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
        problem="Enter a real day, such as 27 3 2026",
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
        day: date | None = field.data
        if day is not None and not _FIRST_YEAR <= day.year <= today().year + 1:
            raise ValidationError(f"The year must be between {_FIRST_YEAR} and {today().year + 1}")


class CommentForm(FlaskForm):  # type: ignore[misc]
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
        description="The person you choose sees it on their list of tasks.",
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


class AssignForm(FlaskForm):  # type: ignore[misc]
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
