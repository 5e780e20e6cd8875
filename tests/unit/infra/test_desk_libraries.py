"""What is copied of the desk's libraries, and that it is what the lock file says."""

import json
import re
from pathlib import Path

import pytest

from infra.desk.libraries import FILES, MODULES, TARGET, copy_libraries

HERE = MODULES.parent


def test_a_library_is_copied_with_its_licence_and_without_what_only_a_build_knows(
    tmp_path: Path,
) -> None:
    """No source map is named, and no question of Node's is left open."""
    copy_libraries(target=tmp_path)

    for package, names in FILES.items():
        assert "LICENSE" in names
        for name in names:
            text = tmp_path.joinpath(package, name).read_text(encoding="utf-8")
            assert text
            assert "sourceMappingURL" not in text
            assert "process.env" not in text


def test_what_was_there_before_goes(tmp_path: Path) -> None:
    """A file that a new version has no more is not served on."""
    (tmp_path / "old.js").write_text("old")

    copy_libraries(target=tmp_path)

    assert not (tmp_path / "old.js").exists()


def test_a_missing_file_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    """Half a library would fail in the browser, far from the cause."""
    with pytest.raises(FileNotFoundError, match="lit-html"):
        copy_libraries(modules=tmp_path / "empty", target=tmp_path / "lib")

    assert not (tmp_path / "lib").exists()


def test_copied_modules_name_only_copied_modules() -> None:
    """A bare name, or a file that stayed behind, no browser can find."""
    for path in TARGET.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'(?:from|import)\s*"([^"]+)"', text):
            assert name.startswith(".")
            assert (path.parent / name).resolve().is_file(), f"{path}: {name}"


def test_the_lock_file_has_hashes_and_no_addresses() -> None:
    """Whoever installs takes the same bytes, from whichever registry is theirs."""
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: item for name, item in lock["packages"].items() if name}

    assert {f"node_modules/{package}" for package in FILES} <= set(packages)
    for item in packages.values():
        assert item["integrity"].startswith("sha512-")
        assert "resolved" not in item


def test_comments_stay_behind_and_licences_and_code_do_not(tmp_path: Path) -> None:
    """Only whole lines of comment go: what shares a line with code is code."""
    lines = {
        "/**\n * @license\n * BSD\n */\n": True,
        "/* @license BSD */const a=1;\n": True,
        "  // what follows\n": False,
        "/** What it does.\n * @param x\n */\n": False,
        "/* one */ const b = 2; // two\n": True,
        "const c = 'https://x'; /* three\n*/ const d = 4;\n": True,
    }
    for package, names in FILES.items():
        for name in names:
            path = tmp_path / "from" / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(lines), encoding="utf-8")

    copy_libraries(modules=tmp_path / "from", target=tmp_path / "to")

    kept = (tmp_path / "to" / "lit-html" / "lit-html.js").read_text(encoding="utf-8")
    assert kept == "".join(line for line, stays in lines.items() if stays)
