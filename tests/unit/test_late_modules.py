"""Test that what nobody uses is not loaded, and is there for whoever does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Barrier

import pytest

from shared.late_modules import put_off
from tests.unit.first_start import TEXT

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "late_package"
MODULE = f"{PACKAGE}.late"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a package, in which a test writes modules; forgotten afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / PACKAGE
    folder.mkdir()
    (folder / "__init__.py").touch()
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def write(package: Path, *lines: str) -> Path:
    """Make the module, which leaves a mark each time its code has begun; gives the mark."""
    mark = package / "mark"
    begun = f"with open({str(mark)!r}, 'a') as mark: mark.write('begun ')"
    (package / "late.py").write_text("\n".join((begun, *lines)), encoding="utf-8")
    return mark


def test_a_worker_loads_none_of_it_and_reads_any_answer_all_the_same() -> None:
    """With warnings as errors: requests, which looks for one of them, has nothing to say."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.unit.first_start"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    assert json.loads(ran.stdout) == {
        "clients": ["azure.identity.aio", "azure.storage.queue.aio", "requests"],
        "before": [],
        "read": TEXT,
        "after": ["charset_normalizer"],
    }


def test_the_code_runs_with_the_first_use(package: Path) -> None:
    """To import it, and to ask for its name, is none; afterwards it is the module it always was."""
    mark = write(package, "value = 7", "from late_package import late", "itself = late")
    assert put_off(MODULE)

    late = import_module(MODULE)
    assert late.__name__ == MODULE
    assert vars(import_module(PACKAGE))["late"] is late
    assert not mark.exists()

    assert (late.value, late.itself) == (7, late)
    assert mark.read_text() == "begun "


def test_what_it_does_not_have_is_missing_as_ever(package: Path) -> None:
    """Also when its own code looks for it while it runs."""
    write(package, "import late_package.late", "found = hasattr(late_package.late, 'other')")
    put_off(MODULE)

    late = import_module(MODULE)
    assert late.found is False
    with pytest.raises(AttributeError, match=r"module 'late_package\.late' has no attribute 'no'"):
        _ = late.no


def test_code_that_fails_tells_everybody_why(package: Path) -> None:
    """Whoever asks next does not get a module that has half of its content."""
    write(package, "import that_is_not_there")
    put_off(MODULE)

    late = import_module(MODULE)
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="that_is_not_there"):
            _ = late.value


def test_who_asks_while_the_code_runs_waits_for_its_end(package: Path) -> None:
    """Two threads at once: the code runs once, and both find its last line."""
    mark = write(package, "for number in range(20_000): value = number")
    put_off(MODULE)
    late, both = import_module(MODULE), Barrier(2)

    def ask(_: int) -> object:
        both.wait()
        return late.value

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(ask, range(2))) == [19_999, 19_999]
    assert mark.read_text() == "begun "


def test_what_its_package_loads_at_once_is_not_replaced(package: Path) -> None:
    """It is loaded already when the package is asked where it is."""
    mark = write(package, "value = 7")
    (package / "__init__.py").write_text("from late_package import late", encoding="utf-8")

    assert not put_off(MODULE)

    assert import_module(MODULE) is vars(import_module(PACKAGE))["late"]
    assert mark.read_text() == "begun "


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("name", [PACKAGE, "that_is_not_there"])
def test_what_is_loaded_or_not_installed_stays_as_it_is(name: str) -> None:
    """Nothing is put in the place of either."""
    import_module(PACKAGE)
    before = sys.modules.get(name)

    assert not put_off(name)

    assert sys.modules.get(name) is before
