"""What every form does: it keeps out what no database can hold, and says in plain words what is wrong."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, Form, PasswordField
from wtforms.fields.core import UnboundField

from webapp.forms.fields import drop_unseen
from webapp.questions.inputs import clean_text

__all__ = ["SiteForm"]

_PLAIN = {"Not a valid choice.": "Choose one of the answers"}
"""What WTForms says of itself, which no person can act on, and what is said instead."""


class _Words:
    """The messages of WTForms in our words."""

    def gettext(self, text: str) -> str:
        return _PLAIN.get(text, text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


_WORDS = _Words()


def _clean(value: object) -> object:
    return drop_unseen(clean_text(value)) if isinstance(value, str) else value


class SiteForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A form of the site; every text in it is cleaned before its rules are asked, but for passwords."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How fields are made."""

        def get_translations(self, _: Form) -> _Words:
            """The words of messages."""
            return _WORDS

        def wrap_formdata(self, form: Form, formdata: object) -> object:
            """What was sent, but for files: no form takes any, and no field knows what to do with one."""
            wrapped = super().wrap_formdata(form, formdata)
            return request.form if isinstance(wrapped, CombinedMultiDict) else wrapped

        def bind_field(self, form: Form, unbound_field: UnboundField, options: dict[str, object]) -> Field:
            """A field that cleans what it is sent."""
            if not issubclass(unbound_field.field_class, PasswordField):
                options = {**options, "filters": [_clean, *unbound_field.kwargs.get("filters", ())]}
            return super().bind_field(form, unbound_field, options)
