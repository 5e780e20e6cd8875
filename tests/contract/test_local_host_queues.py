"""The queue triggers of the local host against a real storage emulator: the rules of Azure's."""

import base64
import json
import signal
from collections.abc import Iterator
from datetime import timedelta

import pytest
from azure.core.exceptions import ResourceNotFoundError

from infra.local.landscape import Azurite, Host
from tests.contract.host_bench import Bench, new_bench, said, times_said
from tests.waiting import eventually


@pytest.fixture
async def bench(azurite: Azurite) -> Bench:
    """Give queues that no other test uses."""
    made = new_bench(azurite)
    await made.make_queues()
    return made


@pytest.fixture
def host(bench: Bench) -> Iterator[Host]:
    """Give a running host on the queues of the test's bench."""
    with bench.start() as running:
        yield running


async def test_message_done_is_deleted(bench: Bench, host: Host) -> None:
    """A message whose run ends well is gone."""
    await bench.send_task("ok", "one")

    await eventually(lambda: said(host, "working on one, attempt 1", "done with one"))
    await eventually(lambda: _none_in(bench, bench.work))


async def test_failing_message_ends_in_the_poison_queue(bench: Bench, host: Host) -> None:
    """It is tried maxDequeueCount times, visibilityTimeout apart, then copied and deleted."""
    await bench.send_task("fail", "bad")

    await eventually(lambda: _one_in(bench, f"{bench.work}-poison"))
    await eventually(lambda: _none_in(bench, bench.work))
    [poisoned] = await bench.visible(f"{bench.work}-poison")
    assert json.loads(base64.b64decode(poisoned.content)) == {"do": "fail", "name": "bad"}
    warning = "Message has reached MaxDequeueCount of 2. Moving message to queue"
    await eventually(lambda: said(host, f"{warning} '{bench.work}-poison'."))
    assert times_said(host, "working on bad") == 2


async def test_failed_message_is_hidden_for_the_visibility_timeout(bench: Bench) -> None:
    """Between two attempts the message is there and not visible."""
    with bench.start(
        AzureFunctionsJobHost__extensions__queues__visibilityTimeout="01:00:00"
    ) as host:
        await bench.send_task("fail", "bad")
        await eventually(lambda: said(host, "'Functions.Work' (Failed"))
        await eventually(lambda: _one_in(bench, bench.work))

        assert await bench.visible(bench.work) == []


async def test_message_over_the_count_is_poisoned_unseen(bench: Bench) -> None:
    """A message received too often, by crashes say, never reaches the function again."""
    async with bench.queue(bench.work) as client:
        await bench.send_task("ok", "unlucky")
        for _ in range(2):
            taken = await client.receive_message(visibility_timeout=600)
            assert taken is not None
            await client.update_message(taken.id, taken.pop_receipt, visibility_timeout=0)

    with bench.start() as host:
        await eventually(lambda: _one_in(bench, f"{bench.work}-poison"))

        assert not said(host, "working on unlucky")


async def test_failing_message_of_a_poison_queue_stays_hidden(bench: Bench, host: Host) -> None:
    """A poison queue has no poison queue: its message is left where it is for its lease."""
    await bench.send("x", to=bench.drain)

    await eventually(lambda: said(host, "draining attempt 1", "Drain' (Failed"))
    assert (await bench.waiting(bench.drain), await bench.visible(bench.drain)) == (1, [])
    assert not said(host, "poison-poison")


@pytest.mark.parametrize(("extension", "is_run"), [("5.3.8", True), ("5.3.7", False)])
async def test_failing_message_of_a_poison_queue_after_its_last_attempt(
    bench: Bench, extension: str, *, is_run: bool
) -> None:
    """Over the count it is run again after each lease, or skipped, as the version has it."""
    with bench.start("--message-lease", "1", "--queues-extension", extension) as host:
        await bench.send("x", to=bench.drain)
        await eventually(lambda: said(host, "draining attempt 2"))
        await eventually(lambda: _was_received(bench, bench.drain, times=4))

        assert said(host, "draining attempt 3") == is_run
    assert await bench.waiting(bench.drain) == 1


async def test_missing_queue_is_looked_for_and_not_made(azurite: Azurite) -> None:
    """The trigger does not make its queue, and reads it once somebody did."""
    bench = new_bench(azurite)
    with bench.start() as host:
        async with bench.queue(bench.drain) as client:
            with pytest.raises(ResourceNotFoundError):
                await client.get_queue_properties()
        await bench.make_queues()
        await bench.send_task("ok", "late")
        await eventually(lambda: said(host, "done with late"))


async def test_message_that_is_no_base64_is_poisoned_as_it_is(bench: Bench, host: Host) -> None:
    """With messageEncoding base64, plain text never reaches the function."""
    await bench.send('{"do": "ok", "name": "plain"}', raw=True)

    await eventually(lambda: _one_in(bench, f"{bench.work}-poison"))
    [poisoned] = await bench.visible(f"{bench.work}-poison")
    assert poisoned.content == '{"do": "ok", "name": "plain"}'
    assert not said(host, "working on plain")


async def test_poison_copy_is_a_message_of_its_own(bench: Bench, host: Host) -> None:
    """Same body, whatever is in it, up to the limit of a message; new id, count 0, seven days."""
    body = "<not> & base64 " + "x" * (64 * 1024 - 15)
    async with bench.queue(bench.work) as client:
        sent = await client.send_message(body, time_to_live=-1)
    await eventually(lambda: _one_in(bench, f"{bench.work}-poison"))

    assert not said(host, "working on")
    [copy] = await bench.visible(f"{bench.work}-poison")
    assert copy.content == body
    assert (copy.id == sent.id, copy.dequeue_count) == (False, 0)
    assert copy.expires_on is not None
    assert copy.inserted_on is not None
    assert copy.expires_on - copy.inserted_on == timedelta(days=7)


async def test_plain_text_is_read_with_encoding_none(bench: Bench) -> None:
    """With messageEncoding none the body is the text on the wire."""
    with bench.start(AzureFunctionsJobHost__extensions__queues__messageEncoding="none") as host:
        await bench.send('{"do": "ok", "name": "plain"}', raw=True)

        await eventually(lambda: said(host, "done with plain"))


async def test_lease_is_renewed_while_the_function_runs(bench: Bench) -> None:
    """A run longer than the lease keeps its message to itself."""
    with bench.start("--message-lease", "6") as host:
        await bench.send_task("wait", "long", seconds=7)

        await eventually(lambda: said(host, "done with long"))
        await eventually(lambda: _none_in(bench, bench.work))
        assert times_said(host, "working on long") == 1


async def test_killed_host_leaves_its_message_hidden(bench: Bench) -> None:
    """SIGKILL in mid-message loses nothing: hidden at first, run again after the lease."""
    lease = ("--message-lease", "6")
    with bench.start(*lease) as lost:
        await bench.send_task("hang", "held")
        await eventually(lambda: said(lost, "working on held, attempt 1"))
        assert lost.kill() == -signal.SIGKILL
    assert await bench.visible(bench.work) == []

    with bench.start(*lease, port=int(lost.url.rsplit(":", 1)[1])) as again:
        assert lost.url == again.url
        await eventually(lambda: said(again, "working on held, attempt 2"))
        again.kill()


async def _none_in(bench: Bench, queue: str) -> bool:
    return await bench.waiting(queue) == 0


async def _was_received(bench: Bench, queue: str, *, times: int) -> bool:
    """Whether the message there was received so often; it is looked at while it is visible."""
    return any((message.dequeue_count or 0) >= times for message in await bench.visible(queue))


async def _one_in(bench: Bench, queue: str) -> bool:
    return await bench.waiting(queue) == 1
