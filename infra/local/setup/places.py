"""List where everything is in a checkout, on Windows and elsewhere."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Tools and tests; and only what requirements.txt names, as in Azure.
VENV, RUNTIME = ROOT / ".venv", ROOT / ".venv-runtime"
STATE = ROOT / ".local"
AZURITE = ROOT / "infra" / "local" / "azurite"
DESK_LIBRARIES = ROOT / "functions" / "desk" / "lib"

TOOLS_LOCK = ROOT / "tests" / "requirements.txt"
RUNTIME_LOCK = ROOT / "requirements.txt"
AZURITE_LOCK = AZURITE / "package-lock.json"
DESK_LOCK = ROOT / "infra" / "desk" / "package-lock.json"
DESK_COPY = ROOT / "infra" / "desk" / "libraries.mjs"


def in_venv(venv: Path, program: str, *, is_windows: bool = os.name == "nt") -> Path:
    """Give the path of a program in an environment: `Scripts` and `.exe` on Windows."""
    return venv / "Scripts" / f"{program}.exe" if is_windows else venv / "bin" / program
