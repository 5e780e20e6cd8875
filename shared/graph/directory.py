"""Gather the Graph adapters and the types they return, for whoever builds them."""

from shared.graph.changes import GraphBin, GraphChanges
from shared.graph.effects import GraphEffects
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphMailbox, GraphTenant

__all__ = [
    "GraphBin",
    "GraphChanges",
    "GraphEffects",
    "GraphMailbox",
    "GraphPeople",
    "GraphTenant",
]
