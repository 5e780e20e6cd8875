"""Define the options a host is started with."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from infra.local.host.queues.rules import MESSAGE_LEASE, QueuesExtension

# As long as the platform lets an instance finish its work before it updates it.
# Source: github.com/microsoft/azure-skills, hosting plans: Flex Consumption, platform updates.
GRACE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class HostOptions:
    """How to start a host.

    Attributes:
        app_dir: the directory with function_app.py and host.json, absolute.
        port: where to listen on 127.0.0.1; 0 takes any.
        function_key: asked for by FUNCTION and ADMIN routes; None asks for none.
        message_lease: how long a queue message stays hidden while it runs, unless renewed.
        queues_extension: whose rule for poison queues holds.
        grace: how long a stopping host waits for what is running.
        is_trusting: whether a call that does not say who it comes from, and comes from no browser,
            is taken for one of somebody who may do everything.

    """

    app_dir: Path
    port: int = 0
    function_key: str | None = None
    message_lease: timedelta = MESSAGE_LEASE
    queues_extension: QueuesExtension = QueuesExtension.FROM_5_3_8
    grace: timedelta = GRACE
    is_trusting: bool = False
