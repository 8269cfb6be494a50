"""Writes the bill of materials of what runs, in CycloneDX's JSON, from the locks and nothing else.

What stands in it: every package of ``requirements/run.txt`` and of ``package-lock.json`` that is delivered, with its
version, the hashes that an installation is checked against, who asks for it, and the licence that the package says it
has. ``script/sbom`` runs this in the environment whose packages it describes, and has the result validated.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = ["LockedPackage", "build_sbom", "read_npm_lock", "read_python_lock"]

ROOT = Path(__file__).resolve().parent.parent
US = "selfassess"

_NAMESPACE = uuid.UUID("6f1f2c5e-6a0b-5d0a-9a53-2b4f5c3c5d11")
"""Ours, so that the same locks always give the same serial number."""

_PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? *\\?")
_HASH = re.compile(r"--hash=sha256:(?P<hash>[0-9a-f]{64})")
_ASKED_FOR_BY = re.compile(r"# +(?:via +)?(?P<name>[a-z0-9][a-z0-9.-]*)")


@dataclass
class LockedPackage:
    """One package of a lock.

    Attributes:
        purl: Its package URL, which also names it within the bill.
        hashes: Of each file of the release that may be installed, as algorithm and hexadecimal digits.
        asked_for_by: The names of the packages that need it; our own among them.
        marker: Where it is installed, if not everywhere.
        licence: What the package says of itself, where that is known here.
    """

    name: str
    version: str
    purl: str
    hashes: list[tuple[str, str]] = field(default_factory=list)
    asked_for_by: list[str] = field(default_factory=list)
    marker: str | None = None
    licence: str | None = None


def read_python_lock(text: str) -> list[LockedPackage]:
    """The packages of a lock that ``script/lock`` wrote, in its order."""
    found: list[LockedPackage] = []
    for line in text.splitlines():
        stripped = line.strip()
        if pin := _PIN.fullmatch(line):
            name, version = pin["name"], pin["version"]
            found.append(LockedPackage(name, version, f"pkg:pypi/{name}@{version}", marker=pin["marker"]))
        elif found and (digits := _HASH.match(stripped)):
            found[-1].hashes.append(("SHA-256", digits["hash"]))
        elif found and line.startswith(" ") and (parent := _ASKED_FOR_BY.match(stripped)) and stripped != "# via":
            found[-1].asked_for_by.append(parent["name"])
    return found


def read_npm_lock(text: str) -> list[LockedPackage]:
    """The packages of ``package-lock.json`` that end in what browsers get; the tools that build it are left out."""
    packages: dict[str, dict[str, Any]] = json.loads(text)["packages"]
    return [
        _read_npm(path.removeprefix("node_modules/"), entry)
        for path, entry in packages.items()
        if path and not entry.get("dev")
    ]


def _read_npm(name: str, entry: dict[str, Any]) -> LockedPackage:
    algorithm, encoded = entry["integrity"].split("-", 1)
    hashes = [(algorithm.upper().replace("SHA", "SHA-"), base64.b64decode(encoded).hex())]
    purl = f"pkg:npm/{quote(name, safe='/')}@{entry['version']}"
    return LockedPackage(name, entry["version"], purl, hashes, [US], licence=entry.get("license"))


def find_licence(name: str) -> str | None:
    """What an installed package says its licence is; None where it is not installed here, or says nothing."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    return _line(said, "License-Expression") or _of_classifiers(said) or _line(said, "License")


def _of_classifiers(said: PackageMetadata) -> str | None:
    licences = [c.split(" :: ")[-1] for c in said.get_all("Classifier", []) if c.startswith("License :: ")]
    return " or ".join(licences) or None


def _line(said: PackageMetadata, name: str) -> str | None:
    text = said[name].strip() if name in said else ""
    return text.splitlines()[0] if text else None


def build_sbom(packages: Iterable[LockedPackage], *, version: str, moment: datetime) -> dict[str, Any]:
    """The bill, as CycloneDX 1.6 wants it.

    Args:
        packages: What runs beside our own code.
        version: Ours.
        moment: When the bill is made.
    """
    held = sorted(packages, key=lambda package: package.purl)
    components = [_component(package) for package in held]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(_NAMESPACE, json.dumps([version, components])).urn,
        "version": 1,
        "metadata": {
            "timestamp": moment.astimezone(UTC).isoformat(timespec="seconds"),
            "lifecycles": [{"phase": "pre-build"}],
            "component": {"type": "application", "bom-ref": US, "name": US, "version": version} | _licences("MIT"),
        },
        "components": components,
        "dependencies": [{"ref": US, "dependsOn": _needs(US, held)}]
        + [{"ref": package.purl, "dependsOn": _needs(package.name, held)} for package in held],
    }


def _component(package: LockedPackage) -> dict[str, Any]:
    written: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "scope": "optional" if package.marker else "required",
        # The hashes are those of files, any of which may be installed, not of one component.
        "externalReferences": [
            {
                "type": "distribution",
                "url": package.purl,
                "hashes": [{"alg": algorithm, "content": digits} for algorithm, digits in package.hashes],
            }
        ],
    }
    if package.marker:
        written["properties"] = [{"name": f"{US}:installed-where", "value": package.marker}]
    return written | (_licences(package.licence) if package.licence else {})


def _licences(said: str) -> dict[str, Any]:
    return {"licenses": [{"license": {"name": said}}]}


def _needs(name: str, packages: Iterable[LockedPackage]) -> list[str]:
    return [package.purl for package in packages if name in package.asked_for_by]


def _read_locks() -> Iterator[LockedPackage]:
    for package in read_python_lock((ROOT / "requirements/run.txt").read_text(encoding="utf-8")):
        package.licence = find_licence(package.name)
        yield package
    yield from read_npm_lock((ROOT / "package-lock.json").read_text(encoding="utf-8"))


def main() -> None:
    """Write the bill to standard output."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bill = build_sbom(_read_locks(), version=project["version"], moment=datetime.now(UTC))
    sys.stdout.write(json.dumps(bill, indent=2) + "\n")


if __name__ == "__main__":
    main()
