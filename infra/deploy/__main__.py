"""Run one step of a deployment: `python3 -m infra.deploy STEP [...]`.

Exit code: 0 done, 1 a fault that is named, 2 wrong use.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from infra.deploy import grant, smoke, tools

Step = Callable[[Sequence[str], Mapping[str, str]], int]


def _tools(_: Sequence[str], __: Mapping[str, str]) -> int:
    """Fetch what the other steps need."""
    tools.python()
    tools.node()
    return 0


def _check(_: Sequence[str], __: Mapping[str, str]) -> int:
    """Check the templates, the queries and the workflows, and that each check can fail."""
    tools.node()
    return _module("infra.checks") or _module("infra.checks.selftest")


def _package(_: Sequence[str], __: Mapping[str, str]) -> int:
    """Build the package, unless it is of this very input."""
    return _module("infra.package")


def _release(_: Sequence[str], __: Mapping[str, str]) -> int:
    """Build everything that a release offers, if version and changelog agree."""
    return _module("infra.release")


def _module(name: str) -> int:
    """Run a module with the interpreter that has the tools."""
    # Strings are hashed alike in every run: the package is to be the same, byte for byte.
    env = {**os.environ, "PYTHONHASHSEED": "0"}  # noqa: TID251 - a child's environment
    command = (str(tools.python()), "-m", name)
    return subprocess.run(command, cwd=tools.ROOT, env=env, check=False).returncode  # noqa: S603


STEPS: Mapping[str, Step] = {
    "tools": _tools,
    "check": _check,
    "package": _package,
    "release": _release,
    "grant": grant.main,
    "smoke": smoke.main,
}


def main(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """Take one step."""
    if not argv or argv[0] not in STEPS:
        does = {name: (step.__doc__ or "").partition("\n")[0] for name, step in STEPS.items()}
        steps = "\n".join(f"  {name:9}{told}" for name, told in does.items())
        print(f"usage: python3 -m infra.deploy STEP\n{steps}", file=sys.stderr)
        return 2
    try:
        return STEPS[argv[0]](argv[1:], env)
    except tools.MissingToolError as error:
        print(f"infra: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"infra: {error.cmd[0]} ended with {error.returncode}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], os.environ))  # noqa: TID251 - what azd has set
