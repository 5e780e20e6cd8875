"""The whole page weighs little, as it is served after packaging."""

import shutil
import subprocess

import pytest

from functions.http.desk_files import FOLDER, DeskFiles
from infra.local.setup.places import DESK_LOCK
from shared.texts.reader import Language

_LIMIT = 100 * 1024
_COMPRESS = DESK_LOCK.with_name("compress.mjs")


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> DeskFiles:
    """Give the files as packaging makes them."""
    folder = tmp_path_factory.mktemp("packaged") / "desk"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.br"))
    node = shutil.which("node")
    assert node is not None
    subprocess.run([node, str(_COMPRESS), str(folder)], check=True, timeout=60)  # noqa: S603 - ours
    return DeskFiles.read(folder, "keys")


@pytest.mark.parametrize("language", list(Language))
def test_every_screen_in_one_language_is_within_a_hundred_kilobytes(
    packaged: DeskFiles, language: Language
) -> None:
    """All that a browser ever loads of it, over any telephone's line."""
    words = f"words/{language.value}.json"
    mine = {
        name: len(file.encoded("gzip, deflate, br")[0])
        for name, file in packaged.by_path.items()
        if "/words/" not in name or name.endswith(words)
    }
    assert any(name.endswith(words) for name in mine)
    assert len(mine) > 50

    assert sum(mine.values()) <= _LIMIT, f"{sum(mine.values()):,} bytes"
