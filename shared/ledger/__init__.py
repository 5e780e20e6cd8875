"""Store the ledger, its indexes and the queues in Azure Tables and Queues."""
