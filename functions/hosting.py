"""Read what the Functions host must know at indexing, before any setting was checked.

Why the environment is read here: auth level and schedule are part of a function's declaration. A
`%SETTING%` expression would leave a function out, silently, where the setting has no value.
"""

import os

import azure.functions as func

from shared.domain.values.schedules import (
    CLEANUP_SCHEDULE,
    DRILL_SCHEDULE,
    OBSERVE_SCHEDULE,
    REPORT_SCHEDULE,
    SWEEP_SCHEDULE,
)

STORAGE = "AzureWebJobsStorage"
REQUESTS = "restore-requests"
WORK = "restore-work"

# The prefix in host.json; `Location` is built with it, and a test holds the two together.
ROUTE_PREFIX = "api"


def http_auth_level() -> func.AuthLevel:
    """Function keys, unless Entra ID stands in front; an unknown setting opens nothing.

    With AUTH_MODE=entra the platform has authenticated the caller before the host sees the
    request, and a caller with a token has no function key to send.
    """
    mode = os.environ.get("AUTH_MODE") or "entra"  # noqa: TID251 - see Why
    return func.AuthLevel.ANONYMOUS if mode.strip().lower() == "entra" else func.AuthLevel.FUNCTION


def sweep_schedule() -> str:
    """When the sweep runs (NCRONTAB, UTC)."""
    return os.environ.get("SWEEP_SCHEDULE") or SWEEP_SCHEDULE  # noqa: TID251 - see Why


def observe_schedule() -> str:
    """When the timer looks at the tenant (NCRONTAB, UTC)."""
    return os.environ.get("OBSERVE_SCHEDULE") or OBSERVE_SCHEDULE  # noqa: TID251 - see Why


def cleanup_schedule() -> str:
    """When the cleanup runs (NCRONTAB, UTC)."""
    return os.environ.get("CLEANUP_SCHEDULE") or CLEANUP_SCHEDULE  # noqa: TID251 - see Why


def report_schedule() -> str:
    """When the weekly report is sent (NCRONTAB, UTC)."""
    return os.environ.get("REPORT_SCHEDULE") or REPORT_SCHEDULE  # noqa: TID251 - see Why


def drill_schedule() -> str:
    """When a drill begins, if there are any (NCRONTAB, UTC)."""
    return os.environ.get("DRILL_SCHEDULE") or DRILL_SCHEDULE  # noqa: TID251 - see Why
