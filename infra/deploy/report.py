"""Print the lines of a smoke test: what was looked at, what was found, what was left out."""

from dataclasses import dataclass


@dataclass
class Report:
    """What was seen so far; each line is printed at once.

    Attributes:
        faults: how many things are not as they should be.

    """

    faults: int = 0

    def expect(self, what: str, wanted: str, got: str) -> None:
        """One thing that has to be like this."""
        if got == wanted:
            print(f"ok    {what}: {got}", flush=True)
        else:
            self.fault(what, f"{got}, expected {wanted}")

    def fault(self, what: str, why: str) -> None:
        """One thing that is wrong."""
        self.faults += 1
        print(f"FAULT {what}: {why}", flush=True)

    def skip(self, what: str, why: str) -> None:
        """One thing that was not looked at."""
        print(f"skip  {what}: {why}", flush=True)
