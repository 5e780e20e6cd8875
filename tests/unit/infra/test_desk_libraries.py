"""What is taken of the desk's libraries, and that it is what the lock file says."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.local.setup.places import DESK_COPY, DESK_LIBRARIES, DESK_LOCK

TAKEN = ("lit-html", "@tanstack/virtual-core")


def write(script: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script that writes the libraries into a folder."""
    node = shutil.which("node")
    assert node is not None
    return subprocess.run(  # noqa: S603 - our own script
        [node, str(script), str(folder)], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the libraries, where something old was before."""
    folder = tmp_path_factory.mktemp("written") / "lib"
    folder.mkdir()
    (folder / "old.js").write_text("old")
    done = write(DESK_COPY, folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_each_library_is_one_file_with_its_licence_and_what_was_there_before_goes(
    written: Path,
) -> None:
    """A file that a new version has no more is not served on."""
    names = [library.rpartition("/")[2] for library in TAKEN]

    assert {path.name for path in written.iterdir()} == {
        f"{name}.{ending}" for name in names for ending in ("js", "LICENSE")
    }
    for name in names:
        assert "Copyright" in (written / f"{name}.LICENSE").read_text(encoding="utf-8")


def test_a_library_stands_by_itself_and_leaves_no_question_to_a_build(written: Path) -> None:
    """No other module is named, no source map, nothing of Node's; the licence's own words stay."""
    for path in written.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"\bimport\b", text) == []
        assert "sourceMappingURL" not in text
        assert "process.env" not in text
    assert "@license" in (written / "lit-html.js").read_text(encoding="utf-8")


def test_the_desk_imports_nothing_that_a_library_does_not_give(written: Path) -> None:
    """A name that is missing would break every view, and only in the browser."""
    modules = [path for path in DESK_LIBRARIES.parent.rglob("*.js") if "lib" not in path.parts]
    asked = re.compile(r'import \{([^}]+)\} from "\.\./lib/([\w-]+\.js)"')
    found = [one for path in modules for one in asked.findall(path.read_text(encoding="utf-8"))]

    assert {file for _, file in found} == {path.name for path in written.glob("*.js")}
    for names, file in found:
        text = (written / file).read_text(encoding="utf-8")
        given = re.split(r"[,{}]|\bas\b", text[text.rindex("export{") : text.rindex("}")])
        assert {name.strip() for name in names.split(",")} - {""} <= {
            name.strip() for name in given
        }


def test_the_same_versions_give_the_same_bytes(written: Path) -> None:
    """What set-up has put beside the page is what anybody else gets."""
    for path in written.iterdir():
        assert (DESK_LIBRARIES / path.name).read_bytes() == path.read_bytes()


def test_a_missing_library_is_named_and_leaves_what_was_there(tmp_path: Path) -> None:
    """Half of them would fail in the browser, far from the cause."""
    script = tmp_path / DESK_COPY.name
    shutil.copy(DESK_COPY, script)
    modules = DESK_LOCK.parent / "node_modules"
    (tmp_path / "node_modules" / "@esbuild").mkdir(parents=True)
    for name in (
        "esbuild",
        "lit-html",
        *(f"@esbuild/{one.name}" for one in (modules / "@esbuild").iterdir()),
    ):
        (tmp_path / "node_modules" / name).symlink_to(modules / name)
    folder = tmp_path / "lib"
    folder.mkdir()
    (folder / "here.js").write_text("here")

    done = write(script, folder)

    assert done.returncode != 0
    assert "@tanstack/virtual-core" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["here.js"]


def test_the_lock_file_has_hashes_and_no_addresses() -> None:
    """Whoever installs takes the same bytes, from whichever registry is theirs."""
    lock = json.loads(DESK_LOCK.read_text(encoding="utf-8"))
    packages = {name: item for name, item in lock["packages"].items() if name}

    assert {f"node_modules/{package}" for package in TAKEN} <= set(packages)
    for item in packages.values():
        assert item["integrity"].startswith("sha512-")
        assert "resolved" not in item
