"""Prove that the package is complete: import the app from nothing but it, load its binaries."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.package.left_out import module_of
from infra.package.stage import SITE, app_files

# Runs without site-packages, environment and current directory: what is not in the package, or in
# Python itself, is not there.
_PROOF = """
import ctypes, importlib, json, pathlib, sys, time, warnings
app, site, modules = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
sys.path[:0] = [app, site]
sys.dont_write_bytecode = True
warnings.simplefilter("ignore", DeprecationWarning)
started = time.perf_counter()
import function_app
indexed = time.perf_counter() - started
missing = {}
for name in modules:
    try:
        importlib.import_module(name)
    except ImportError as error:
        missing[name] = str(error)
for path in sorted(pathlib.Path(site).rglob("*.so*")):
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        missing[path.name] = str(error)
stray = sorted(
    name for name, module in sys.modules.items()
    if (file := getattr(module, "__file__", None))
    and not file.startswith((app, sys.base_prefix)) and name != "__main__"
)
print(json.dumps({"seconds": indexed, "missing": missing, "stray": stray,
                  "functions": sorted(it.get_function_name() for it in
                                      function_app.app.get_functions())}))
"""


class IncompleteError(Exception):
    """The package lacks something the app imports; the message names it."""


def prove(folder: Path, sdk_modules: Sequence[str]) -> tuple[list[str], float]:
    """The names of the package's functions, and the seconds their indexing took.

    Raises: IncompleteError.
    """
    unshadowed(folder)
    own = [module_of(path) for path in app_files() if path.suffix == ".py"]
    command = (
        *(sys.executable, "-I", "-S", "-c", _PROOF),
        *(str(folder), str(folder / SITE), json.dumps([*own, *sdk_modules])),
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        command, capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode != 0:
        raise IncompleteError(f"the package cannot be imported:\n{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    if told["missing"] or told["stray"]:
        raise IncompleteError(f"missing: {told['missing']}; from elsewhere: {told['stray']}")
    return list(told["functions"]), float(told["seconds"])


def unshadowed(folder: Path) -> None:
    """Nothing of the app has the name of a dependency's module.

    In Azure the app's folder comes last where modules are looked for: the dependency would win.
    Source: azure-functions-python-worker, proxy_worker, the order of `sys.path` (read in 4.40.2).

    Raises: IncompleteError.
    """
    own = {path.name.partition(".")[0] for path in folder.iterdir()} - {""}
    theirs = {path.name.partition(".")[0] for path in (folder / SITE).iterdir()}
    if shadowed := sorted(own & theirs - {"__pycache__"}):
        raise IncompleteError(f"a dependency has modules of the same name: {', '.join(shadowed)}")
