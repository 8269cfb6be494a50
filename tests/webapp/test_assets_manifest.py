"""Finding the files that the front-end build wrote."""

import re
from pathlib import Path

import pytest

from webapp.assets_manifest import AssetError, read_assets

STATIC = Path(__file__).parents[2] / "webapp" / "static" / "build"


def write_manifest(folder: Path, text: str) -> Path:
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return folder


def test_built_name_is_found_under_the_address(tmp_path: Path) -> None:
    assets = read_assets(write_manifest(tmp_path, '{"site.css": "site-1A.css"}'), address="/static/build/")

    assert assets.address("site.css") == "/static/build/site-1A.css"


def test_unknown_name_says_what_there_is_and_what_to_run(tmp_path: Path) -> None:
    assets = read_assets(write_manifest(tmp_path, '{"site.css": "site-1A.css"}'), address="/static")

    with pytest.raises(AssetError, match=r"no “sight.css” \(it has site.css\): run script/assets"):
        assets.address("sight.css")


def test_missing_build_names_the_script(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=r"manifest.json cannot be read .*: run script/assets"):
        read_assets(tmp_path, address="/static")


@pytest.mark.parametrize("text", ["", "[]", '{"site.css": 1}'])
def test_damaged_manifest_names_the_script(tmp_path: Path, text: str) -> None:
    with pytest.raises(AssetError, match="not what script/assets writes"):
        read_assets(write_manifest(tmp_path, text), address="/static")


def test_build_holds_every_file_that_its_manifest_and_style_sheet_name() -> None:
    assets = read_assets(STATIC, address="")
    style = (STATIC / assets.address("site.css").lstrip("/")).read_text(encoding="utf-8")
    named = [address.lstrip("/") for address in assets.addresses.values()]
    named += re.findall(r"url\(\"?\./([^)\"]+)", style)

    assert len(named) > len(assets.addresses)
    assert [name for name in named if not (STATIC / name).is_file()] == []


def test_build_takes_nothing_from_outside() -> None:
    texts = [path.read_text(encoding="utf-8") for path in STATIC.iterdir() if path.suffix in {".css", ".js"}]

    assert len(texts) == 3
    assert [
        address for text in texts for address in re.findall(r"url\(\"?(?:https?:)?//[^)]*|import\([^)]*", text)
    ] == []


def test_first_page_stays_small() -> None:
    """What a first page loads beside itself, as it crosses the line: style sheet, script, and both weights."""
    assets = read_assets(STATIC, address="")
    packed = [assets.address(name).lstrip("/") + ".gz" for name in ("site.css", "site.js")]
    fonts = [assets.address(f"source-sans-3-latin-{weight}-normal.woff2").lstrip("/") for weight in (400, 600)]

    assert sum((STATIC / name).stat().st_size for name in packed + fonts) < 60_000
    assert (STATIC / packed[0]).stat().st_size < 12_000
