"""Call Microsoft Graph through the Azure CLI, as whoever is signed in there."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Json = dict[str, Any]

# Microsoft Graph itself, in every tenant.
GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000"

# Graph's code for a resource that is not there, which az repeats in its error.
_ABSENT = "Request_ResourceNotFound"

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_object_id(text: str) -> bool:
    """Whether this can be an object id: it goes into an address as it is."""
    return _ID.fullmatch(text) is not None


class AzError(Exception):
    """The Azure CLI refused or is missing; the message says what to do."""


def az(*arguments: str) -> str:
    """What `az` wrote to standard output.

    Raises: AzError with its own words; the change asked for may have been made if it was one.
    """
    program = shutil.which("az")
    if program is None:
        raise AzError("The Azure CLI (az) is missing: install it, or use Azure Cloud Shell.")
    done = subprocess.run(  # noqa: S603 - the CLI found above, arguments as a list
        [program, *arguments, "--only-show-errors"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise AzError(done.stderr.strip() or f"az ended with {done.returncode}")
    return done.stdout


class Graph:
    """Microsoft Graph of the cloud that the CLI is signed in to."""

    def __init__(self) -> None:
        base = az("cloud", "show", "--query", "endpoints.microsoftGraphResourceId", "-o", "tsv")
        self._base = base.strip().rstrip("/") + "/v1.0"

    def get(self, path: str) -> Json:
        """One resource. Raises: AzError."""
        return self._call("get", f"{self._base}{path}")

    def find(self, path: str) -> Json | None:
        """One resource, or None if Graph says that there is none. Raises: AzError."""
        try:
            return self.get(path)
        except AzError as error:
            if _ABSENT in str(error):
                return None
            raise

    def every(self, path: str) -> Iterator[Json]:
        """Every item of a list, page after page. Raises: AzError."""
        url: str | None = f"{self._base}{path}"
        while url is not None:
            page = self._call("get", url)
            yield from page["value"]
            url = page.get("@odata.nextLink")

    def post(self, path: str, body: Mapping[str, Any]) -> Json:
        """Create something. Raises: AzError."""
        return self._call("post", f"{self._base}{path}", body)

    def patch(self, path: str, body: Mapping[str, Any]) -> None:
        """Change something. Raises: AzError."""
        self._call("patch", f"{self._base}{path}", body)

    def create_if_missing(self, path: str, body: Mapping[str, Any]) -> Json:
        """Create what has this alternate key. Raises: AzError.

        Source: Microsoft Graph, "Upsert application": the key is given in the path, and only so.
        """
        return self._call("patch", f"{self._base}{path}", body, "Prefer=create-if-missing")

    def delete(self, path: str) -> None:
        """Remove something. Raises: AzError."""
        self._call("delete", f"{self._base}{path}")

    def _call(
        self, method: str, url: str, body: Mapping[str, Any] | None = None, *headers: str
    ) -> Json:
        arguments = ["rest", "--method", method, "--url", url, "-o", "json"]
        if body is None:
            return _read(az(*arguments))
        # By a file: on Windows az is a batch file, which takes quotes for its own.
        with TemporaryDirectory() as folder:
            file = Path(folder) / "body.json"
            file.write_text(json.dumps(body), encoding="utf-8")
            arguments += ["--headers", "Content-Type=application/json", *headers]
            return _read(az(*arguments, "--body", f"@{file}"))


def _read(answer: str) -> Json:
    found: Json = json.loads(answer) if answer.strip() else {}
    return found
