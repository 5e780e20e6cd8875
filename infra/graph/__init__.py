"""Consent, given once by an administrator: what the app may do, and who may call it.

The commands need Python 3.10 and a signed-in Azure CLI, and nothing of this repository's
environments, so that they run in Azure Cloud Shell.
"""
