"""Measure what listing the functions costs, beside an app with one function that says hello.

    .venv/bin/python -m tests.bench.index_cost [--times 7]

starts a fresh Python each time, with byte code at hand as in the package, and takes the best time
of each: the processor time of the whole process, from its start to the list.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]

_LISTED = (
    "import json, sys, time; print(json.dumps([len(app.get_functions()),"
    " time.process_time(), len(sys.modules)]))"
)
_OURS = f"from function_app import app\n{_LISTED}"
_HELLO = f"""
import azure.functions as func
app = func.FunctionApp()
@app.route("hello")
def hello(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello")
{_LISTED}
"""


@dataclass(frozen=True)
class Figures:
    """Processor seconds and modules of both; the last is what the product takes times hello."""

    functions: int
    cpu_seconds: float
    modules: int
    hello_cpu_seconds: float
    hello_modules: int
    times_hello: float


def measure(times: int) -> Figures:
    """List both apps so many times, in turn, so that a busy machine disturbs both."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [(_listed(_OURS, folder), _listed(_HELLO, folder)) for _ in range(times + 1)][1:]
    functions, cpu, modules = min((ours for ours, _ in runs), key=lambda run: run[1])
    _, hello_cpu, hello_modules = min((hello for _, hello in runs), key=lambda run: run[1])
    return Figures(
        functions=int(functions),
        cpu_seconds=round(cpu, 3),
        modules=int(modules),
        hello_cpu_seconds=round(hello_cpu, 3),
        hello_modules=int(hello_modules),
        times_hello=round(cpu / hello_cpu, 2),
    )


def _listed(code: str, byte_code: str) -> tuple[float, float, float]:
    kept = {name: os.environ[name] for name in ("PATH",)}  # noqa: TID251 - a child's environment
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code],
        env={**kept, "PYTHONPYCACHEPREFIX": byte_code},
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    functions, cpu, modules = json.loads(done.stdout)
    return functions, cpu, modules


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.index_cost", description=__doc__)
    parser.add_argument("--times", type=int, default=7)
    print(json.dumps(asdict(measure(parser.parse_args().times)), indent=2))  # noqa: T201 - a command-line tool
    return 0


if __name__ == "__main__":
    sys.exit(main())
