"""Where standards are found: in a checkout, in a folder of one's own, and in an installed wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from selfassess.catalogue import check_standard, find_standards, load_standard
from selfassess.errors import StandardError
from tests.places import ALLOTMENTS, ROOT


def test_standards_of_the_library_are_found_by_id() -> None:
    assert "prison-volunteering" in find_standards()
    assert [load_standard(name).id for name in find_standards()] == find_standards()


@pytest.mark.parametrize("name", ["no-such-standard", "", "..", "schema", "prison-volunteering/sources", "a\0b"])
def test_unknown_name_is_told_with_what_there_is(name: str) -> None:
    with pytest.raises(StandardError) as caught:
        load_standard(name)
    (fault,) = caught.value.faults
    assert (fault.place, fault.problem) == (name, "is not a standard")
    assert "Name one of: prison-volunteering" in str(fault)
    assert fault.remedy.endswith("or a folder that holds standard.yaml")


def test_folder_without_its_head_is_no_standard(folder: Path) -> None:
    (folder / "standard.yaml").unlink()
    with pytest.raises(StandardError, match="is not a standard"):
        check_standard(folder)


def test_folder_named_as_a_standard_of_the_library_does_not_hide_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.rename(folder.parent / "prison-volunteering")
    monkeypatch.chdir(folder.parent)
    assert load_standard("prison-volunteering").id == "prison-volunteering"
    assert load_standard(Path("prison-volunteering")).id == "allotment-society"


def test_relative_folder_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ALLOTMENTS)
    assert load_standard(".").id == "allotment-society"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.mark.slow
def test_wheel_holds_the_standards_and_nothing_of_the_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "selfassess/standards/prison-volunteering/standard.yaml" in names
    assert "selfassess/standards/schema/practices.schema.json" in names
    assert "selfassess/py.typed" in names
    assert len(names) == len(set(names))
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"selfassess", "webapp"}


@pytest.mark.slow
def test_installed_wheel_loads_its_own_standards(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    code = (
        "import selfassess, selfassess.catalogue.locating as l;"
        "print(selfassess.__file__, selfassess.load_standard('prison-volunteering').hash)"
    )
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    where, content_hash = done.stdout.split()
    assert Path(where).is_relative_to(site)
    assert content_hash == load_standard("prison-volunteering").hash
