"""Signs of life: whoever watches never waits in silence."""

import io
import re

from infra.local.talk import Talk
from tests.waiting import eventually


async def test_signs_of_life_say_what_is_under_way() -> None:
    """While nothing else is said, what goes on is, again and again, in its present words."""
    out = io.StringIO()
    talk, packages = Talk("setup", out, every_seconds=0.01), 0
    talk.start("fetching")
    with talk.alive():
        talk.begin(lambda: f"{packages} packages")
        await eventually(lambda: "s  0 packages" in out.getvalue())
        packages = 7
        await eventually(lambda: "s  7 packages" in out.getvalue())

    lines = out.getvalue().splitlines()
    assert lines[0] == "setup: fetching"
    assert all(re.fullmatch(r"setup:  +\d+ s  .+", line) for line in lines[1:])


def test_silence_at_the_end() -> None:
    """Once the block is left nothing more is said."""
    out = io.StringIO()
    talk = Talk("setup", out, every_seconds=60)
    with talk.alive():
        talk.say("one")

    assert out.getvalue() == "setup: one\n"
