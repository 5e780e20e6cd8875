"""Register the API and grant the app its Graph permissions, as an administrator.

The commands need Python 3.10 and a signed-in Azure CLI, and nothing of this repository's
environments, so that they run in Azure Cloud Shell.
"""
