"""Check that everything in a release agrees, and list the files of which it consists.

The package and its bill of materials, the connector, the API description, the notes of the
changelog and the checksums; the same bytes for the same tree.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from infra.package import archive, stage

_CONNECTOR = stage.ROOT / "infra" / "connector"
_CONNECTOR_FILES = (
    *("apiDefinition.swagger.json", "apiProperties.json", "settings.json", "icon.png"),
    *("README.md", "CODES.md", "openapi.json", "openapi-3.0.json"),
)


def faults(root: Path, version: str) -> Iterator[str]:
    """What says another version, or nothing of this one."""
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    if f'\nversion = "{version}"\n' not in project:
        yield f"pyproject.toml is not of {version}"
    if not notes(root, version):
        yield f"CHANGELOG.md has no section [{version}] with anything in it"
    for name in ("apiDefinition.swagger.json", "openapi.json", "openapi-3.0.json"):
        text = (root / "infra" / "connector" / name).read_text(encoding="utf-8")
        if json.loads(text)["info"]["version"] != version:
            yield f"infra/connector/{name} is not of {version}: run `make connector`"


def notes(root: Path, version: str) -> str:
    """The section of the changelog for a version; empty if there is none."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## |\Z)"
    found = re.search(heading, text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found is not None else ""


def write(out: Path, version: str, built: Path) -> None:
    """Lay the files of a release out, from this package; whatever was there before is gone."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    shutil.copyfile(built / "reprieve.zip", out / f"reprieve-{version}.zip")
    shutil.copyfile(built / "sbom.json", out / f"reprieve-{version}.sbom.json")
    shutil.copyfile(_CONNECTOR / "openapi.json", out / f"reprieve-{version}.openapi.json")
    flows = (path.relative_to(_CONNECTOR).as_posix() for path in _flows())
    names = (*_CONNECTOR_FILES, *flows)
    archive.write_zip(_CONNECTOR, names, out / f"reprieve-connector-{version}.zip")
    sums = [f"{_digest(path)}  {path.name}\n" for path in sorted(out.iterdir())]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    (out / "NOTES.md").write_text(notes(stage.ROOT, version) + "\n", encoding="utf-8")


def _flows() -> Iterator[Path]:
    return (path for path in sorted((_CONNECTOR / "flows").rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
