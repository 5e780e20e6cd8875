"""Test that parts of other packages are left out only if nothing may import them."""

from pathlib import Path

import pytest

from infra.package.left_out import StillWantedError, leave_out
from infra.package.stage import shorten_descriptions

_MODULES = {
    "cffi/__init__.py": "import pycparser\n",
    "pycparser/__init__.py": "",
    "pycparser/_c_ast.cfg": "",
    "opentelemetry/trace.py": "from opentelemetry.semconv.attributes import A\n",
    "opentelemetry/semconv/attributes.py": "A = 1\n",
    "opentelemetry/semconv/_incubating/__init__.py": "",
    "opentelemetry/sdk/deep/down/a.py": "",
    "opentelemetry/sdk/trace.py": "from opentelemetry.semconv import _incubating\n",
    "pydantic/mypy.py": "",
    "pydantic/version.py": "NAMES = ['pydantic.mypy']\n",
    "h2/connection.py": "import hpack\n",
    "hpack/__init__.py": "",
    "hyperframe/__init__.py": "",
    "httpcore/_async/http2.py": "import h2.connection\n",
    "httpcore/_async/connection.py": "PROTOCOLS = ['http/1.1', 'h2']\n",
    "h2-4.0.dist-info/METADATA": "Name: h2\n",
    "hpack-4.0.dist-info/METADATA": "Name: hpack\n",
    "hyperframe-6.0.dist-info/METADATA": "Name: hyperframe\n",
    "opentelemetry_sdk-1.0.dist-info/METADATA": "Name: opentelemetry-sdk\n",
    "pycparser-3.0.dist-info/METADATA": "Name: pycparser\n",
    "cffi-2.0.dist-info/METADATA": "Name: cffi\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a folder of packages that want nothing of each other's left-out parts."""
    for name, text in _MODULES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "site"


def kept(site: Path) -> set[str]:
    """The files that are there."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if not path.is_dir()}


def test_what_nobody_imports_is_left_out(site: Path) -> None:
    """With the description of a package of which nothing is left."""
    leave_out(site, [])

    assert not (site / "cffi").exists()
    assert not (site / "opentelemetry" / "sdk").exists()
    assert kept(site) == {
        "opentelemetry/trace.py",
        "opentelemetry/semconv/attributes.py",
        "pydantic/version.py",
        "httpcore/_async/http2.py",
        "httpcore/_async/connection.py",
        "cffi-2.0.dist-info/METADATA",
    }


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import cffi\n",
        "from cffi import FFI\n",
        "def f():\n    return __import__('cffi')\n",
        "if 1:\n    from opentelemetry.sdk.trace import Tracer\n",
        "from pydantic import mypy\n",
        "import h2.connection\n",
    ],
)
@pytest.mark.parametrize("place", ["app.py", "site/theirs.py", "site/opentelemetry/trace.py"])
def test_what_somebody_may_import_stays(site: Path, text: str, place: str) -> None:
    """The app or another package, at any depth, by a statement or by a name."""
    file = site.parent / place
    file.write_text(text)
    before = kept(site)

    with pytest.raises(StillWantedError, match=r"(app|theirs|trace) imports "):
        leave_out(site, [site.parent / "app.py"] if place == "app.py" else [])

    assert kept(site) == before


def test_an_import_beside_others_is_relative_to_its_package(site: Path) -> None:
    """As `from .sdk import x` in a module of opentelemetry."""
    (site / "opentelemetry" / "near.py").write_text("from .sdk import trace\n")

    with pytest.raises(StillWantedError, match=r"opentelemetry\.near imports opentelemetry\.sdk"):
        leave_out(site, [])


def test_an_import_for_type_checkers_is_none(site: Path) -> None:
    """It never runs; what stands in its `else` does."""
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import cffi\n"
    (site / "theirs.py").write_text(text)
    other = "if TYPE_CHECKING:\n    pass\nelse:\n    import pycparser\n"
    (site / "others.py").write_text(other)

    with pytest.raises(StillWantedError, match=r"wanted: others imports pycparser$"):
        leave_out(site, [])

    (site / "others.py").unlink()
    leave_out(site, [])
    assert "theirs.py" in kept(site)


def test_a_description_keeps_what_the_bill_of_materials_says(tmp_path: Path) -> None:
    """The headers stay, and the page on PyPI goes, however its lines end."""
    for name, end in (("a", "\n"), ("b", "\r\n")):
        path = tmp_path / f"{name}-1.dist-info" / "METADATA"
        path.parent.mkdir()
        lines = ("Name: a", "Requires-Dist: b", "", "# A", "", "The page.")
        path.write_bytes(end.join(lines).encode())

    shorten_descriptions(tmp_path)

    described = [path.read_bytes().split() for path in sorted(tmp_path.rglob("METADATA"))]
    assert described == [[b"Name:", b"a", b"Requires-Dist:", b"b"]] * 2
