"""A release is built only if everything says its version, and holds what its checksums say."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from infra.package.stage import ROOT
from infra.release import files as release
from shared import __version__

CHANGES = """# Changelog

## [Unreleased]

## [2.0.0] - 2027-01-01

### Added

- Something.

## [1.0.0] - 2026-12-01

- The first.
"""


def a_tree(folder: Path) -> Path:
    """A repository that is ready to be released as 2.0.0."""
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "2.0.0"\n')
    (folder / "CHANGELOG.md").write_text(CHANGES)
    connector = folder / "infra" / "connector"
    connector.mkdir(parents=True)
    for name in ("apiDefinition.swagger.json", "openapi.json", "openapi-3.0.json"):
        (connector / name).write_text(json.dumps({"info": {"version": "2.0.0"}}))
    return folder


def test_a_tree_that_agrees_is_ready(tmp_path: Path) -> None:
    """And its notes are the section of the changelog, no more."""
    tree = a_tree(tmp_path)

    assert list(release.faults(tree, "2.0.0")) == []
    assert release.notes(tree, "2.0.0") == "### Added\n\n- Something."


def test_all_that_does_not_agree_is_said_at_once(tmp_path: Path) -> None:
    """Each with what to do."""
    found = "\n".join(release.faults(a_tree(tmp_path), "3.0.0"))

    assert "pyproject.toml is not of 3.0.0" in found
    assert "CHANGELOG.md has no section [3.0.0]" in found
    assert found.count("run `make connector`") == 3


@pytest.mark.parametrize("name", ["pyproject.toml", "CHANGELOG.md"])
def test_what_lags_behind_alone_is_found(tmp_path: Path, name: str) -> None:
    """The old version is still there, somewhere."""
    tree = a_tree(tmp_path)
    text = (tree / name).read_text()
    (tree / name).write_text(text.replace("2.0.0", "1.9.0"))

    (fault,) = release.faults(tree, "2.0.0")

    assert fault.startswith(name)


def test_the_version_stands_in_every_place() -> None:
    """Until a release, too: whoever sets it runs `make connector`."""
    found = [it for it in release.faults(ROOT, __version__) if "CHANGELOG" not in it]

    assert found == []


def test_the_files_of_a_release(tmp_path: Path) -> None:
    """Package, bill of materials, description, connector with its flows, and true checksums."""
    built = tmp_path / "package"
    built.mkdir()
    for name in ("reprieve.zip", "sbom.json"):
        (built / name).write_text(name)
    out = tmp_path / "release"

    release.write(out, "2.0.0", built)

    sums = dict(line.split()[::-1] for line in (out / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == {
        *("reprieve-2.0.0.zip", "reprieve-2.0.0.sbom.json", "reprieve-2.0.0.openapi.json"),
        "reprieve-connector-2.0.0.zip",
    }
    for name, digest in sums.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(out / "reprieve-connector-2.0.0.zip") as archive:
        names = set(archive.namelist())
    assert {"apiDefinition.swagger.json", "icon.png", "flows/README.md"} <= names
    # Whom a fix sends to the page of all codes finds it in each release.
    assert "CODES.md" in names
    assert "flows/logic-apps/restore-with-managed-identity.json" in names
    assert not any(name.endswith(".py") for name in names)
