"""What ``import selfassess`` promises: its names, and what it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

import selfassess

HEAVY = {"weasyprint", "jinja2", "polars", "flask", "sqlalchemy", "wtforms", "pydantic", "yaml", "dateutil"}


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh Python has loaded after running the code."""
    run = [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("name", selfassess.__all__)
def test_public_name_resolves_to_what_is_called_so(name: str) -> None:
    found = getattr(selfassess, name)
    assert found.__name__ == name
    assert found.__module__.startswith("selfassess.")
    assert found.__doc__


def test_names_of_the_design_are_public() -> None:
    assert set(selfassess.__all__) >= {
        "load_standard", "read_assessment", "score", "Scorecard", "plan_actions", "compare", "write_report",
        "write_plan",
    }  # fmt: skip


def test_public_names_are_listed_once_and_in_dir() -> None:
    assert len(selfassess.__all__) == len(set(selfassess.__all__))
    assert set(selfassess.__all__) <= set(dir(selfassess))
    assert set(selfassess._HOME_OF) == set(selfassess.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = selfassess.no_such_name


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_by("import selfassess")
    assert "selfassess" in loaded
    assert not loaded & HEAVY


def test_scoring_loads_neither_reports_nor_the_web() -> None:
    code = (
        "from selfassess import load_standard, plan_actions, score\n"
        "from selfassess.model.answer import Assessment\n"
        "given = {'standard': 'prison-volunteering', 'organisation': {'name': 'HMP Example', 'kind': 'prison'}}\n"
        "card = score(load_standard('prison-volunteering'), Assessment.model_validate(given))\n"
        "plan_actions(card), card._repr_html_()"
    )
    loaded = loaded_by(code)
    assert "pydantic" in loaded
    assert not loaded & {"weasyprint", "jinja2", "polars", "flask", "sqlalchemy", "wtforms"}


def test_version_is_three_numbers() -> None:
    assert [part.isdigit() for part in selfassess.__version__.split(".")] == [True, True, True]
