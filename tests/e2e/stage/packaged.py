"""Run the built package as the app, in an interpreter that has nothing else.

The host and the launcher are copied, without the product, into a folder of their own; `-I -S`
leaves out site-packages, environment and current directory. So what the package lacks is missing.
"""

import re
import shutil
import sys
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from infra.local.preflight import ROOT

# What the host of this machine needs and the product does not: for schedules and leases of timers.
_HOST_ONLY = ("croniter", "azure-storage-blob")

# The launcher, and what it imports of the tests.
LAUNCHER = ("tests/e2e/stage/launcher.py", "tests/e2e/stage/receiver_wire.py")

_NAME = re.compile(r"^[A-Za-z0-9._-]+")

_RUN = """
import runpy, sys
module, harness, app, site, *arguments = sys.argv[1:]
sys.path[:0] = [app, site, harness]
sys.dont_write_bytecode = True
import shared
assert shared.__file__.startswith(app), shared.__file__
sys.argv = [module, *arguments]
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""


def launcher_of(
    app: Path, harness: Path, module: str = "tests.e2e.stage.launcher"
) -> tuple[str, ...]:
    """The command that starts the host on the package in `app`; makes the harness folder.

    `module` is what is run: the launcher, or the host by itself.
    """
    _copy_harness(harness)
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    site = app / ".python_packages" / "lib" / "site-packages"
    return (str(base), "-I", "-S", "-c", _RUN, module, str(harness), str(app), str(site))


def _copy_harness(harness: Path) -> None:
    ignored = shutil.ignore_patterns("node_modules", "__pycache__")
    shutil.copytree(ROOT / "infra" / "local", harness / "infra" / "local", ignore=ignored)
    (harness / "infra" / "__init__.py").touch()
    for name in LAUNCHER:
        (harness / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, harness / name)
    for name in _with_requirements(_HOST_ONLY):
        _copy_distribution(name, harness)


def _with_requirements(names: Iterable[str]) -> list[str]:
    """The distributions and all that they cannot do without."""
    found: list[str] = []
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            required = (it for it in distribution(name).requires or () if "extra" not in it)
            waiting += [_NAME.findall(requirement)[0] for requirement in required]
    return found


def _copy_distribution(name: str, target: Path) -> None:
    found = distribution(name)
    for file in found.files or ():
        if file.suffix == ".py" and ".." not in file.parts:
            place = target / file
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(str(found.locate_file(file))), place)
