"""One request to one judged address; what a receiver does is an answer, never an error."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared.notify.http import SENDING_TIME, HttpNotifier
from shared.notify.wire import Internet
from shared.ports.events import DeliveryAnswer, DeliveryReport
from tests.builders import NOW
from tests.fakes.clock import ManualClock

PUBLIC = "93.184.216.34"
URL = "https://prod-1.logic.azure.com:443/workflows/1/x%2Fy?sp=%2Ftriggers%2Frun&sig=a-_%3D%2b"
BODY = '{"id": "e-1"}'
type Handler = Callable[[httpx.Request], httpx.Response]


class FixedResolver:
    """Answers every name with these addresses, or fails."""

    def __init__(self, *addresses: str, error: Exception | None = None) -> None:
        self.addresses, self.error = addresses, error
        self.asked: list[str] = []

    async def resolve(self, host: str) -> tuple[str, ...]:
        """The addresses."""
        self.asked.append(host)
        if self.error is not None:
            raise self.error
        return self.addresses


class Endless(httpx.AsyncByteStream):
    """A body that never ends."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Send for ever."""
        while True:
            yield b"x" * 65_536


class Receiver:
    """Whoever stands at the other end."""

    def __init__(self, answer: Handler | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self._answer = answer or (lambda _: httpx.Response(202))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Keep the request and answer it."""
        self.requests.append(request)
        return self._answer(request)


def a_notifier(
    receiver: Receiver | None = None,
    resolver: FixedResolver | None = None,
    secrets: tuple[bytes, ...] = (),
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    sending_time: timedelta = SENDING_TIME,
) -> HttpNotifier:
    """A notifier over a wire in memory."""
    return HttpNotifier(
        ManualClock(NOW),
        allowed_hosts=("*.logic.azure.com",),
        secrets=secrets,
        wire=Internet(
            resolver or FixedResolver(PUBLIC),
            transport or httpx.MockTransport(receiver or Receiver()),
        ),
        sending_time=sending_time,
    )


async def sent(notifier: HttpNotifier, url: str = URL) -> DeliveryReport:
    """What comes of one sending for Ann."""
    return await notifier.send(url, "e-1", BODY, caller="ann")


async def test_the_request_goes_to_the_judged_address_under_its_name() -> None:
    """Nothing between judging and calling looks the name up again; the URL is kept to the byte."""
    receiver, resolver = Receiver(), FixedResolver(PUBLIC)

    told = await sent(a_notifier(receiver, resolver, (b"k" * 24,)))

    (request,) = receiver.requests
    assert told == DeliveryReport(DeliveryAnswer.DELIVERED, "http-202")
    assert resolver.asked == ["prod-1.logic.azure.com"]
    assert (request.method, request.url.scheme) == ("POST", "https")
    assert (request.url.host, request.url.port) == (PUBLIC, None)
    assert request.headers["host"] == "prod-1.logic.azure.com"
    assert request.extensions["sni_hostname"] == "prod-1.logic.azure.com"
    expected = b"/workflows/1/x%2Fy?sp=%2Ftriggers%2Frun&sig=a-_%3D%2b"
    assert request.url.raw_path == expected
    assert request.content == BODY.encode()
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert request.headers["webhook-id"] == "e-1"
    assert request.headers["webhook-signature"].startswith("v1,")
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("169.254.169.254",),
        (PUBLIC, "10.0.0.1"),
        ("::ffff:10.0.0.1", PUBLIC),
        (PUBLIC, "2a01:111:f403::1", "fd00:ec2::254"),
        (),
    ],
    ids=["loopback", "metadata", "mixed", "mapped first", "one of three", "none"],
)
async def test_one_address_that_is_not_public_is_enough(addresses: tuple[str, ...]) -> None:
    """A name that also leads inside is not called at all."""
    receiver = Receiver()

    told = await a_notifier(receiver, FixedResolver(*addresses)).send(
        URL, "e-1", BODY, caller="ann"
    )

    assert told == DeliveryReport(DeliveryAnswer.FAILED, "address-not-public")
    assert receiver.requests == []


async def test_a_name_that_changes_its_mind_is_judged_each_time() -> None:
    """Public when it was taken in, private now: not called."""
    receiver, resolver = Receiver(), FixedResolver(PUBLIC)
    notifier = a_notifier(receiver, resolver)
    await sent(notifier)
    resolver.addresses = ("10.0.0.1",)

    told = await sent(notifier)

    assert told.why == "address-not-public"
    assert len(receiver.requests) == 1


async def test_a_host_that_is_not_allowed_any_more_is_not_even_looked_up() -> None:
    """The allow-list may have become shorter since the URL was taken in."""
    receiver, resolver = Receiver(), FixedResolver(PUBLIC)

    told = await a_notifier(receiver, resolver).send(
        "https://evil.example/", "e-1", BODY, caller="ann"
    )

    assert told == DeliveryReport(DeliveryAnswer.FAILED, "host-not-allowed")
    assert (resolver.asked, receiver.requests) == ([], [])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    """Wherever it leads, it was not judged: one request, and a failure."""
    receiver = Receiver(
        lambda _: httpx.Response(status, headers={"location": "https://169.254.169.254/"})
    )

    told = await sent(a_notifier(receiver))

    assert told == DeliveryReport(DeliveryAnswer.FAILED, f"http-{status}")
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (200, {}, DeliveryReport(DeliveryAnswer.DELIVERED, "http-200")),
        (204, {}, DeliveryReport(DeliveryAnswer.DELIVERED, "http-204")),
        (404, {}, DeliveryReport(DeliveryAnswer.MISSING, "http-404")),
        (410, {}, DeliveryReport(DeliveryAnswer.GONE, "http-410")),
        (400, {}, DeliveryReport(DeliveryAnswer.FAILED, "http-400")),
        (500, {"retry-after": "9"}, DeliveryReport(DeliveryAnswer.FAILED, "http-500")),
        (
            429,
            {"retry-after": "90"},
            DeliveryReport(DeliveryAnswer.FAILED, "http-429", timedelta(seconds=90)),
        ),
        (
            503,
            {"retry-after": "7"},
            DeliveryReport(DeliveryAnswer.FAILED, "http-503", timedelta(seconds=7)),
        ),
        (503, {"retry-after": "Sun, 22 Nov"}, DeliveryReport(DeliveryAnswer.FAILED, "http-503")),
        (429, {"retry-after": "9" * 400}, DeliveryReport(DeliveryAnswer.FAILED, "http-429")),
    ],
)
async def test_each_status_of_a_receiver_has_its_meaning(
    status: int, headers: dict[str, str], expected: DeliveryReport
) -> None:
    """Any 2xx has arrived, 410 and 404 have their own meaning, all else is tried again."""
    receiver = Receiver(lambda _: httpx.Response(status, headers=headers))

    assert expected == await sent(a_notifier(receiver))


def _raise(error: Exception) -> Handler:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    return answer


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (httpx.ConnectTimeout("x"), "timeout"),
        (httpx.ReadTimeout("x"), "timeout"),
        (httpx.ConnectError("x"), "connection-failed"),
        (httpx.ReadError("x"), "connection-failed"),
        (httpx.RemoteProtocolError("x"), "connection-failed"),
    ],
)
async def test_a_failure_on_the_way_is_reported_as_an_answer(error: Exception, why: str) -> None:
    """Nothing is raised, and nothing of the URL is in the code."""
    told = await a_notifier(Receiver(_raise(error))).send(URL, "e-1", BODY, caller="ann")

    assert told == DeliveryReport(DeliveryAnswer.FAILED, why)


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long")])
async def test_a_name_nobody_knows_is_an_answer(error: Exception) -> None:
    """It may be known later."""
    told = await a_notifier(Receiver(), FixedResolver(error=error)).send(
        URL, "e-1", BODY, caller="ann"
    )

    assert told == DeliveryReport(DeliveryAnswer.FAILED, "name-not-found")


async def test_an_endless_answer_is_not_read() -> None:
    """The status says it all."""
    receiver = Receiver(lambda _: httpx.Response(200, stream=Endless()))

    told = await asyncio.wait_for(sent(a_notifier(receiver)), 60)

    assert told.verdict is DeliveryAnswer.DELIVERED


class Hanging(httpx.AsyncBaseTransport):
    """A receiver that never answers."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for ever."""
        await asyncio.Event().wait()
        return httpx.Response(200, request=request)


async def test_a_receiver_that_hangs_is_left_in_time() -> None:
    """The whole sending has one end, whatever its parts do."""
    soon = timedelta(milliseconds=20)

    told = await a_notifier(transport=Hanging(), sending_time=soon).send(
        URL, "e-1", BODY, caller="ann"
    )

    assert told == DeliveryReport(DeliveryAnswer.FAILED, "timeout")


async def under_way(notifier: HttpNotifier, *sendings: tuple[str, str]) -> list[asyncio.Task[Any]]:
    """Begin to send to these hosts for these callers."""
    tasks = [
        asyncio.create_task(notifier.send(f"https://{host}/x", "e", BODY, caller=caller))
        for host, caller in sendings
    ]
    await asyncio.sleep(0)
    return tasks


async def ended(tasks: list[asyncio.Task[Any]]) -> None:
    """Break off what is under way."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


HOST, OTHER = "a.logic.azure.com", "b.logic.azure.com"


@pytest.mark.parametrize(
    ("slow", "sending", "has_room"),
    [
        ([], (HOST, "ann"), True),
        ([(HOST, "ann")], (HOST, "ann"), True),
        ([(HOST, "ann")] * 2, (HOST, "ann"), False),
        ([(HOST, "ann")] * 2, (OTHER, "ann"), False),
        ([(HOST, "ann")] * 2, (HOST, "bob"), True),
        ([(HOST, "")] * 2, (HOST, ""), False),
        ([(HOST, "")] * 2, (OTHER, ""), True),
        ([(HOST, f"c{n // 2}") for n in range(8)], (HOST, "bob"), False),
        ([(HOST, f"c{n // 2}") for n in range(8)], (OTHER, "bob"), True),
        ([(f"h{n}.logic.azure.com", f"c{n // 2}") for n in range(16)], (HOST, "bob"), False),
    ],
)
async def test_slow_receivers_hold_up_nobody_else(
    slow: list[tuple[str, str]], sending: tuple[str, str], *, has_room: bool
) -> None:
    """Two at a time for one caller, eight at one host, sixteen in all; the rest is put back."""
    notifier = a_notifier(transport=Hanging())
    tasks = await under_way(notifier, *slow)

    (told,) = await under_way(notifier, sending)

    assert told.done() is not has_room
    if told.done():
        assert told.result() == DeliveryReport(DeliveryAnswer.BUSY, "no-room")
    await ended([*tasks, told])
    (again,) = await under_way(notifier, sending)
    assert not again.done()
    await ended([again])


async def test_cookies_of_one_receiver_reach_no_other() -> None:
    """A cookie of a receiver goes to nobody, the receiver itself included."""
    cookies = [("set-cookie", f"c{number}={'x' * 4_000}; Path=/") for number in range(20)]
    receiver = Receiver(lambda _: httpx.Response(200, headers=cookies))
    notifier = a_notifier(receiver)

    for name in ("evil", "honest", "evil"):
        url = f"https://{name}.logic.azure.com/"
        assert (await notifier.send(url, "e", BODY, caller=name)).why == "http-200"

    for sent in receiver.requests:
        assert set(sent.headers) == {
            "host",
            "content-type",
            "content-length",
            "connection",
            "user-agent",
            "webhook-id",
            "webhook-timestamp",
        }
