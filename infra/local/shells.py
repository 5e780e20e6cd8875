"""Write commands to paste that call a service over HTTP, for the system's own shell."""

import sys
from collections.abc import Mapping, Sequence


def shell_of_system(
    headers: Mapping[str, str], *, is_windows: bool = sys.platform == "win32"
) -> "Curl | PowerShell":
    """Give the shell of this system; `headers` go with every line."""
    return PowerShell(headers) if is_windows else Curl(headers)


class Curl:
    """Lines for bash and the like."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def prepare(self) -> Sequence[str]:
        """Put the headers into a variable, if there are any."""
        quoted = " ".join(f"-H '{name}: {value}'" for name, value in self._headers.items())
        return [f"caller=({quoted})"] if quoted else []

    def get(self, url: str) -> str:
        """Ask."""
        return f"curl -i{self._caller} {url}"

    def send(self, url: str, body: str) -> str:
        """Send JSON."""
        return f"{self.get(url)} -H 'Content-Type: application/json' -d '{body}'"

    @property
    def _caller(self) -> str:
        return ' "${caller[@]}"' if self._headers else ""


class PowerShell:
    """Lines for PowerShell, Windows' own included."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def prepare(self) -> Sequence[str]:
        """Put the headers into a variable, if there are any."""
        pairs = "; ".join(f"'{name}' = '{value}'" for name, value in self._headers.items())
        return [f"$caller = @{{ {pairs} }}"] if pairs else []

    def get(self, url: str) -> str:
        """Ask; a status that is no success is an error in PowerShell."""
        return f"Invoke-WebRequest{self._caller} -UseBasicParsing {url}"

    def send(self, url: str, body: str) -> str:
        """Send JSON."""
        return f"{self.get(url)} -Method Post -ContentType application/json -Body '{body}'"

    @property
    def _caller(self) -> str:
        return " -Headers $caller" if self._headers else ""
