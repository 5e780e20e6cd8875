"""Send 100,000 hostile messages through the queue trigger and the use cases, on fakes.

    .venv/bin/python -m tests.bench.any_message [--messages 100000] [--seed 1]

stops at the first one that raises, is lost or does not end, with the shortest message like it; the
same seed gives the same messages. The short form is in
tests/unit/functions/queues/test_any_message.py.
"""

import argparse
import asyncio
import logging
import sys
import time
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.unit.functions.queues.any_message import follow_message
from tests.unit.functions.queues.hostile_messages import MESSAGES


def run(messages: int, chosen_seed: int) -> Counter[str]:
    """Follow so many messages; how often each outcome code came of them."""
    codes: Counter[str] = Counter()
    runner = asyncio.Runner()

    @seed(chosen_seed)
    @settings(
        max_examples=messages,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(body=MESSAGES)
    def follow(body: bytes) -> None:
        is_poisoned = len(body) % 4 == 0
        record = runner.run(follow_message(body, poisoned=is_poisoned))
        codes[record.outcome.code if record.outcome else "none"] += 1

    with runner:
        follow()
    return codes


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.any_message", description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.disable()
    began = time.monotonic()
    codes = run(asked.messages, asked.seed)
    seconds = time.monotonic() - began
    print(f"{codes.total()} messages in {seconds:.0f} s; {dict(codes.most_common())}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
