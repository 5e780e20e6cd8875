"""Reach the storage account that the host works on.

`queue` and `timer_store` say what the host needs of it, `azure_queue` and `azure_timers` do it with
Azure's Python client, `retries` and `faults` make that client behave as the real host's does.
"""
