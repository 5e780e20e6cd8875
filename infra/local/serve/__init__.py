"""Keep the service running on this machine: storage, Graph and host, until Ctrl-C."""

from infra.local.serve.command import main

__all__ = ["main"]
