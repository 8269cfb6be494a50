"""Workbooks for tests: filled in as a spreadsheet program would, and built part by part as an attacker would."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

OFFICE = shutil.which("soffice")
"""LibreOffice, where it is installed."""

Cells = Mapping[str, str | int | float | date]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIRST_DAY = date(1899, 12, 30)


def read_parts(path: Path) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A workbook of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def fill(path: Path, typed: Mapping[str, Cells]) -> Path:
    """Type values into cells of a workbook, by sheet and cell; each cell must be there already."""
    parts = read_parts(path)
    places = _sheet_parts(parts)
    for sheet, cells in typed.items():
        root = ET.fromstring(parts[places[sheet]])  # noqa: S314 - our own workbook
        found = {cell.get("r", ""): cell for cell in root.iter(f"{{{_MAIN}}}c")}
        for name, value in cells.items():
            _type(found[name], value)
        parts[places[sheet]] = _written(root)
    return write_parts(path, parts)


def convert(path: Path, ending: str, folder: Path) -> Path:
    """Let LibreOffice open a file and save it in another format."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    run = [str(OFFICE), profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(path)]
    subprocess.run(run, check=True, capture_output=True, timeout=120)  # noqa: S603 - a program of this machine
    return folder / f"{path.stem}.{ending}"


def _written(root: ET.Element) -> bytes:
    # The prefixes are the process's: said at each writing, because a library imported in between may take them.
    ET.register_namespace("", _MAIN)
    ET.register_namespace("r", _LINKS)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    links = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314 - our own workbook
    targets = {link.get("Id"): f"xl/{link.get('Target')}" for link in links}
    book = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314 - our own workbook
    return {s.get("name", ""): targets[s.get(f"{{{_LINKS}}}id")] for s in book.iter(f"{{{_MAIN}}}sheet")}


def _type(cell: ET.Element, value: str | float | date) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = ET.SubElement(ET.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
        text.text = value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        number = (value - _FIRST_DAY).days if isinstance(value, date) else value
        ET.SubElement(cell, f"{{{_MAIN}}}v").text = str(number)


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def make_parts(sheet: str, *, strings: str = "") -> dict[str, bytes]:
    """The parts of a workbook with one sheet, “Sheet1”, from the XML inside its ``sheetData``.

    Args:
        sheet: The rows.
        strings: The shared texts, as the XML inside ``sst``.
    """
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    texts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{_LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets><sheet name="Sheet1" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
    }
    return {name: text.encode() for name, text in texts.items()}
