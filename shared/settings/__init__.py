"""Read the settings of a deployment from its environment, and report every fault together."""
