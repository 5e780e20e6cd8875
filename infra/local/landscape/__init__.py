"""Start and stop Azurite, the Graph stand-in and the host as child processes.

Used by `python -m infra.local.serve`, by the demo and by tests. No child outlives its parent.
"""

from infra.local.landscape.azurite import Azurite, AzuriteMissingError, start_azurite
from infra.local.landscape.child import Child, ChildDiedError
from infra.local.landscape.graph import Graph, start_graph
from infra.local.landscape.host import HOST_COMMAND, Host, start_host
from infra.local.landscape.ports import free_ports
from infra.local.landscape.queues import make_queues, queues_of_deployment
from infra.local.landscape.whole import DEFAULTS, IDENTITY_HEADER, Landscape

__all__ = [
    "DEFAULTS",
    "HOST_COMMAND",
    "IDENTITY_HEADER",
    "Azurite",
    "AzuriteMissingError",
    "Child",
    "ChildDiedError",
    "Graph",
    "Host",
    "Landscape",
    "free_ports",
    "make_queues",
    "queues_of_deployment",
    "start_azurite",
    "start_graph",
    "start_host",
]
