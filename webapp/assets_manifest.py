"""Addresses of the files that the front-end build wrote, by the plain names that templates use."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

_NAMES = TypeAdapter(dict[str, str])


class AssetError(LookupError):
    """The build is missing or damaged, or has no file of the name asked for."""


@dataclass(frozen=True, slots=True)
class AssetsManifest:
    """The built files: plain name to address, such as ``site.css`` to ``/static/build/site-4F2A.css``."""

    addresses: Mapping[str, str]

    def address(self, name: str) -> str:
        """Return the address of a built file; it changes whenever the file's content does.

        Args:
            name: the plain name, such as ``site.css``.

        Raises:
            AssetError: the build has no such file.
        """
        try:
            return self.addresses[name]
        except KeyError:
            known = ", ".join(sorted(self.addresses)) or "nothing"
            raise AssetError(f"the build has no “{name}” (it has {known}): run script/assets") from None


def read_assets(folder: Path, *, address: str) -> AssetsManifest:
    """Read the manifest that ``script/assets`` wrote.

    Args:
        folder: where the built files and ``manifest.json`` are.
        address: what the folder is called in URLs, such as ``/static/build``.

    Raises:
        AssetError: there is no manifest, or it cannot be understood; the message says to run ``script/assets``.
    """
    path = folder / "manifest.json"
    try:
        names = _NAMES.validate_json(path.read_bytes())
    except OSError as error:
        raise AssetError(f"{path} cannot be read ({error.strerror}): run script/assets") from error
    except ValidationError as error:
        raise AssetError(f"{path} is not what script/assets writes: run it again") from error
    return AssetsManifest({name: f"{address.rstrip('/')}/{built}" for name, built in names.items()})
