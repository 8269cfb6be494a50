"""The first administrator is made by a command."""

from __future__ import annotations

from tests.webapp.conftest import MakePerson
from webapp.site import Site


def test_named_person_becomes_administrator(app: Site, make_person: MakePerson) -> None:
    ada = make_person("Ada")
    result = app.test_cli_runner().invoke(args=["administrator", ada.email.upper()])
    assert (result.exit_code, result.output) == (0, "Ada is an administrator of the site.\n")
    assert "Made somebody an administrator" in ada.client.page("/administration/audit").words("table")


def test_unknown_address_is_told(app: Site) -> None:
    result = app.test_cli_runner().invoke(args=["administrator", "nobody@example.org"])
    assert result.exit_code == 1
    assert "Nobody has an account with the address nobody@example.org" in result.output
