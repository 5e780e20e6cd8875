"""Build everything a release offers, in .local/release: `python -m infra.release`.

Version, changelog and generated files have to agree first: what does not is said, all at once. Run
by the interpreter of .venv-infra, as `make release` does.
"""

import sys

from infra.deploy.lock import locked
from infra.package import __main__ as package
from infra.package import stage
from infra.release import files
from shared import __version__

OUT = stage.ROOT / ".local" / "release"


def main() -> int:
    """Build a release; 0 done, 1 something does not agree or the package would not work."""
    found = list(files.faults(stage.ROOT, __version__))
    for fault in found:
        print(f"release: {fault}", file=sys.stderr)
    if found or package.main() != 0:
        return 1
    with locked(OUT.with_suffix(".lock")):
        files.write(OUT, __version__, package.OUT)
    print((OUT / "SHA256SUMS").read_text(encoding="utf-8"), end="")
    print(f"release: {__version__} in {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
