"""Test that compiled modules get smaller in the package, and load and work as before."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from infra.package.binaries import loaded_part, strip_modules

_USED = (
    "import importlib.util as u; s = u.spec_from_file_location('multidict._multidict', {!r});"
    " m = u.module_from_spec(s); s.loader.exec_module(m);"
    " print(m.__file__, m.MultiDict([('a', 1), ('a', 2)]).getall('a'))"
)


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """Give a copy of a compiled module that comes with its symbols."""
    spec = find_spec("multidict._multidict")
    assert spec is not None
    original = Path(str(spec.origin))
    copy = tmp_path / "deep" / original.name
    copy.parent.mkdir()
    copy.write_bytes(original.read_bytes())
    return copy


def test_a_module_is_smaller_and_works(module: Path, tmp_path: Path) -> None:
    """Loaded from where it is, by a Python of its own."""
    before = module.stat().st_size

    strip_modules(tmp_path)

    assert module.stat().st_size < before / 2
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", _USED.format(str(module))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split(maxsplit=1) == [str(module), "[1, 2]\n"]


def test_all_that_is_loaded_stays_as_it_was(module: Path) -> None:
    """Only the header changes, and the same input gives the same bytes, however often."""
    content = module.read_bytes()
    kept = loaded_part(content)

    assert kept[64:] == content[64 : len(kept)]
    assert loaded_part(kept) == kept


def test_what_is_no_such_module_is_left_alone(tmp_path: Path) -> None:
    """A text of that name, or a module for another kind of machine."""
    odd = {"a.so": b"no module", "b.so": b"\x7fELF\x01\x01" + bytes(90), "c.so.1": b""}
    for name, content in odd.items():
        (tmp_path / name).write_bytes(content)

    strip_modules(tmp_path)

    assert {name: (tmp_path / name).read_bytes() for name in odd} == odd
