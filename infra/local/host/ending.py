"""Describe why a host ends: it was told to, or met a fault that ends the real host, too."""

import asyncio
import logging
from dataclasses import dataclass, field

from infra.local.host.storage.faults import StorageCallError

_logger = logging.getLogger("host")


@dataclass(slots=True)
class Ending:
    """Whether it is time to end, and the fault that made it so, if one did."""

    told: asyncio.Event = field(default_factory=asyncio.Event)
    fault: Exception | None = None

    def unhandled(self, fault: Exception) -> None:
        """Take the host down. Source: azure-functions-host, WebScriptHostExceptionHandler.cs."""
        if self.fault is None:
            self.fault = fault
            _logger.critical(
                "An unhandled exception has occurred. Host is shutting down. %s", fault
            )
        self.told.set()

    def in_words(self) -> str:
        """Say why the host ends, and what becomes of it in Azure."""
        if self.fault is None:
            return "told to stop"
        if not isinstance(self.fault, StorageCallError):
            return f"{self.fault}; in Azure the platform starts it again"
        status = self.fault.status
        if status is None:
            why = "the storage account gave no answer to six tries in half a minute"
        elif self.fault.is_server_side:
            why = f"the storage account answered {status} to six tries in half a minute"
        else:
            why = f"the storage account refused a call with {status} {self.fault.code}".rstrip()
        return f"{why} ({self.fault.what}); in Azure the platform starts it again"
