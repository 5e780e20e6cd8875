"""Test that Azurite, as the landscape starts it, loads its patch and works as the patch says."""

import socket
import subprocess
from collections.abc import Sequence
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from infra.local.landscape.azurite import REMOVALS, node, start_azurite
from infra.local.landscape.child import ChildDiedError
from infra.local.landscape.ports import free_ports
from infra.local.preflight import AZURITE

# Of processor time. Without the module this takes 43 s, all of them in silence; with it, and the
# start of node, 1 s.
_MOST_SECONDS = 15
_DROP_3000_OF_8000 = """
const parts = process.argv[1] + "/common/persistence/";
const Extents = require(parts + "LokiExtentMetadataStore").default;
const { default: Bodies, MemoryExtentChunkStore } = require(parts + "MemoryExtentStore");
const log = { info() {}, debug() {} };
(async () => {
  const extents = new Extents("unused.json", true);
  const bodies = new Bodies("queue", new MemoryExtentChunkStore(1e9), extents, log, Error);
  await bodies.init();
  const ids = [];
  for (let i = 0; i < 8000; i++) ids.push((await bodies.appendExtent(Buffer.from("x"))).id);
  const dropped = await bodies.deleteExtents(ids.slice(0, 3000));
  const [kept] = await extents.listExtents(undefined, 9000);
  const bytes = bodies.chunks.totalSize();
  const wrong = kept.filter(({ id }) => ids.indexOf(id) < 3000).length;
  console.log(dropped, kept.length, bytes, wrong);
})();
"""

_REMOVE_NOTHING_THEN_ONE = """
const Loki = require(process.argv[1] + "/../../../lokijs");
const messages = new Loki("unused").addCollection("messages", { indices: ["queue"] });
const [first] = messages.insert([{ queue: "a" }, { queue: "b" }]);
let sorted = 0;
const ensure = messages.ensureAllIndexes;
messages.ensureAllIndexes = function (...all) { sorted += 1; return ensure.apply(this, all); };
messages.remove([]);
const forNothing = sorted;
messages.remove([first]);
console.log(forNothing, sorted > 0, messages.find({ queue: "a" }).length, messages.count());
"""


def test_bodies_of_deleted_messages_are_dropped_without_a_long_silence() -> None:
    """Those named and no others, from the list and from memory."""
    before = getrusage(RUSAGE_CHILDREN).ru_utime

    assert _answer(_DROP_3000_OF_8000) == ["3000", "5000", "5000", "0"]
    assert getrusage(RUSAGE_CHILDREN).ru_utime - before < _MOST_SECONDS


def test_a_removal_that_finds_nothing_does_not_sort() -> None:
    """With each message it takes Azurite removes those that have expired: none, as a rule."""
    assert _answer(_REMOVE_NOTHING_THEN_ONE) == ["0", "true", "0", "1"]


def test_it_starts_though_somebody_else_took_a_port_that_was_free() -> None:
    """Between the look for a free port and its use lies a moment; a port that was named is kept."""
    # Taken, and silent: one that answers would look like Azurite until its process has died.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        found = iter([[*free_ports(2), port], free_ports(3)])

        def find(_: int) -> Sequence[int]:
            return next(found)

        with start_azurite(find_ports=find) as azurite:
            assert port not in azurite.ports
        with pytest.raises(ChildDiedError, match="EADDRINUSE"):
            start_azurite(ports=[*free_ports(2), port])


def _answer(program: str) -> list[str]:
    """What a program prints that is loaded as Azurite is."""
    command = [node(), "--require", str(REMOVALS), "-e", program, str(AZURITE.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603
    return done.stdout.split()
