"""Run functions locally: Microsoft's worker runtime, driven by the rules of Azure's host.

It stands in for the host that Azure runs (and for `func start`): it indexes `function_app.py`
with `azure-functions-runtime`, in a worker process of its own, serves the HTTP routes, polls the
queues and runs the timers. It imports nothing of the product; the product is loaded from its
directory, as in Azure. `main` runs it with a command line; `is_worker` tells a launcher of
somebody's own which of the two processes it is in.
"""

from infra.local.host.command import main
from infra.local.host.worker.launch import is_worker

__all__ = ["is_worker", "main"]
