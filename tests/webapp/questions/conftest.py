"""Fields of the real standard, and markup as a tree that can be compared."""

from __future__ import annotations

from itertools import product

import pytest

from selfassess.model.standard import Standard
from webapp.questions.fields import Layout, QuestionField, fields_for

LAYOUTS: tuple[Layout, ...] = ("full", "quick")


def all_fields(standard: Standard, kind: str, layout: Layout = "full") -> list[QuestionField]:
    """Every practice that the full questionnaire asks an organisation of this kind."""
    themes = (theme.id for theme in standard.head.themes)
    return [field for theme in themes for field in fields_for(standard, "full", theme, kind, layout=layout)]


@pytest.fixture(scope="session", params=["prison", "voluntary_organisation"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of organisation."""
    return str(request.param)


@pytest.fixture(scope="session")
def fields(prison_standard: Standard, kind: str) -> list[QuestionField]:
    """Every practice, in full."""
    return all_fields(prison_standard, kind)


@pytest.fixture(scope="session", params=list(product(["prison", "voluntary_organisation"], LAYOUTS)))
def page(prison_standard: Standard, request: pytest.FixtureRequest) -> list[QuestionField]:
    """Every practice of each kind in each layout."""
    return all_fields(prison_standard, *request.param)


@pytest.fixture(scope="session")
def without_na(fields: list[QuestionField]) -> QuestionField:
    """A practice that always applies."""
    return next(field for field in fields if not field.na_allowed)


@pytest.fixture(scope="session")
def with_na(fields: list[QuestionField]) -> QuestionField:
    """A practice that may not apply."""
    return next(field for field in fields if field.na_allowed)
