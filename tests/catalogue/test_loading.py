"""From files to a standard: what is where, in the order that ``standard.yaml`` gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.catalogue import load_standard
from tests.places import ALLOTMENTS, load_allotments


def test_themes_stand_in_the_order_declared_not_by_name() -> None:
    assert list(load_allotments().practices_by_theme) == ["plots", "water-and-tools", "members"]


def test_practices_stand_in_the_order_of_their_files() -> None:
    standard = load_allotments()
    assert list(standard.practices) == ["PLT-01", "PLT-02", "WAT-01", "WAT-02", "MEM-01", "MEM-02"]
    assert standard.position["WAT-01"] == 2
    assert standard.theme_of["WAT-02"].title == "Water and tools"


def test_sources_stand_in_the_order_declared(folder: Path) -> None:
    head = folder / "standard.yaml"
    head.write_text(head.read_text("utf-8").replace("[plot-guide, water-code]", "[water-code, plot-guide]"), "utf-8")
    assert [source.id for source in load_standard(folder).sources] == ["water-code", "plot-guide"]


def test_retired_practice_is_kept_and_never_asked() -> None:
    standard = load_allotments()
    assert standard.practices["MEM-02"].retired
    assert "MEM-02" not in [p.id for p in standard.asked("full", "society")]


def test_statement_for_a_kind_is_read_by_that_kind_only() -> None:
    practice = load_allotments().practices["PLT-01"]
    assert practice.statement_to("landlord").startswith("We have signed")
    assert practice.statement_to("society").startswith("Whoever works")


def test_questionnaire_that_does_not_exist_raises_key_error() -> None:
    with pytest.raises(KeyError):
        load_allotments().asked("harvest", "society")


def test_labels_are_those_of_the_standard() -> None:
    assert load_allotments().level_labels == {
        0: "Bare earth",
        1: "Seedling",
        2: "In leaf",
        3: "In fruit",
        "NA": "Not on our site",
        "DK": "Have to ask",
    }


def test_standard_of_the_library_is_read_once() -> None:
    assert load_standard("prison-volunteering") is load_standard("prison-volunteering")


def test_standard_from_a_folder_is_read_anew_each_time() -> None:
    assert load_standard(ALLOTMENTS) is not load_standard(ALLOTMENTS)
    assert load_standard(str(ALLOTMENTS)).hash == load_allotments().hash
