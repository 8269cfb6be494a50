"""The command that brings the database up to date."""

from __future__ import annotations

from sqlalchemy import text

from webapp.site import Site


def test_database_of_this_release_stays_as_it_is(app: Site) -> None:
    result = app.test_cli_runner().invoke(args=["migrate"])
    assert (result.exit_code, result.output) == (0, "The database is up to date.\n")


def test_database_of_a_newer_release_is_refused_in_one_line(app: Site) -> None:
    with app.run_work(write=True) as work:
        work.execute(text("UPDATE alembic_version SET version_num = 'of_tomorrow'"))
        work.commit()
    result = app.test_cli_runner().invoke(args=["migrate"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database is of a newer release than this one")
    assert result.output.count("\n") == 1
