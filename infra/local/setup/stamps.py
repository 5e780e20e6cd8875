"""Tell whether a step of set-up is done, by a stamp with the digest of its inputs.

A stamp is taken away before its step begins, so a step that was interrupted is known to be undone,
and is begun anew.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from infra.local.setup.places import STATE

# Another one has every checkout set up anew: for steps that leave something else behind.
_LAYOUT = b"1"


class Stamp:
    """The stamp of one step; `inputs` are the files that it depends on."""

    def __init__(self, name: str, inputs: Iterable[Path], state: Path = STATE) -> None:
        self._path, self._begun = state / f"{name}.stamp", state / f"{name}.begun"
        self._inputs = tuple(inputs)

    @property
    def is_valid(self) -> bool:
        """Whether the step was done for exactly these inputs."""
        try:
            return self._path.read_text(encoding="ascii") == self._digest()
        except OSError:
            return False

    @property
    def was_interrupted(self) -> bool:
        """Whether the step was begun, and never ended."""
        return self._begun.exists()

    def begin(self) -> None:
        """Note that the step is under way."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        self._begun.touch()

    def give_up(self) -> None:
        """Note that the step has failed and left nothing half done."""
        self._begun.unlink()

    def finish(self) -> None:
        """Note that it is done."""
        self._path.write_text(self._digest(), encoding="ascii")
        self._begun.unlink()

    def _digest(self) -> str:
        digest = hashlib.sha256(_LAYOUT)
        for path in self._inputs:
            digest.update(path.read_bytes())
        return digest.hexdigest()
