"""Serve the desk on made-up data: `python -m tests.desk.standin --port 7200`."""

import argparse
from datetime import UTC, datetime

from aiohttp import web

from tests.desk.standin.server import Standin

# An ordinary morning: what the pictures show.
MORNING = datetime(2026, 12, 1, 6, 58, tzinfo=UTC)


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=7200)
    parser.add_argument("--now", help="the double's present, RFC 3339; real time without it")
    given = parser.parse_args()
    now = datetime.fromisoformat(given.now) if given.now else datetime.now(UTC)  # noqa: TID251 - by hand
    print(f"http://127.0.0.1:{given.port}/s/all/api/desk")  # noqa: T201 - a command talks to its person
    web.run_app(
        Standin(now, is_live=True).application(), host="127.0.0.1", port=given.port, print=None
    )


if __name__ == "__main__":
    main()
