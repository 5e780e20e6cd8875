"""Proves that the package is complete: everything in it is imported, by nothing but itself."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.package.stage import SITE, app_files

# Runs without site-packages, environment and current directory: what is not in the package, or in
# Python itself, is not there.
_PROOF = """
import importlib, json, sys, time, warnings
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
stray = sorted(
    name for name, module in sys.modules.items()
    if (file := getattr(module, "__file__", None))
    and not file.startswith((app, sys.base_prefix)) and name != "__main__"
)
print(json.dumps({"seconds": indexed, "missing": missing, "stray": stray,
                  "functions": len(function_app.app.get_functions())}))
"""


class IncompleteError(Exception):
    """The package lacks something the app imports; the message names it."""


def prove(folder: Path, sdk_modules: Sequence[str]) -> tuple[int, float]:
    """How many functions the package has, and the seconds their indexing took.

    Raises: IncompleteError.
    """
    own = [_module(path) for path in app_files() if path.suffix == ".py"]
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
    return int(told["functions"]), float(told["seconds"])


def _module(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
