"""Register functions whose modules are imported when they are first called.

Why: every cold start and every decision to scale waits until the functions are listed. To list
them is cheap; to import all that they do takes three times as long as to start Python with
Microsoft's own package, and an instance that drains a queue never needs what answers a browser.
What is declared here stands in functions/declared.py, which is written from the decorators.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import azure.functions as func

from functions import hosting

type HttpHandler = Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]


@dataclass(frozen=True)
class Route:
    """A function called over HTTP: its name, where it is, and how it is reached."""

    name: str
    place: str
    route: str
    methods: tuple[str, ...]
    is_open: bool = False
    """Whether everybody may call it, whatever the service's own level is."""


@dataclass(frozen=True)
class FromQueue:
    """A function called for each message of a queue; `output` puts messages back into it."""

    name: str
    place: str
    queue: str
    output: str | None = None


@dataclass(frozen=True)
class OnTime:
    """A function called at the times that `schedule`, a function of `hosting`, tells."""

    name: str
    place: str
    schedule: str


type Declared = Route | FromQueue | OnTime


def register(declared: Declared, app: func.FunctionApp) -> None:
    """Declare one function; its own module is imported with its first call."""
    named = app.function_name(declared.name)
    match declared:
        case Route():
            level = func.AuthLevel.ANONYMOUS if declared.is_open else None
            route = app.route(declared.route, methods=declared.methods, auth_level=level)
            named(route(_over_http(declared.place)))
        case FromQueue(output=None):
            named(_queue(declared, app)(_from_queue(declared.place)))
        case FromQueue(output=str(name)):
            out = app.queue_output(name, declared.queue, hosting.STORAGE)
            named(_queue(declared, app)(out(_from_queue_and_back(declared.place))))
        case OnTime():
            timer = app.timer_trigger("timer", getattr(hosting, declared.schedule)())
            named(timer(_on_time(declared.place)))


def handler(place: str) -> Callable[..., Any]:
    """The function at `module:name`, its module imported if it is not yet."""
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def _queue(declared: FromQueue, app: func.FunctionApp) -> Callable[..., Any]:
    return app.queue_trigger("message", declared.queue, hosting.STORAGE)


def _over_http(place: str) -> HttpHandler:
    async def answer(req: func.HttpRequest) -> func.HttpResponse:
        reply: func.HttpResponse = await handler(place)(req)
        return reply

    return answer


def _from_queue(place: str) -> Callable[[func.QueueMessage], Awaitable[None]]:
    async def take(message: func.QueueMessage) -> None:
        await handler(place)(message)

    return take


def _from_queue_and_back(
    place: str,
) -> Callable[[func.QueueMessage, func.Out[bytes]], Awaitable[None]]:
    async def take(message: func.QueueMessage, again: func.Out[bytes]) -> None:
        await handler(place)(message, again)

    return take


def _on_time(place: str) -> Callable[[func.TimerRequest], Awaitable[None]]:
    async def run(timer: func.TimerRequest) -> None:
        await handler(place)(timer)

    return run
