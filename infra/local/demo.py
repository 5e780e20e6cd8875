"""Show the main job on this machine: `python -m infra.local.demo`.

Starts the whole landscape with a made-up tenant, sends six requests through the three doors, waits
for their ends, and prints what came of them beside the changes that the Graph stand-in itself
counted in its tenant. Exit code 0 only if every line is as it should be.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
from azure.storage.queue.aio import QueueClient

from infra.local.landscape import Landscape

# The demo takes about half a minute; what has not ended after two is wrong.
PATIENCE_SECONDS = 120
# Far enough ahead to be seen waiting, near enough not to bore.
SCHEDULED_IN = timedelta(seconds=12)
DONE, ACCEPTED = 200, 202

type Json = dict[str, object]


@dataclass
class Line:
    """One request of the demo: what must come of it, and what did."""

    what: str
    door: str
    request: Mapping[str, object]
    code: str
    effects: int
    answers: list[str] = field(default_factory=list)
    restore: Json = field(default_factory=dict)
    counted: int = 0

    @property
    def outcome(self) -> str:
        """The outcome code the restore ended in, or its status."""
        outcome = self.restore.get("outcome")
        return str(outcome["code"]) if isinstance(outcome, dict) else str(self.restore["status"])

    @property
    def is_right(self) -> bool:
        """Whether it ended as it must, with exactly the changes it must."""
        return (self.outcome, self.counted) == (self.code, self.effects)


def script(now: datetime) -> list[Line]:
    """The six requests, on people of the stand-in's own tenant."""
    emma: Json = {"kind": "user", "user": "emma.jansen@contoso.example", "idempotencyKey": "demo-1"}
    return [
        Line("a deleted user comes back", "http", emma, "user-restored", 1),
        Line(
            "a removed licence comes back",
            "queue",
            {
                "kind": "license",
                "user": "bram.dekker@contoso.example",
                "license": {"skuPartNumbers": ["ENTERPRISEPACK"]},
                "idempotencyKey": "demo-2",
            },
            "license-restored",
            1,
        ),
        Line(
            "a shared mailbox comes back",
            "http",
            {"kind": "mailbox", "user": "sales@contoso.example"},
            "mailbox-restored",
            1,
        ),
        Line(
            "deleted 31 days ago: refused",
            "http",
            {"kind": "user", "user": "fleur.hendriks@contoso.example"},
            "window-closed",
            0,
        ),
        Line(
            "scheduled, taken in by the timer",
            "http",
            {
                "kind": "mailbox",
                "user": "daan.peters@contoso.example",
                "notBefore": (now + SCHEDULED_IN).isoformat(timespec="seconds"),
            },
            "mailbox-restored",
            1,
        ),
        Line("the first request once more", "http", emma, "user-restored", 1),
    ]


class Caller:
    """A caller of the running service, as a flow or another application would be."""

    def __init__(self, session: aiohttp.ClientSession, landscape: Landscape) -> None:
        self._session = session
        self._url = f"{landscape.host.url}/api/restores"
        self._storage = landscape.azurite.connection_string

    async def play(self, line: Line) -> None:
        """Send the request through its door and follow the restore to its end."""
        if line.door == "queue":
            await self._send(line)
        await self._follow(line, await self._post(line))

    async def _send(self, line: Line) -> None:
        message = {"version": 1, "requestedBy": "Demo HR system", **line.request}
        async with QueueClient.from_connection_string(self._storage, "restore-requests") as queue:
            await queue.send_message(json.dumps(message))
        line.answers.append("message")
        # The queue answers nobody. Give it a moment to be the first; the request with the same key
        # then finds its restore, since all doors share one key space.
        await asyncio.sleep(4)

    async def _post(self, line: Line) -> str:
        async with self._session.post(self._url, json=line.request) as answer:
            line.answers.append(str(answer.status))
            if answer.status not in {DONE, ACCEPTED}:
                text = await answer.text()
                raise SystemExit(f'the service answered {answer.status} to "{line.what}": {text}')
            line.restore = await answer.json()
            return answer.headers.get("Location", "")

    async def _follow(self, line: Line, location: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while location:
                async with self._session.get(location) as answer:
                    line.answers.append(str(answer.status))
                    line.restore = await answer.json()
                    if answer.status != ACCEPTED:
                        return
                    pause = float(answer.headers["Retry-After"])
                await asyncio.sleep(pause)


async def show(landscape: Landscape) -> list[Line]:
    """Play the script, and let the stand-in count what changed."""
    *lines, again = script(datetime.now(UTC))  # noqa: TID251 - a caller's own clock
    async with aiohttp.ClientSession() as session:
        caller = Caller(session, landscape)
        await asyncio.gather(*(caller.play(line) for line in lines))
        await caller.play(again)
        async with session.get(f"{landscape.graph.control_url}/counters") as answer:
            effects = (await answer.json())["effects"]
    for line in (*lines, again):
        user = line.restore["user"]
        user_id = user["id"] if isinstance(user, dict) else ""
        line.counted = sum(by_user.get(user_id, 0) for by_user in effects.values())
    return [*lines, again]


def table(lines: list[Line]) -> str:
    """What happened, for a person to read."""
    heads = ("request", "door", "answers", "outcome", "changes made", "")
    rows = [
        (
            line.what,
            str(line.restore["requestedBy"]["door"]),  # type: ignore[index]
            _short(line.answers),
            line.outcome,
            f"{line.counted}",
            "ok" if line.is_right else f"WRONG: {line.code}, {line.effects} expected",
        )
        for line in lines
    ]
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (heads, tuple("-" * width for width in widths), *rows)
    ]
    return "\n".join(text)


def main() -> int:
    """Run the demo; 0 if everything is as it should be."""
    print("Starting Azurite, the Graph stand-in and the Functions host ...", flush=True)
    with Landscape(settings={"SWEEP_SCHEDULE": "*/5 * * * * *"}) as landscape:
        print("Sending six requests ...\n", flush=True)
        lines = asyncio.run(show(landscape))
    print(table(lines))
    first, again = lines[0], lines[-1]
    same = first.restore["id"] == again.restore["id"]
    print(
        f"\nThe last line is the restore of the first one: {'yes' if same else 'NO'}."
        "\n'changes made' is counted by the Graph stand-in in its tenant, per person, over the"
        " whole demo:\nnever more than one, however often a request was sent."
    )
    return 0 if same and all(line.is_right for line in lines) else 1


def _short(answers: list[str]) -> str:
    """Repeated answers as `202 x3`."""
    parts: list[tuple[str, int]] = []
    for answer in answers:
        if parts and parts[-1][0] == answer:
            parts[-1] = (answer, parts[-1][1] + 1)
        else:
            parts.append((answer, 1))
    return ", ".join(text if count == 1 else f"{text} x{count}" for text, count in parts)


if __name__ == "__main__":
    sys.exit(main())
