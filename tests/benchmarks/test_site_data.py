"""The measured sites hold what they are said to hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from benchmarks.load import Ask, post
from benchmarks.load import _write_script as write_script
from benchmarks.site_data import SECRET, Desk, fill
from tests.webapp.conftest import make_settings
from webapp import create_app
from webapp.site import Site

DESKS, BLANKS, OTHERS = 2, 3, 7


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Desk, ...]]:
    folder = tmp_path_factory.mktemp("filled")
    return folder, fill(folder, desks=DESKS, blanks=BLANKS, others=OTHERS)


def count(folder: Path, what: str) -> int:
    engine = create_engine(f"sqlite:///{folder}/site.db")
    with engine.connect() as connection:
        found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {what}").scalar_one()  # noqa: S608 - our own words
    engine.dispose()
    return found


def test_others_have_every_answer_and_its_history(filled: tuple[Path, tuple[Desk, ...]]) -> None:
    folder, _ = filled
    assert count(folder, "assessment WHERE title = 'Another’s'") == OTHERS
    asked = count(folder, "answer") / (OTHERS + DESKS + 1)
    assert asked == 73
    assert count(folder, "answer_change") == count(folder, "answer")
    assert count(folder, "(SELECT DISTINCT organisation_id FROM assessment WHERE title = 'Another’s')") == 3


def test_people_at_their_desks_see_their_pages_and_nobody_else_does(filled: tuple[Path, tuple[Desk, ...]]) -> None:
    folder, (desk, neighbour) = filled
    app = create_app(make_settings(folder, secret_key=SECRET, environment="local"))
    assert isinstance(app, Site)
    client = app.test_client(use_cookies=False)
    for path in (desk.empty, desk.full, *desk.blanks):
        assert client.get(path, headers={"Cookie": desk.cookie}).status_code == 200
        assert client.get(path, headers={"Cookie": neighbour.cookie}).status_code == 404
    app.engine.dispose()
    assert len(set(desk.blanks)) == BLANKS


def test_answers_with_errors_are_faults_of_a_load_unless_they_are_wanted() -> None:
    assert "+ e.status" in write_script(Ask(("/",)))
    refused = write_script(post("session=x", ["/a", "/b"], {"x": "1 2"}, 422))
    assert "+ e.status" not in refused
    assert 'wrk.body = "x=1+2"' in refused
    assert 'paths = {"/a","/b"}' in refused
