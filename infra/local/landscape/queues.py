"""Create the queues that a deployment creates, since no host creates the ones it reads.

Their names are read from the template of the storage account, so that one that is missing there is
missing here as well.
"""

import re
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from azure.core.exceptions import ResourceExistsError
from azure.storage.queue import QueueServiceClient

from infra.local.preflight import ROOT

_TEMPLATE = ROOT / "infra/app/storage.bicep"
_NAMES = re.compile(r"^var queueNames = \[(.*?)^\]", re.DOTALL | re.MULTILINE)


def queues_of_deployment(template: Path = _TEMPLATE) -> list[str]:
    """List the queues of the template. Raises ValueError when it names none."""
    found = _NAMES.search(template.read_text(encoding="utf-8"))
    names = re.findall(r"'([a-z0-9-]+)'", found[1]) if found else []
    if not names:
        raise ValueError(f"{template} has no list `var queueNames`")
    return names


def make_queues(connection_string: str, names: Sequence[str]) -> None:
    """Make the queues that are not there yet. Raises AzureError."""
    with closing(QueueServiceClient.from_connection_string(connection_string)) as service:
        for name in names:
            with suppress(ResourceExistsError):
                service.create_queue(name)
