"""A local Azure Functions host: Microsoft's worker runtime, driven by the host's own rules.

It stands in for the host that Azure runs (and for `func start`): it indexes `function_app.py`
with `azure-functions-runtime`, serves the HTTP routes, polls the queues and runs the timers.
It imports nothing of the product; the product is loaded from its directory, as in Azure.
`main` runs it with a command line; `infra.local.host.host.run_host` is the coroutine within.
"""

from infra.local.host.command import HostOptions, main

__all__ = ["HostOptions", "main"]
