"""Under which trace Graph hears of a call."""

from shared import telemetry
from shared.graph.calls import requests
from shared.graph.models.shapes import UserShape
from tests.unit.graph.wire import USER_ID, Wire, ok


async def test_a_call_carries_the_trace_it_belongs_to() -> None:
    """Graph logs the id under which the caller's tools know the restore."""
    wire = Wire(ok({"id": USER_ID}))
    client = wire.client()

    with telemetry.traced("0af7651916cd43dd8448eb211c80319c"):
        await client.send(requests.active_user(client.api, USER_ID), UserShape)
    await client.send(requests.active_user(client.api, USER_ID), UserShape)

    traced, plain = (request.headers for request in wire.sent)
    assert traced["client-request-id"] == "0af76519-16cd-43dd-8448-eb211c80319c"
    assert traced["traceparent"].startswith("00-0af7651916cd43dd8448eb211c80319c-")
    assert "traceparent" not in plain
