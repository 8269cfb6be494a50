"""How a form's page is answered: again, with what is wrong, or with a redirect after it was done."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

__all__ = ["go_to", "page_number", "show_form", "show_refusal"]

_UNPROCESSABLE = 422


def show_form(template: str, form: FlaskForm, **values: object) -> ResponseReturnValue:
    """The page of a form; with status 422 where something in it is wrong."""
    return render_template(template, form=form, **values), _UNPROCESSABLE if form.errors else 200


def show_refusal(template: str, error: Exception, **values: object) -> ResponseReturnValue:
    """A page without fields again, with why it was not done."""
    return render_template(template, refusal=str(error), has_errors=True, **values), _UNPROCESSABLE


def go_to(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Send the browser on after something was done."""
    return redirect(url_for(endpoint, **values), 303)


def page_number() -> int:
    """Which page of a long list is asked for; the first where the address says nothing sensible."""
    return request.args.get("page", 1, type=int)
