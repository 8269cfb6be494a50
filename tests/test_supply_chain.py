"""What runs is locked, known, and told: the locks, the bill of materials, the audit and the licences."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from script.make_sbom import LockedPackage, build_sbom, find_licence, read_npm_lock, read_python_lock
from script.run_audit import GOOD, NOT_CHECKED, VULNERABLE, judge
from tests.figures import Figure

ROOT = Path(__file__).parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
RUN = (ROOT / "requirements/run.txt").read_text(encoding="utf-8")
NPM = (ROOT / "package-lock.json").read_text(encoding="utf-8")
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


def locked() -> list[LockedPackage]:
    return [*read_python_lock(RUN), *read_npm_lock(NPM)]


def bill_of(packages: list[LockedPackage]) -> dict[str, Any]:
    return build_sbom(packages, version="1.0", moment=MOMENT)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_python_lock_pins_versions_and_hashes(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert entries
    assert not [line for line in entries if not re.match(r"[a-z0-9.-]+==[^=]+ ?(;.*)?\\$", line)]
    assert "://" not in text
    packages = read_python_lock(text)
    assert [f"{package.name}=={package.version}" for package in packages] == [
        re.split(r" |;", line)[0] for line in entries
    ]
    assert all(package.hashes for package in packages)


def test_npm_lock_pins_versions_and_hashes() -> None:
    entries = {path: entry for path, entry in json.loads(NPM)["packages"].items() if path}
    assert len(entries) > 10
    assert all(entry["integrity"].startswith("sha512-") for entry in entries.values())
    assert "://" not in re.sub(r'"(url|funding)": ?"[^"]*"', "", NPM)


def test_every_package_we_ask_for_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    asked += [name for extra in project["project"]["optional-dependencies"].values() for name in extra]
    packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    names = {re.split(r"[\[><=]", name)[0] for name in asked}
    names |= {*packages["dependencies"], *packages["devDependencies"]}
    reasons = _plain((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    unknown = {name for name in names - {"selfassess"} if _plain(name) not in reasons and not name.startswith("types-")}
    assert not unknown


def _plain(text: str) -> str:
    """Letters and digits alone, since people write Flask-WTF and XlsxWriter."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def test_bill_names_every_locked_package(figure: Figure) -> None:
    told = {(part["name"], part["version"]): part for part in bill_of(locked())["components"]}
    wanted = set(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", RUN, re.MULTILINE))
    wanted |= {("govuk-frontend", "6.3.0"), ("@fontsource/source-sans-3", "5.3.1")}
    assert set(told) == wanted
    hashes = [entry["content"] for part in told.values() for entry in part["externalReferences"][0]["hashes"]]
    assert {digits for digits in hashes if len(digits) == 64} == set(re.findall(r"sha256:([0-9a-f]{64})", RUN))
    assert sum(len(digits) == 128 for digits in hashes) == 2
    figure("packages in the bill of materials", len(told))


def test_bill_leaves_out_what_only_builds() -> None:
    names = {part["name"] for part in bill_of(locked())["components"]}
    assert not names & {"sass", "esbuild", "axe-core", "pytest", "ruff", "pip-audit"}


def test_bill_tells_who_needs_whom() -> None:
    bill = bill_of(locked())
    needs = {entry["ref"]: entry["dependsOn"] for entry in bill["dependencies"]}
    assert set(needs) == {part["bom-ref"] for part in bill["components"]} | {"selfassess"}
    flask = next(ref for ref in needs if ref.startswith("pkg:pypi/flask@"))
    assert flask in needs["selfassess"]
    assert [ref for ref in needs[flask] if ref.startswith("pkg:pypi/werkzeug@")]


def test_bill_of_the_same_locks_is_the_same() -> None:
    first, second = bill_of(locked()), bill_of(locked()[::-1])
    assert first == second
    changed = locked()
    changed[0].version = "0"
    assert bill_of(changed)["serialNumber"] != first["serialNumber"]


@pytest.mark.slow
def test_bill_is_valid(tmp_path: Path) -> None:
    """Installs the tools where they are not yet; about a quarter of a minute."""
    subprocess.run([ROOT / "script/tools"], check=True)  # noqa: S603
    bill = subprocess.run([sys.executable, ROOT / "script/make_sbom.py"], check=True, capture_output=True).stdout  # noqa: S603
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(bill)
    bad.write_bytes(bill.replace(b'"bomFormat"', b'"bonFormat"'))
    check = [ROOT / ".tools/bin/python", ROOT / "script/validate_sbom.py"]
    statuses = [subprocess.run([*check, path], check=False, capture_output=True).returncode for path in (good, bad)]  # noqa: S603
    assert statuses == [0, 1]


def audited(**packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": [{"name": name, **said} for name, said in packages.items()], "fixes": []})


SOUND: dict[str, object] = {"version": "1.0", "vulns": []}
WEAK: dict[str, object] = {"version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
UNKNOWN: dict[str, object] = {"skip_reason": "not found"}


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        (audited(flask=SOUND, jinja=SOUND), GOOD, "2 of 2 packages were checked"),
        (audited(flask=SOUND, jinja=WEAK), VULNERABLE, "jinja 1.0: PYSEC-1, mended in 1.1"),
        (audited(flask=UNKNOWN, jinja=WEAK), VULNERABLE, "do not know them: flask"),
        (audited(flask=SOUND, jinja=UNKNOWN), NOT_CHECKED, "1 of 2 packages were checked"),
        (audited(flask=UNKNOWN), NOT_CHECKED, "could not be checked"),
        (audited(), NOT_CHECKED, "could not be checked"),
        ("", NOT_CHECKED, "could not be checked"),
        ("Traceback", NOT_CHECKED, "could not be checked"),
    ],
)
def test_audit_passes_only_what_was_looked_up(said: str, status: int, words: str) -> None:
    verdict = judge(said)
    assert verdict.status == status
    assert words.replace("do not know", "does not know") in " ".join(verdict.lines)


def test_every_licence_is_one_that_we_looked_at() -> None:
    text = (ROOT / "docs/assurance/licences.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
    assert len(known) > 10
    said = {package.licence or find_licence(package.name) for package in locked()}
    assert not {licence for licence in said if licence} - known
