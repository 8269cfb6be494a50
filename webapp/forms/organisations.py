"""Forms about an organisation itself."""

from __future__ import annotations

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from webapp.forms.base import SiteForm
from webapp.forms.fields import check_seen, strip, words_required

__all__ = ["DeleteForm", "OrganisationForm"]


class OrganisationForm(SiteForm):
    """What an organisation is called, and of which kind it is; who shows it gives the kinds."""

    name = StringField(
        "Name",
        widget=GovTextInput(),
        filters=[strip],
        validators=words_required("Enter the name of the organisation", most=300),
    )
    kind = RadioField(
        "What kind of organisation is it?",
        description="It decides which questions are asked, and cannot be changed once an assessment has been started.",
        widget=GovRadioInput(),
        validators=[DataRequired("Choose what kind of organisation it is")],
    )
    reference = StringField(
        "Reference (optional)",
        description="A code by which you know the organisation, if it has one. It is shown in reports and tables.",
        widget=GovTextInput(),
        filters=[strip],
        validators=[Length(max=100, message="Use 100 characters or fewer"), check_seen],
    )


class DeleteForm(SiteForm):
    """The organisation's name once more, so that nobody deletes one by mistake."""

    name = StringField("Name of the organisation", widget=GovTextInput(), filters=[strip])

    def __init__(self, expected: str) -> None:
        super().__init__()
        self.expected = expected

    def validate_name(self, field: StringField) -> None:
        """Refuse any other name; capital letters do not matter."""
        if (field.data or "").casefold() != " ".join(self.expected.split()).casefold():
            raise ValidationError(f"Type the name as it stands here: {self.expected}")
