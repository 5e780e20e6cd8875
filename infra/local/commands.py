"""List the commands of `python -m infra.local`, and the module that each runs.

Read by any Python from 3.9 on, with the standard library only: `setup` is what brings the rest.
Every other command does the set-up first, then runs in the environment that set-up has made.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Optional

from infra.local.setup import steps
from infra.local.setup.places import ROOT, VENV, in_venv
from infra.local.talk import Talk

_WRONG_USE = 2

_ONCE_SET_UP = "It tells of its options once this is set up: python -m infra.local setup"


class Command(NamedTuple):
    """What one command runs in the environment of set-up, and what it is for.

    `program` stands before the caller's own arguments; `is_told` says that it tells of its options
    itself.
    """

    program: Sequence[str]
    help: str
    is_told: bool = True


_OWN = {
    "setup": "Python environments and Azurite; every other command does it first",
    "deploy": "deploy to Azure: `azd up`; the first time see infra/RUNBOOK.md, Deploy",
}

COMMANDS = {
    "demo": Command(
        ("-m", "infra.local.demo"), "the main job on a made-up tenant, end to end", is_told=False
    ),
    "serve": Command(("-m", "infra.local.serve"), "keep the service running until Ctrl-C"),
    "lose": Command(("-m", "infra.local.lose"), "let a made-up person lose account or licence"),
    "principal": Command(
        ("-m", "infra.local.principal"), "the header of a caller with these roles, for serve"
    ),
    "register": Command(
        ("-m", "infra.graph.register_api"), "register the API, give roles to callers (az)"
    ),
    "grant": Command(("-m", "infra.graph.grant"), "grant the Graph permissions (az)"),
    "package": Command(("-m", "infra.deploy", "package"), "build the zip for Azure", is_told=False),
    "check": Command(
        ("-m", "infra.deploy", "check"), "check the templates for Azure", is_told=False
    ),
    "smoke": Command(("-m", "infra.deploy", "smoke"), "is a deployed app there, its door shut?"),
    "connector": Command(
        ("-m", "infra.connector.generate"), "write the API descriptions and the connector"
    ),
    "release": Command(
        ("-m", "infra.deploy", "release"), "package, connector and checksums", is_told=False
    ),
    "trail": Command(("-m", "infra.trail"), "whether the trail was rewritten; reads only"),
}


def main(argv: Sequence[str], venv: Path = VENV) -> int:
    """Do what the first argument says with the others; the exit code is the command's own.

    `venv` is the environment that set-up makes: without it a command cannot tell of its options,
    and nobody who asks for help wants to fetch it.
    """
    name, *arguments = argv or ("",)
    if name in {"", "help", "-h", "--help"}:
        print(usage())
        return 0 if name else _WRONG_USE
    told = _help_of(name, venv) if {"-h", "--help"} & set(arguments) else None
    if told is not None:
        print(f"usage: python -m infra.local {name}{told}")
        return 0
    if name == "setup":
        return steps.run(Talk("setup"))
    if name == "deploy":
        return _run(["azd", "up", *arguments], needed="azd, the Azure Developer CLI")
    command = COMMANDS.get(name)
    if command is None:
        print(f"there is no command {name!r}\n\n{usage()}", file=sys.stderr)
        return _WRONG_USE
    python = str(in_venv(venv, "python"))
    return steps.run(Talk("setup")) or _run([python, *command.program, *arguments])


def usage() -> str:
    """List the commands."""
    lines = {**_OWN, **{name: command.help for name, command in COMMANDS.items()}}
    width = max(map(len, lines))
    listed = "\n".join(f"  {name:{width}}  {text}" for name, text in lines.items())
    return f"usage: python -m infra.local COMMAND [...]; COMMAND --help says more\n\n{listed}"


def _help_of(name: str, venv: Path) -> Optional[str]:
    """What stands behind the name in the help of a command that cannot tell of itself."""
    plain = _without_options()
    if name in plain:
        return f"\n\n{plain[name]}; it has no options of its own"
    if name not in COMMANDS or in_venv(venv, "python").exists():
        return None
    return f" [...]\n\n{COMMANDS[name].help}\n\n{_ONCE_SET_UP}"


def _without_options() -> dict[str, str]:
    """What each command does that would begin its work where it is asked for help."""
    others = {name: command.help for name, command in COMMANDS.items() if not command.is_told}
    return {**_OWN, **others}


def _run(command: Sequence[str], needed: Optional[str] = None) -> int:
    """Become that program; on Windows, where there is no such thing, wait for it."""
    os.chdir(ROOT)
    sys.stdout.flush()
    try:
        if sys.platform != "win32":
            os.execvp(command[0], list(command))  # noqa: S606 - our own programs
        return wait_for(command)
    except FileNotFoundError:
        print(f"{needed or command[0]} is missing: install it, and run again.", file=sys.stderr)
        return 1


def wait_for(command: Sequence[str]) -> int:
    """Run a program to its end; Ctrl-C is its business, and comes to both."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(list(command), check=False).returncode  # noqa: S603
    finally:
        signal.signal(signal.SIGINT, before)
