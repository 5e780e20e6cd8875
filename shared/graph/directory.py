"""The three Graph ports and what they answer, under one name for whoever builds them."""

from shared.graph.effects import GraphEffects
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant, MailboxState

__all__ = ["GraphEffects", "GraphPeople", "GraphTenant", "MailboxState"]
