"""Azurite as the landscape starts it: what is loaded before it takes, and does what it says."""

import subprocess
import time

from infra.local.landscape.azurite import REMOVE_AT_ONCE, node
from infra.local.preflight import AZURITE

# Without the module this takes 43 s, all of them in silence; with it, and the start of node, 1 s.
_WITHIN_SECONDS = 10
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


def test_bodies_of_deleted_messages_are_dropped_without_a_long_silence() -> None:
    """Those named and no others, from the list and from memory."""
    began = time.monotonic()
    program = ["-e", _DROP_3000_OF_8000, str(AZURITE.parent)]
    command = [node(), "--require", str(REMOVE_AT_ONCE), *program]

    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603

    assert done.stdout.split() == ["3000", "5000", "5000", "0"]
    assert time.monotonic() - began < _WITHIN_SECONDS
