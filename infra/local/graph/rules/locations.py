"""Check usage locations, and from when Graph accepts a new one for an assignment."""

import re
from datetime import datetime, timedelta
from typing import Any

from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import iso
from infra.local.graph.web.wire import Json, bad_request

_LOCATION = re.compile(r"[A-Z]{2}")


def check_location(value: Any) -> None:
    """Raise the 400 for what is no country code."""
    if not (isinstance(value, str) and _LOCATION.fullmatch(value)):
        raise bad_request(
            "Invalid value specified for property 'usageLocation' of resource 'User'."
        )


def set_location(user: Json, value: Any, now: datetime, switches: Switches) -> None:
    """Set the user's location, in place; an assignment takes it after the delay of the switch."""
    if value != user.get("usageLocation") and switches.usage_location_delay_seconds:
        delay = timedelta(seconds=switches.usage_location_delay_seconds)
        user["usageLocationTakenAt"] = iso(now + delay)
    user["usageLocation"] = value
