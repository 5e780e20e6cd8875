"""Test that byte code stands in for the sources of other packages, and works as they do."""

import subprocess
import sys
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from infra.package.bytecode import AZURES_BYTE_CODE, compile_package, replace_sources
from infra.package.stage import SITE

_THEIRS = '''"""What it is for."""
from dataclasses import dataclass


def half(number):
    """Half of it."""
    assert number % 2 == 0, "odd"
    return number // 2


class Plain:
    """Only this."""


class Two:
    """The docstring."""
    "A text that nobody asked for."
    size = 1


@dataclass
class Pair:
    """Two of them."""
    left: int = 1
'''
_TOLD = "def f(): 'Told.'\ntold = f.__doc__\n"
_OURS = '"""Ours."""\n\n\ndef ask(half, number):\n    """Ask."""\n    return half(number) + 0\n'

_RUN = """
import sys, traceback
app, site = sys.argv[1:3]
sys.path[:0] = [app, site]
sys.dont_write_bytecode = True
exec(sys.argv[3])
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """Give an app of one module of its own and two of another package, compiled."""
    theirs = tmp_path / SITE / "theirs"
    theirs.mkdir(parents=True)
    (theirs / "__init__.py").touch()
    (theirs / "sums.py").write_text(_THEIRS)
    (theirs / "told.py").write_text(_TOLD)
    (tmp_path / "ours.py").write_text(_OURS)
    compile_package(tmp_path)
    return tmp_path


def told(app: Path, text: str) -> list[str]:
    """What a Python prints that has nothing but the app."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-I", "-S", "-c", _RUN, str(app), str(app / SITE), text],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_a_module_of_another_package_is_byte_code_alone(app: Path) -> None:
    """It is found where its source was, and does what it did."""
    names = {path.name for path in (app / SITE / "theirs").iterdir()}

    assert names == {"__init__.pyc", "sums.pyc", "told.pyc"}
    assert told(app, "from theirs import sums; print(sums.half(4), sums.__file__)") == [
        f"2 {app / SITE / 'theirs' / 'sums.pyc'}"
    ]


def test_a_module_of_ours_keeps_its_source_and_starts_from_byte_code(app: Path) -> None:
    """Whoever looks finds what runs; nobody compares the two at a start."""
    assert (app / "ours.py").read_text() == _OURS

    (app / "ours.py").write_text("raise SystemExit('compiled anew')\n")

    assert told(app, "import ours; print(ours.ask(abs, -2))") == ["2"]


def test_assertions_stay_and_a_traceback_says_where(app: Path) -> None:
    """A line of ours with text and mark; of theirs, the file where Azure has it, and the line."""
    text = """
from ours import ask
from theirs.sums import half
try:
    ask(half, 3)
except AssertionError:
    print(traceback.format_exc())
"""
    lines = told(app, text)

    assert lines[-2] == "AssertionError: odd"
    ours = next(at for at, line in enumerate(lines) if f'"{app / "ours.py"}", line 6' in line)
    assert lines[ours + 1 : ours + 3] == [
        "    return half(number) + 0",
        "           ~~~~^^^^^^^^",
    ]
    place = f"/home/site/wwwroot/{SITE.as_posix()}/theirs/sums.py"
    assert f'  File "{place}", line 7, in half' in lines


def test_columns_are_kept_for_lines_that_are_there(app: Path) -> None:
    """In a line of ours a traceback marks the part; of theirs it has no line."""
    text = (
        "from theirs.sums import half; from ours import ask;"
        " print([any(it[2] for it in f.__code__.co_positions()) for f in (half, ask)])"
    )

    assert told(app, text) == ["[False, True]"]


def test_docstrings_go_unless_somebody_reads_them(app: Path) -> None:
    """The text behind one does not become one; of a dataclass, one would be made."""
    text = (
        "from theirs import sums as s, told; import ours;"
        " print([it.__doc__ for it in (s, s.half, s.Plain, s.Two, s.Pair, ours, ours.ask)]);"
        " print(told.told, s.Two.size)"
    )

    assert told(app, text) == [
        "[None, None, None, None, 'Two of them.', None, None]",
        "Told. 1",
    ]


def test_the_same_sources_give_the_same_bytes(app: Path, tmp_path: Path) -> None:
    """Wherever the folder is."""
    other = tmp_path / "elsewhere"
    for name, text in (("sums", _THEIRS), ("told", _TOLD)):
        path = other / SITE / "theirs" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    compile_package(other)

    for name in ("sums.pyc", "told.pyc"):
        place = SITE / "theirs" / name
        assert (other / place).read_bytes() == (app / place).read_bytes()


def test_who_reads_sources_is_looked_at_first(tmp_path: Path) -> None:
    """A package that begins to do so is not taken in unnoticed."""
    site = tmp_path / SITE
    (site / "attr").mkdir(parents=True)
    (site / "attr" / "_make.py").write_text("import linecache\n")
    (site / "new.py").write_text("import inspect\ntext = inspect.getsource(inspect)\n")

    with pytest.raises(RuntimeError, match=r"^new\.py reads sources"):
        replace_sources(tmp_path)

    (site / "new.py").unlink()
    replace_sources(tmp_path)
    assert not list(site.rglob("*.py"))


def test_who_needs_sources_has_them(tmp_path: Path) -> None:
    """By what it does, or by its licence."""
    for name in ("anyio/__init__.py", "anyio/abc/__init__.py", "certifi/core.py", "anyio/other.py"):
        path = tmp_path / SITE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a = 1\n")

    replace_sources(tmp_path)

    kept = {path.relative_to(tmp_path / SITE).as_posix() for path in tmp_path.rglob("*.py")}
    assert kept == {"anyio/__init__.py", "anyio/abc/__init__.py", "certifi/core.py"}


def test_this_python_makes_the_byte_code_of_azures() -> None:
    """No other may build the package."""
    assert MAGIC_NUMBER == AZURES_BYTE_CODE
