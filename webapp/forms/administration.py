"""Forms for administrators."""

from __future__ import annotations

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import DataRequired

from webapp.forms.base import SiteForm
from webapp.forms.fields import strip, words_required

__all__ = ["GroupForm", "OfferForm", "ReaderForm"]


class GroupForm(SiteForm):
    """What a group is called."""

    name = StringField(
        "Name of the group",
        description="For example a region, an area or a network. No two groups have the same name.",
        widget=GovTextInput(),
        filters=[strip],
        validators=words_required("Enter the name of the group", most=200),
    )


class ReaderForm(SiteForm):
    """Who may see a group's results."""

    email = EmailField(
        "Email address of somebody with an account",
        description="They can see what the group’s organisations have signed, from then on.",
        widget=GovTextInput(),
        filters=[strip],
        validators=[DataRequired("Enter an email address")],
    )


class OfferForm(SiteForm):
    """In which group an organisation is offered a place; who shows it gives the groups."""

    group = SelectField(
        "Group",
        description="An owner of the organisation has to agree before anybody sees its results.",
        widget=GovSelect(),
        validators=[DataRequired("Choose a group")],
    )
