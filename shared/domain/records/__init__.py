"""Describe a restore as the ledger keeps it: how it begins, how far it is, how it may change."""
