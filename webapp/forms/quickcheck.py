"""Forms of the quick check: what it is about, and where its answers are to be kept."""

from __future__ import annotations

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from webapp.forms.base import SiteForm
from webapp.forms.fields import check_seen, strip
from webapp.store.organisations import OwnOrganisation
from webapp.store.quickchecks import NAME_LENGTH

__all__ = ["NEW", "BeginForm", "KeepForm"]

NEW = "new"
"""The choice of an organisation that has yet to be created."""


class BeginForm(SiteForm):
    """What kind of organisation answers, and what reports call it; who shows it gives the kinds."""

    kind = RadioField(
        "What kind of organisation are you answering for?",
        widget=GovRadioInput(),
        validators=[DataRequired("Choose what kind of organisation you are answering for")],
    )
    organisation = StringField(
        "Name of the organisation (optional)",
        description="Only for the title of your reports. Leave it empty if you are just trying this out.",
        widget=GovTextInput(),
        filters=[strip],
        validators=[
            Length(max=NAME_LENGTH, message=f"The name must have {NAME_LENGTH} characters or fewer"),
            check_seen,
        ],
    )


class KeepForm(SiteForm):
    """Which organisation the answers are for: one of the person's own, or a new one."""

    organisation = RadioField(
        "Which organisation are the answers for?",
        widget=GovRadioInput(),
        validators=[DataRequired("Choose which organisation the answers are for")],
    )
    name = StringField(
        "Name of the new organisation",
        widget=GovTextInput(),
        filters=[strip],
        validators=[
            Length(max=NAME_LENGTH, message=f"The name must have {NAME_LENGTH} characters or fewer"),
            check_seen,
        ],
    )

    def offer(self, organisations: Sequence[OwnOrganisation]) -> None:
        """Say which organisations can be chosen; where there are none, a new one is the only choice."""
        names = [each.name for each in organisations]
        shown = [(each.id, _tell_apart(each, names)) for each in organisations]
        self.organisation.choices = [*shown, (NEW, "A new organisation")]
        if not organisations:
            self.organisation.data = NEW

    @property
    def is_new(self) -> bool:
        """Whether a new organisation was chosen."""
        chosen: str | None = self.organisation.data
        return chosen == NEW

    def validate_name(self, field: StringField) -> None:
        """A new organisation needs a name."""
        if self.is_new and not field.data:
            raise ValidationError("Enter the name of the new organisation")


def _tell_apart(organisation: OwnOrganisation, names: Sequence[str]) -> str:
    """The name, with the reference where two organisations have the same."""
    if names.count(organisation.name) == 1 or not organisation.reference:
        return organisation.name
    return f"{organisation.name} ({organisation.reference})"
