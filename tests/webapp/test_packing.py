"""Pages are packed for browsers that can unpack them, and in no length that tells what is in them."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.client import CheckingClient
from webapp.packing import pack

LONG = "/help"


def test_packed_is_what_gzip_unpacks() -> None:
    content = "A page with “quotes”. ".encode() * 1000
    assert gzip.decompress(pack(content)) == content
    assert len(pack(content)) < len(content) / 10


@given(st.binary(max_size=200_000) | st.text().map(lambda text: (text * 300).encode(errors="replace")))
def test_whatever_is_packed_comes_out_again(content: bytes) -> None:
    assert gzip.decompress(pack(content)) == content


def test_length_of_the_same_page_differs() -> None:
    assert len({len(pack(b"the same" * 1000)) for _ in range(200)}) > 20


def test_page_is_packed_where_the_browser_asks(client: CheckingClient) -> None:
    plain = client.get(LONG)
    packed = client.get(LONG, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_length == len(packed.data) < len(plain.data) / 2
    assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize("wish", [{}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}])
def test_page_is_plain_where_the_browser_cannot_unpack(client: CheckingClient, wish: dict[str, str]) -> None:
    answer = client.get(LONG, headers=wish)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.vary


def test_short_answer_is_not_packed(client: CheckingClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers
