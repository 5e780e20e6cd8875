"""Build the package, prove it complete and print its size: `python -m infra.package`.

Leaves app/ (the tree), reprieve.zip, sbom.json and manifest.json there; does nothing if they are of
this very input, and waits for whoever is building them already. Run by the interpreter of
.venv-infra, which is Python 3.13 as in Azure: byte code is of one Python's making.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from importlib.util import MAGIC_NUMBER
from pathlib import Path

from infra.deploy.lock import locked
from infra.package import archive, azd, binaries, bytecode, left_out, proof, sbom, stage
from shared import __version__

OUT = stage.ROOT / ".local" / "package"
_MEBI = 1024 * 1024
# Long, and for machines: the smoke test compares the functions with what Azure lists.
_LISTS = frozenset({"functionNames", "sdkModules"})
_FAULTS = (
    *(proof.IncompleteError, left_out.StillWantedError),
    *(subprocess.CalledProcessError, RuntimeError, SyntaxError),
)


def main() -> int:
    """Build; 0 done, 1 the package would not work, 2 wrong interpreter."""
    seed = os.environ.get("PYTHONHASHSEED")  # noqa: TID251 - how this very process was started
    if MAGIC_NUMBER != bytecode.AZURES_BYTE_CODE or seed != "0":
        print("run it with Python 3.13 and PYTHONHASHSEED=0, as `make package` does")
        return 2
    with locked(OUT.with_suffix(".lock")):
        return make(OUT)


def make(out: Path) -> int:
    """Build if nothing there is of this input; the old package stays until the new one is whole."""
    started = time.perf_counter()
    if is_fresh(out):
        print(f"package: {out / 'reprieve.zip'} is of this very input")
        return 0
    new = out.with_suffix(".new")
    try:
        manifest = build(new)
    except _FAULTS as error:
        print(f"package: {error}", file=sys.stderr)
        return 1
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)
    shown = {name: manifest[name] for name in manifest if name not in _LISTS}
    print(json.dumps(shown, indent=2))
    print(f"package: {out / 'reprieve.zip'} in {time.perf_counter() - started:.0f} s")
    return 0


def is_fresh(out: Path) -> bool:
    """Whether the package there was built from this input and is whole; azd ships the folder."""
    try:
        manifest: dict[str, str] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        digest = hashlib.sha256((out / "reprieve.zip").read_bytes()).hexdigest()
    except (OSError, ValueError):
        return False
    if (manifest.get("input"), manifest.get("sha256")) != (input_digest(), digest):
        return False
    return archive.holds(out / "reprieve.zip", out / "app", azd.shipped(out / "app"))


def input_digest() -> str:
    """The SHA-256 of all that the package is made of and by."""
    here = Path(__file__).parent
    scripts = (*here.glob("*.py"), *here.parent.glob("desk/*.*"))
    makers = (path.relative_to(stage.ROOT) for path in scripts)
    locks = (Path("requirements.txt"), Path("infra/requirements.txt"))
    digest = hashlib.sha256(f"{sys.version}\n{stage.commit()}\n".encode())
    for path in sorted({*stage.app_files(), *makers, *locks}):
        content = (stage.ROOT / path).read_bytes()
        digest.update(f"{path.as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def build(out: Path) -> dict[str, object]:
    """Build everything into `out`; returns the manifest.

    Raises: IncompleteError, StillWantedError, CalledProcessError, RuntimeError: there is no package
    then.
    """
    shutil.rmtree(out, ignore_errors=True)
    app = out / "app"
    site = app / stage.SITE
    stage.install(Path(sys.executable).parent / "uv", site)
    installed = archive.size_of(site)
    modules = stage.prune(site)
    left_out.leave_out(
        site, (stage.ROOT / path for path in stage.app_files() if path.suffix == ".py")
    )
    stage.shorten_descriptions(site)
    binaries.strip_modules(site)
    components = sbom.write_sbom(site, out / "sbom.json", __version__)
    stage.copy_app(app)
    stage.write_commit(app)
    stage.compress_desk(app)
    bytecode.compile_package(app)
    functions, seconds = proof.prove(app, modules)
    azd.keep_everything(app)
    shipped = azd.shipped(app)
    digest = archive.write_zip(app, shipped, out / "reprieve.zip")
    manifest: dict[str, object] = {
        "version": __version__,
        "input": input_digest(),
        "sha256": digest,
        "zipMiB": _mebi((out / "reprieve.zip").stat().st_size),
        "files": len(shipped),
        "unpackedMiB": _mebi(archive.size_of(app)[1]),
        "installedFiles": installed[0],
        "installedMiB": _mebi(installed[1]),
        "functions": len(functions),
        "functionNames": functions,
        "importSeconds": round(seconds, 2),
        "components": components,
        "sdkModules": modules,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest


def _mebi(size: int) -> float:
    return round(size / _MEBI, 1)


if __name__ == "__main__":
    sys.exit(main())
