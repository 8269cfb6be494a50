"""Which addresses are ours to go to."""

from __future__ import annotations

import pytest

from webapp.auth.signing_in import own_path


@pytest.mark.parametrize("address", ["/", "/account", "/organisations/ab12/team?page=2#end"])
def test_path_of_the_site_is_ours(address: str) -> None:
    assert own_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "account",
        "//evil.example",
        "/\\evil.example",
        "/a\\..\\evil",
        "/\t/evil.example",
        "/a b",
        "https://evil.example",
        "javascript:x()",
    ],
)
def test_every_other_address_is_not(address: str | None) -> None:
    assert own_path(address) is None
