"""What the package builder keeps, and that it writes the same bytes for the same tree."""

import os
import re
import zipfile
from pathlib import Path

import pytest

from infra.package import azd
from infra.package.archive import holds, write_zip
from infra.package.proof import IncompleteError, unshadowed
from infra.package.reach import Site, reachable
from infra.package.stage import ROOT, app_files, commit, write_commit
from shared.bootstrap import commit_of


def a_site(folder: Path, **modules: str) -> Site:
    """An SDK of these modules: `a__b` is the module `msgraph.generated.a.b`."""
    for name, text in modules.items():
        path = folder.joinpath("msgraph", "generated", *name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        for parent in path.relative_to(folder).parents:
            (folder / parent / "__init__.py").touch()
        path.write_text(text)
    return Site(folder)


def an_app(folder: Path, text: str) -> list[Path]:
    """An app of one file."""
    file = folder / "app.py"
    file.write_text(text)
    return [file]


def test_what_the_app_names_is_kept_with_what_it_loads(tmp_path: Path) -> None:
    """Imports in functions of the app count; those for type checkers do not."""
    site = a_site(
        tmp_path,
        users__users_request_builder=(
            "from __future__ import annotations\n"
            "from typing import TYPE_CHECKING\n"
            "from . import other\n"
            "if TYPE_CHECKING:\n    from ..models import user\n"
        ),
        users__other="",
        models__user="",
    )
    app = an_app(
        tmp_path, "def f():\n    from msgraph.generated.users.users_request_builder import X\n"
    )

    kept = reachable(app, site)

    assert kept == [
        "msgraph",
        "msgraph.generated",
        "msgraph.generated.users",
        "msgraph.generated.users.other",
        "msgraph.generated.users.users_request_builder",
    ]


def test_a_builder_named_as_a_text_is_kept(tmp_path: Path) -> None:
    """As shared/graph/calls/builders.py names those that it passes through."""
    site = a_site(tmp_path, users__users_request_builder="", me__me_request_builder="")
    app = an_app(tmp_path, 'NAMES = ("users.users_request_builder",)\n')

    kept = reachable(app, site)

    assert "msgraph.generated.users.users_request_builder" in kept
    assert "msgraph.generated.me.me_request_builder" not in kept


def test_a_builder_behind_a_property_the_app_uses_is_kept(tmp_path: Path) -> None:
    """Also where nobody listed it; a model behind the same property is not."""
    site = a_site(
        tmp_path,
        client=(
            "class Client:\n"
            "    @property\n    def users(self):\n"
            "        from .users.users_request_builder import U\n"
            "        from .models.user import User\n"
            "    @property\n    def groups(self):\n"
            "        from .groups.groups_request_builder import G\n"
        ),
        users__users_request_builder="",
        groups__groups_request_builder="",
        models__user="",
    )
    app = an_app(tmp_path, "from msgraph.generated.client import Client\nClient().users\n")

    kept = reachable(app, site)

    assert "msgraph.generated.users.users_request_builder" in kept
    assert not any("groups" in name or "models" in name for name in kept)


def test_the_same_tree_gives_the_same_zip(tmp_path: Path) -> None:
    """Whenever its files were written, in whatever order, by whomever."""
    first, second = tmp_path / "1", tmp_path / "2"
    for folder, names in ((first, "ab"), (second, "ba")):
        for name in names:
            (folder / name).mkdir(parents=True)
            (folder / name / "f.py").write_text(name)
    os.utime(second / "a" / "f.py", (1, 1))
    (second / "a" / "f.py").chmod(0o600)

    digests = {
        write_zip(folder, ("b/f.py", "a/f.py"), folder.with_suffix(".zip"))
        for folder in (first, second)
    }

    assert len(digests) == 1
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert archive.namelist() == ["a/f.py", "b/f.py"]


def a_built_folder(folder: Path) -> Path:
    """An app with byte code, and a dependency with some."""
    for name in ("__pycache__/a.pyc", "a.py", ".python_packages/lib/site-packages/d/__pycache__/x"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def test_a_folder_that_was_changed_is_seen(tmp_path: Path) -> None:
    """Azd ships the folder: a file more, less or other there, and it is built anew."""
    folder, zipped = a_built_folder(tmp_path / "app"), tmp_path / "app.zip"
    azd.keep_everything(folder)
    write_zip(folder, azd.shipped(folder), zipped)
    assert holds(zipped, folder, azd.shipped(folder))

    for change in (
        lambda: (folder / "a.py").write_text("changed"),
        (folder / "b.py").touch,
        (folder / "a.py").unlink,
    ):
        change()
        assert not holds(zipped, folder, azd.shipped(folder))


def test_azd_ships_the_byte_code(tmp_path: Path) -> None:
    """By itself it leaves it out; the file that keeps it in is not shipped."""
    folder = a_built_folder(tmp_path)
    files = (path for path in folder.rglob("*") if path.is_file())
    everything = {path.relative_to(folder).as_posix() for path in files}

    assert azd.shipped(folder) == {"a.py"}
    azd.keep_everything(folder)
    assert azd.shipped(folder) == everything


def test_a_file_that_names_something_is_not_guessed_at(tmp_path: Path) -> None:
    """What azd then leaves out is its own business."""
    (tmp_path / azd.IGNORE).write_text("*.pyc\n")

    with pytest.raises(ValueError, match="names something"):
        azd.shipped(tmp_path)


def test_no_dependency_may_take_the_name_of_a_module_of_ours(tmp_path: Path) -> None:
    """In Azure the app's folder comes last on the path."""
    site = tmp_path / ".python_packages" / "lib" / "site-packages"
    (site / "shared").mkdir(parents=True)
    (tmp_path / "functions").mkdir()
    unshadowed(tmp_path)

    (tmp_path / "shared").mkdir()

    with pytest.raises(IncompleteError, match="shared"):
        unshadowed(tmp_path)


def test_the_package_has_the_app_and_nothing_beside_it() -> None:
    """No tests, no infra, no settings of a developer."""
    files = {path.as_posix() for path in app_files()}

    assert {"function_app.py", "host.json", "shared/bootstrap.py"} <= files
    tops = {name.split("/")[0] for name in files}
    assert tops == {"function_app.py", "host.json", "functions", "shared"}
    assert all((ROOT / name).is_file() for name in files)


def test_a_package_says_of_which_commit_it_is(tmp_path: Path) -> None:
    """As the service tells it; a package of no commit says nothing."""
    assert commit_of(tmp_path) is None

    write_commit(tmp_path)

    assert commit_of(tmp_path) == (commit() or None)
    assert re.fullmatch("[0-9a-f]{40}|", commit())
    (tmp_path / "commit.txt").write_text("\n")
    assert commit_of(tmp_path) is None
