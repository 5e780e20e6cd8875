"""Check that azd would ship all of the package's folder, and nothing else.

azd zips the folder by itself. Of a Python app it leaves out `__pycache__` and virtual environments,
unless the folder has a `.funcignore`: then it leaves out what that names, and the file itself.
Without it every cold start would compile our modules: so the folder gets one that names nothing.
Source: Azure/azure-dev, cli/azd/pkg/project/project_utils.go, createDeployableZip (August 2026).
"""

from pathlib import Path

IGNORE = ".funcignore"

_TEXT = "# Nothing is left out: with this file azd ships the byte code, too.\n"
_VENV_MARK = "pyvenv.cfg"


def keep_everything(folder: Path) -> None:
    """Write the file that keeps azd from leaving anything out."""
    (folder / IGNORE).write_text(_TEXT, encoding="utf-8")


def shipped(folder: Path) -> set[str]:
    """The files that azd would put into its zip, relative to the folder.

    Raises: ValueError for a `.funcignore` that names something: what azd then does is not known
    here.
    """
    files = {path for path in folder.rglob("*") if path.is_file()}
    names = {path.relative_to(folder).as_posix() for path in files}
    ignore = folder / IGNORE
    if not ignore.is_file():
        return {name for name in names if not _is_left_out(folder, name)}
    if any(line.strip() and line[0] != "#" for line in ignore.read_text("utf-8").splitlines()):
        raise ValueError(f"{ignore} names something")
    return names - {IGNORE}


def _is_left_out(folder: Path, name: str) -> bool:
    above = Path(name).parents
    return any(
        part.name.lower() == "__pycache__" or (folder / part / _VENV_MARK).is_file()
        for part in above
        if part.name
    )
