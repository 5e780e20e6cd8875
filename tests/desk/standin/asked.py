"""Parse a request for the double's operations, and build the forms of their answers."""

from dataclasses import dataclass, field
from typing import Any

from tests.desk.standin.people import Json
from tests.desk.standin.world import World

type Answer = tuple[int, Any, dict[str, str]]


@dataclass
class Refusal(Exception):  # noqa: N818 - a "no" of the API, not a fault of the double
    """A problem document."""

    status: int
    code: str
    detail: str
    title: str = "The service says no"
    fix: str = ""
    retry_after: int | None = None
    errors: list[Json] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, decoded."""

    world: World
    query: dict[str, str]
    body: Any
    key: str | None
    base: str
    is_danish: bool
    accept: str

    @property
    def wants_csv(self) -> bool:
        """Whether the reader asked for a table."""
        return "text/csv" in self.accept


def page(asked: Asked, path: str, rows: list[Json], usual: int, most: int) -> Answer:
    """A page of a list, with the link to the next."""
    top = min(int(asked.query.get("top", usual)), most)
    skip = int(asked.query.get("skipToken", "0"))
    body: Json = {"value": rows[skip : skip + top]}
    if skip + top < len(rows):
        kept = {name: value for name, value in asked.query.items() if name != "skipToken"}
        query = "&".join(
            f"{name}={value}" for name, value in {**kept, "skipToken": skip + top}.items()
        )
        body["nextLink"] = f"{asked.base}/{path}?{query}"
    return 200, body, {}


def csv(rows: list[list[str]], header: str) -> Answer:
    """A table as the API writes it."""
    lines = [header, *(",".join(row) for row in rows)]
    return (
        200,
        "\ufeff" + "".join(f"{line}\r\n" for line in lines),
        {"Content-Type": "text/csv; charset=utf-8"},
    )
