"""Run batches: up to a thousand restore requests sent at once, each a restore of its own."""
