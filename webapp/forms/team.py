"""Forms about the people of an organisation."""

from __future__ import annotations

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import EmailField, RadioField
from wtforms.validators import DataRequired, Email, Length

from webapp.forms.base import SiteForm
from webapp.forms.fields import make_choices, radio_params, strip
from webapp.pages.roles import ROLE_MEANINGS, ROLE_TITLES
from webapp.store.scope import Role

__all__ = ["HandOverForm", "InviteForm", "RoleForm", "role_params"]

_ROLES = make_choices((role.value, title) for role, title in ROLE_TITLES.items())
_OTHER_ROLES = make_choices((role.value, title) for role, title in ROLE_TITLES.items() if role is not Role.OWNER)


def role_params(field: RadioField) -> dict[str, object]:
    """How the roles are shown: with what each may do under its button."""
    return radio_params(field, [ROLE_MEANINGS[Role(choice.value)] for choice in field.choices])


class InviteForm(SiteForm):
    """Whom to invite, and as what."""

    email = EmailField(
        "Email address",
        description="We send an invitation to this address. Only the person who has it can accept.",
        widget=GovTextInput(),
        filters=[strip],
        validators=[
            DataRequired("Enter an email address"),
            Email("Enter an email address in the right form, like name@example.org"),
            Length(max=255, message="Use 255 characters or fewer"),
        ],
    )
    role = RadioField(
        "What may this person do?",
        description="You can change it at any time.",
        choices=_ROLES,
        widget=GovRadioInput(),
        validators=[DataRequired("Choose what this person may do")],
    )


class RoleForm(SiteForm):
    """Which role somebody has from now on."""

    role = RadioField(
        "Role",
        description="The change counts at once.",
        choices=_ROLES,
        widget=GovRadioInput(),
        validators=[DataRequired("Choose what this person may do")],
    )


class HandOverForm(SiteForm):
    """Who becomes an owner, and what who hands over is afterwards; who shows it gives the people."""

    member = RadioField(
        "Who becomes an owner?",
        description="They can do everything from then on.",
        widget=GovRadioInput(),
        validators=[DataRequired("Choose who becomes an owner")],
    )
    role = RadioField(
        "What will you be?",
        description="Only an owner can make you an owner again.",
        choices=_OTHER_ROLES,
        widget=GovRadioInput(),
        validators=[DataRequired("Choose what you will be")],
    )
