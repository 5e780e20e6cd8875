"""Run the demo on this machine: `python -m infra.local.demo`.

Starts the whole landscape with a made-up tenant, sends six requests through the doors, waits for
their ends, and prints what came of them beside the changes that the Graph stand-in itself counted
in its tenant. Exit code 0 only if every line is as it should be, 130 on Ctrl-C.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import aiohttp

from infra.local.demo.caller import Caller, DemoError
from infra.local.demo.script import Line, script
from infra.local.demo.words import table, verdict
from infra.local.landscape import AzuriteMissingError, ChildDiedError, Landscape
from infra.local.talk import Talk

_INTERRUPTED = 130
_SETTINGS = {
    "SWEEP_SCHEDULE": "*/5 * * * * *",
    # A queue message may name only what the person was seen with, and what this allows: Office 365
    # E3, which the demo names for somebody whom the service has never seen with it.
    "ALLOWED_SKU_IDS": "6fd2c87f-b296-42f0-b197-1e91e994b900",
}


def main() -> int:
    """Run the demo; 0 if everything is as it should be."""
    try:
        return _run()
    except KeyboardInterrupt:
        print("\nstopped; nothing is left running", file=sys.stderr, flush=True)
        # What was interrupted half made would only complain on its way out.
        os._exit(_INTERRUPTED)
    except (ChildDiedError, AzuriteMissingError, DemoError, TimeoutError) as fault:
        print(f"\nthe demo did not come to its end: {fault}", file=sys.stderr)
        return 1


def _run() -> int:
    talk = Talk("demo")
    with talk.alive():
        talk.start("starting storage, a made-up Microsoft 365 tenant and the service, all here")
        with Landscape(settings=_SETTINGS) as landscape:
            talk.say("asking for five people, for one of them twice")
            lines = asyncio.run(show(landscape, talk))
            talk.start("stopping all of it")
    is_same = lines[0].restore["id"] == lines[-1].restore["id"]
    print(f"\n{table(lines)}\n{verdict(lines, is_same=is_same)}")
    return 0 if is_same and all(line.is_right for line in lines) else 1


async def show(landscape: Landscape, talk: Talk) -> list[Line]:
    """Play the script, and let the stand-in count what changed."""
    *lines, again = script(datetime.now(UTC))  # noqa: TID251 - a caller's own clock
    talk.begin(lambda: f"waiting for {_who_is_waited_for(lines) or again.person}")
    async with aiohttp.ClientSession() as session:
        caller = Caller(session, landscape, talk.say)
        await asyncio.gather(*(caller.play(line) for line in lines))
        await caller.play(again)
        async with session.get(f"{landscape.graph.control_url}/counters") as answer:
            effects = (await answer.json())["effects"]
    for line in (*lines, again):
        user = line.restore["user"]
        user_id = user["id"] if isinstance(user, dict) else ""
        line.counted = sum(by_user.get(user_id, 0) for by_user in effects.values())
    return [*lines, again]


def _who_is_waited_for(lines: Sequence[Line]) -> str:
    return ", ".join(line.person for line in lines if line.restore.get("outcome") is None)


if __name__ == "__main__":
    sys.exit(main())
