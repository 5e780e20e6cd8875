"""Measure a cold start from the zip that azd makes of the package, with byte code and without.

    make package && .venv/bin/python -m tests.bench.cold_start [--times 5]

zips the folder twice as azd would, once with the file that keeps the byte code in and once without
it, unpacks each into a folder of its own, with the times of today, and lists the functions from
there in a fresh Python that writes no byte code: the packages of the zip first on the path, the app
last, as in Azure. The first listing after unpacking counts apart. What Azure adds (a machine, the
host, mounting the zip) is not in it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from infra.package import azd

_PACKAGE = Path(__file__).resolve().parents[2] / ".local" / "package" / "app"
_LISTED = (
    "import sys, time; from function_app import app; count = len(app.get_functions());"
    " print(count, time.process_time())"
)


@dataclass(frozen=True)
class ColdStart:
    """Functions listed, and seconds of the processor until they were: first and best."""

    functions: int
    zip_mib: float
    first_cpu_seconds: float
    best_cpu_seconds: float


def measure(folder: Path, *, times: int) -> ColdStart:
    """Zip the folder as azd would, unpack it elsewhere, and list the functions there."""
    with tempfile.TemporaryDirectory() as place:
        zipped, app = Path(place) / "app.zip", Path(place) / "app"
        with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(azd.shipped(folder)):
                archive.write(folder / name, name)
        with zipfile.ZipFile(zipped) as archive:
            archive.extractall(app)
        runs = [_listed(app) for _ in range(times)]
        return ColdStart(
            functions=runs[0][0],
            zip_mib=round(zipped.stat().st_size / 2**20, 1),
            first_cpu_seconds=round(runs[0][1], 3),
            best_cpu_seconds=round(min(cpu for _, cpu in runs), 3),
        )


def _listed(app: Path) -> tuple[int, float]:
    site = app / ".python_packages" / "lib" / "site-packages"
    kept = {name: os.environ[name] for name in ("PATH",)}  # noqa: TID251 - a child's environment
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-B", "-S", "-c", _LISTED],
        env={**kept, "PYTHONPATH": os.pathsep.join((str(site), str(app)))},
        cwd=app,
        capture_output=True,
        text=True,
        check=True,
    )
    functions, cpu = done.stdout.split()
    return int(functions), float(cpu)


def main() -> int:
    """Measure both and print them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cold_start", description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as place:
        bare = Path(place) / "app"
        shutil.copytree(_PACKAGE, bare)
        (bare / azd.IGNORE).unlink()
        figures = {
            "withByteCode": asdict(measure(_PACKAGE, times=times)),
            "without": asdict(measure(bare, times=times)),
        }
    json.dump(figures, sys.stdout, indent=2)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
