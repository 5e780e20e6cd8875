"""The HTTPS notifier against a real TLS server: the certificate must be the name's."""

from pathlib import Path

import pytest

from shared.notify.http import HttpNotifier
from shared.ports.events import DeliveryAnswer, DeliveryReport
from tests.builders import NOW
from tests.e2e.stage.receiver import Receiver
from tests.e2e.stage.receiver_wire import HOST, receiver_wire
from tests.fakes.clock import ManualClock

OTHER = f"other-{HOST}"


@pytest.mark.parametrize(
    ("host", "told", "arrived"),
    [
        (HOST, DeliveryReport(DeliveryAnswer.DELIVERED, "http-200"), 1),
        (OTHER, DeliveryReport(DeliveryAnswer.FAILED, "connection-failed"), 0),
    ],
    ids=["its own", "another's"],
)
async def test_only_the_named_server_gets_the_event(
    tmp_path: Path, host: str, told: DeliveryReport, arrived: int
) -> None:
    """Whoever else answers at the address has no certificate for the name, and hears nothing."""
    file = tmp_path / "receiver"
    wire = receiver_wire(file)
    notifier = HttpNotifier(ManualClock(NOW), allowed_hosts=(HOST, OTHER), secrets=(), wire=wire)

    async with Receiver(file) as receiver:
        url = receiver.url("x").replace(HOST, host)
        answer = await notifier.send(url, "e-1", '{"id": "e-1"}', caller="ann")

    assert answer == told
    assert len(receiver.received) == arrived


async def test_nobody_there_is_an_answer(tmp_path: Path) -> None:
    """A server that is down."""
    wire = receiver_wire(tmp_path / "nobody")
    notifier = HttpNotifier(ManualClock(NOW), allowed_hosts=(HOST,), secrets=(), wire=wire)

    answer = await notifier.send(f"https://{HOST}/", "e-1", "{}", caller="ann")

    assert answer == DeliveryReport(DeliveryAnswer.FAILED, "connection-failed")
