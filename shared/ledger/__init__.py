"""Azure Tables and Queues behind the ports of the ledger, its indexes and the outbox."""
