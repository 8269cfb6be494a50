"""Forms around an account: registering, signing in, and what guards it."""

from __future__ import annotations

import email_validator
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import EmailField, Field, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from webapp.auth.passwords import LONGEST, SHORTEST, find_fault
from webapp.forms.base import SiteForm
from webapp.forms.fields import check_seen

__all__ = [
    "ChangePasswordForm",
    "CodeForm",
    "EmailForm",
    "InvitedForm",
    "NameForm",
    "NewPasswordForm",
    "PasswordAgainForm",
    "RecoveryCodeForm",
    "RegisterForm",
    "SetUpForm",
    "SignInForm",
]

_RULE = (
    f"Use {SHORTEST} characters or more. Any will do; three or four words that do not belong together are easy to "
    "remember and hard to guess."
)


def _email(label: str = "Email address", hint: str = "") -> EmailField:
    return EmailField(
        label,
        description=hint,
        filters=[_strip],
        validators=[DataRequired("Enter your email address"), _check_email],
        widget=GovTextInput(),
        render_kw={"type": "email", "autocomplete": "email", "spellcheck": "false"},
    )


def _password(label: str, *, is_new: bool, missing: str) -> PasswordField:
    checks = [DataRequired(missing)]
    return PasswordField(
        label,
        description=_RULE if is_new else "",
        validators=[*checks, _check_new] if is_new else [*checks, Length(max=LONGEST, message="Check your password")],
        widget=GovPasswordInput(),
        render_kw={"params": {"autocomplete": "new-password" if is_new else "current-password"}},
    )


def _name() -> StringField:
    return StringField(
        "Full name",
        description="Your colleagues see it beside what you answer.",
        filters=[_strip],
        validators=[
            DataRequired("Enter your full name"),
            Length(max=100, message="Your name must have 100 characters or fewer"),
            check_seen,
        ],
        widget=GovTextInput(),
        render_kw={"autocomplete": "name", "spellcheck": "false"},
    )


def _code(label: str, hint: str, missing: str, **attributes: str) -> StringField:
    return StringField(
        label,
        description=hint,
        filters=[_strip],
        validators=[DataRequired(missing), Length(max=40, message=missing)],
        widget=GovTextInput(),
        render_kw={"spellcheck": "false", "params": {"classes": "govuk-input--width-10"}, **attributes},
    )


def _app_code(hint: str) -> StringField:
    missing = "Enter the 6-digit code from your app"
    return _code("Code", hint, missing, autocomplete="one-time-code", inputmode="numeric")


def _strip(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


def _check_email(_: SiteForm, field: Field) -> None:
    try:
        found = email_validator.validate_email(field.data, check_deliverability=False)
    except email_validator.EmailNotValidError:
        raise ValidationError("Enter an email address in the correct format, like name@example.org") from None
    field.data = found.normalized.lower()


def _check_new(form: SiteForm, field: Field) -> None:
    fault = find_fault(field.data, personal=form.personal())
    if fault:
        raise ValidationError(fault)


class SignInForm(SiteForm):
    """Who, and the password."""

    email = _email()
    password = _password("Password", is_new=False, missing="Enter your password")
    next = HiddenField()


class CodeForm(SiteForm):
    """The code that an app shows now."""

    code = _app_code("The 6 digits that your authenticator app shows for this site.")


class SetUpForm(SiteForm):
    """The first code of an app."""

    code = _app_code("The 6 digits that the app shows now.")


class RecoveryCodeForm(SiteForm):
    """One of the codes that were kept for when the app is lost."""

    code = _code(
        "Recovery code",
        "One of those you saved when you set up codes, such as 1a2b-3c4d-5e6f. Each works once.",
        "Enter one of your recovery codes",
    )


class PasswordAgainForm(SiteForm):
    """The password, before something that matters."""

    password = _password("Password", is_new=False, missing="Enter your password")
    next = HiddenField()


class InvitedForm(SiteForm):
    """A new account for somebody whose address is known from an invitation."""

    name = _name()
    password = _password("Choose a password", is_new=True, missing="Choose a password")

    def personal(self) -> tuple[str, ...]:
        """What everybody knows of them."""
        return (self.name.data or "",)


class RegisterForm(SiteForm):
    """A new account."""

    name = _name()
    email = _email(hint="We send a link there to confirm that it is yours.")
    password = _password("Choose a password", is_new=True, missing="Choose a password")

    def personal(self) -> tuple[str, ...]:
        """What everybody knows of them."""
        return (self.name.data or "", self.email.data or "")


class EmailForm(SiteForm):
    """An address to which a mail is to go."""

    email = _email()


class NewPasswordForm(SiteForm):
    """A new password for somebody who forgot theirs."""

    password = _password("New password", is_new=True, missing="Choose a new password")

    def personal(self) -> tuple[str, ...]:
        """Nothing: who opens the link is not asked for a name."""
        return ()


class ChangePasswordForm(SiteForm):
    """A new password for somebody who knows theirs."""

    current = _password("Current password", is_new=False, missing="Enter your current password")
    password = _password("New password", is_new=True, missing="Choose a new password")

    def personal(self) -> tuple[str, ...]:
        """The password that is to be replaced."""
        return (self.current.data or "",)


class NameForm(SiteForm):
    """What somebody is called."""

    name = _name()
