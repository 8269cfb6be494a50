"""What the page on deployment says is so: every setting with its default, and every file that it names."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from webapp import _LARGEST_FORM, gunicorn_conf
from webapp.commands import add_commands
from webapp.settings import Settings
from webapp.site import Site

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
UNITS = sorted(ROOT.glob("deploy/*.service"))
OTHER_NAMES = {"database_url": "DATABASE_URL"}


def shown_defaults() -> dict[str, str]:
    """Every variable of the page's tables with the default that it names; nothing where it has none."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| .+ \|$", PAGE, flags=re.MULTILINE)
    return {name: default.strip("`") for name, default in rows}


def real_defaults() -> dict[str, str]:
    """Every setting of the site with its default, as the page should show it."""
    return {
        OTHER_NAMES.get(name, f"SELFASSESS_{name.upper()}"): _write(field.default, is_required=field.is_required())
        for name, field in Settings.model_fields.items()
    }


def _write(default: object, *, is_required: bool) -> str:
    if is_required:
        return "none: it must be set"
    return "none" if default is None else str(default)


def test_every_setting_is_shown_with_its_default() -> None:
    of_the_server = {
        "HOST": gunicorn_conf._HOST,
        "PORT": gunicorn_conf._PORT,
        "WEB_CONCURRENCY": str(gunicorn_conf.workers),
    }
    assert shown_defaults() == real_defaults() | of_the_server


def test_every_setting_of_the_example_is_one() -> None:
    lines = (ROOT / "deploy" / "selfassess.env").read_text(encoding="utf-8").splitlines()
    named = {line.lstrip("#").split("=")[0] for line in lines if re.match(r"#?[A-Z_]+=", line)}
    assert named <= real_defaults().keys() | {"XDG_CACHE_HOME", "PYTHONDONTWRITEBYTECODE"}
    assert {"SELFASSESS_SECRET_KEY", "DATABASE_URL"} <= named


def test_every_file_that_is_named_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_unit_runs_what_there_is_and_may_write_to_its_own_folders_alone(unit: Path) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit.read_text(encoding="utf-8"))
    service = parser["Service"]
    assert (service["User"], service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("selfassess", "strict", "")
    assert service["EnvironmentFile"] == "/etc/selfassess.env"
    if "gunicorn" in service["ExecStart"]:
        assert int(service["TimeoutStopSec"]) > gunicorn_conf.graceful_timeout
        return
    app = Site("commands")
    add_commands(app)
    words = service["ExecStart"].split("--app webapp.wsgi ")[1].split()
    assert words[0] in app.cli.commands


def test_proxy_waits_as_long_as_the_site_and_lets_its_largest_form_through() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert int(re.findall(r"proxy_read_timeout (\d+)s", text)[0]) > gunicorn_conf.timeout
    assert int(re.findall(r"client_max_body_size (\d+)m", text)[0]) * 1024 * 1024 > _LARGEST_FORM
    for header in ("Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"):
        assert f"proxy_set_header {header} " in text


def test_image_copies_only_what_the_builder_is_given() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    given = {line[1:] for line in lines if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Containerfile").read_text(), flags=re.MULTILINE)
    assert {name for line in copied for name in line.split()} == given
    assert all((ROOT / name).exists() for name in given)
