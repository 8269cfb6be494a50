"""Forms on the way to a signature."""

from __future__ import annotations

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from webapp.forms.base import SiteForm

__all__ = ["ConfirmForm", "CorrectionForm", "SendBackForm", "SignForm"]

_LONGEST = 5000


class ConfirmForm(SiteForm):
    """A button and nothing to fill in."""


class SignForm(SiteForm):
    """A signature: a tick beside what is signed."""

    submission = HiddenField()
    confirmed = BooleanField(
        "I have read the results and sign them off",
        widget=GovCheckboxInput(),
        validators=[DataRequired("Tick the box to confirm that you have read the results and sign them off")],
    )


class SendBackForm(SiteForm):
    """Why an assessment goes back to the team."""

    submission = HiddenField()
    reason = TextAreaField(
        "What should be changed?",
        description="The whole team reads this here. Whoever submitted it is told by email that it came back.",
        widget=GovTextArea(),
        validators=[
            DataRequired("Say what should be changed"),
            Length(max=_LONGEST, message="Use 5,000 characters or fewer"),
        ],
    )


class CorrectionForm(SiteForm):
    """Why a signed assessment is corrected."""

    reason = TextAreaField(
        "What is wrong with the signed assessment?",
        description="It is shown with both, for as long as they are kept.",
        widget=GovTextArea(),
        validators=[
            DataRequired("Say what is wrong with the signed assessment"),
            Length(max=_LONGEST, message="Use 5,000 characters or fewer"),
        ],
    )
