"""The mails around an account: who asks for one reads the same words, and waits as long, with or without an account."""

from __future__ import annotations

from flask import current_app, session, url_for

from webapp.auth import limits, links
from webapp.mail import send_mail
from webapp.settings import Settings
from webapp.store.accounts import User

__all__ = [
    "SENT",
    "address_of",
    "ask_for_confirmation",
    "ask_for_reset",
    "confirm_new_address",
    "tell_about",
    "tell_unknown",
]

SENT = "mail_sent"
"""Where the cookie keeps to which address a mail went, and why, for the page that says so."""


def address_of(endpoint: str, *, token: str | None = None) -> str:
    """The whole address of a page; the site's own part comes from the settings, so that no request can change it."""
    settings: Settings = current_app.extensions["settings"]
    return settings.site_address + url_for(endpoint, token=token)


def ask_for_confirmation(user: User | None, email: str) -> None:
    """Send a mail to somebody who registered or wants the mail again."""
    _count(email, "confirm")
    if user is None:
        tell_unknown(email)
    elif user.confirmed_at is None:
        link = address_of("security.confirm", token=links.make_confirm_token(user))
        send_mail(to=email, subject="Confirm your email address", template="confirm", name=user.name, link=link)
    else:
        _tell_known(user)


def ask_for_reset(user: User | None, email: str) -> None:
    """Send a mail to somebody who forgot their password."""
    _count(email, "reset")
    if user is None:
        tell_unknown(email)
    else:
        link = address_of("security.reset_password", token=links.make_reset_token(user))
        send_mail(to=email, subject="Choose a new password", template="reset", name=user.name, link=link)


def confirm_new_address(user: User, holder: User | None, email: str) -> None:
    """Send a mail to the address that somebody wants to have; if somebody has it already, they are told so."""
    _count(email, "email")
    if holder is None:
        link = address_of("security.show_new_email", token=links.make_email_token(user, email))
        send_mail(to=email, subject="Confirm your new email address", template="new_email", name=user.name, link=link)
    else:
        _tell_known(holder)


def tell_about(user: User, subject: str, template: str, *, to: str | None = None) -> None:
    """Tell somebody what was changed in their account, in case it was not them."""
    link = address_of("security.ask_for_reset")
    send_mail(to=to or user.email, subject=subject, template=template, name=user.name, link=link)


def tell_unknown(email: str) -> None:
    """Tell somebody who asked for a link that there is no account to open with it."""
    link = address_of("security.register")
    send_mail(to=email, subject="You have no account yet", template="unknown", link=link)


def _tell_known(user: User) -> None:
    values = {
        "link": address_of("security.login"),
        "reset_link": address_of("security.ask_for_reset"),
    }
    send_mail(to=user.email, subject="You have an account already", template="known", name=user.name, **values)


def _count(email: str, about: str) -> None:
    limits.stop_if_tried_out(limits.MAIL, email)
    limits.count(limits.MAIL, email)
    session[SENT] = {"to": email, "about": about}
