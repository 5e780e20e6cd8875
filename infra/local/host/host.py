"""The life of a host: index, listen, serve until told to stop, finish what is running."""

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any, Protocol

from aiohttp import web

from infra.local.host.app import host_json
from infra.local.host.app.bindings import Function, HttpTrigger, QueueTrigger, TimerTrigger
from infra.local.host.command import HostOptions
from infra.local.host.logs import set_up_logging
from infra.local.host.triggers import ON_DEMAND, Parts, Triggers
from infra.local.host.web.admin import AdminDoor, Start
from infra.local.host.web.door import WebDoor
from infra.local.host.worker.runtime import IndexingError, Invoker, index_app
from infra.local.host.worker.watchdog import Watchdog

_WRONG_USE, _NO_FUNCTIONS = 2, 3
_logger = logging.getLogger("host")


class Service(Protocol):
    """A listener of the host: it serves until it is stopped."""

    async def serve(self) -> None:
        """Serve until stopped."""

    async def stop(self) -> None:
        """Take no new work and wait for what is running."""


async def run_host(options: HostOptions) -> int:
    """Serve an app until SIGTERM or SIGINT, and return the exit code.

    Prints the functions found, then `functions host listening on http://127.0.0.1:PORT`.
    """
    environment = dict(os.environ)  # noqa: TID251 - the app's settings are this process's
    try:
        settings = host_json.load(options.app_dir, environment)
        set_up_logging(settings.log_level)
        functions = await index_app(options.app_dir, environment)
    except host_json.HostJsonError as fault:
        print(fault, flush=True)
        return _WRONG_USE
    except IndexingError as fault:
        print(f"the worker could not index the app:\n{fault}", flush=True)
        return _NO_FUNCTIONS
    invoker = Invoker(Watchdog(settings.function_timeout))
    triggers = Triggers(invoker, settings, environment, options.message_lease)
    parts = triggers.build(functions)
    _print_table(parts.functions, settings.route_prefix)
    return await _serve(options, triggers, parts)


async def _serve(options: HostOptions, triggers: Triggers, parts: Parts) -> int:
    """Listen, run every poller and timer until told to stop, then let them finish."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    door = WebDoor(parts.endpoints, options.function_key, triggers.run_http)
    admin = AdminDoor(parts.functions, _starts(triggers, parts), door.has_key)
    runner = await _listen(options, door.application(admin.routes()))
    if runner is None:
        return _WRONG_USE
    await asyncio.gather(*(poller.prepare() for poller in parts.pollers.values()))
    print(f"functions host listening on http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    services: list[Service] = [*parts.pollers.values(), *parts.timers.values()]
    sound = await _serve_until(stop, services)
    _logger.info("Stopping: no new work, finishing what is running.")
    await asyncio.gather(*(site.stop() for site in runner.sites))
    finished = await _finish(options, [*(s.stop() for s in services), admin.drain()])
    await runner.cleanup()
    if not finished:
        os._exit(0 if sound else 1)
    return 0 if sound else 1


async def _listen(options: HostOptions, app: web.Application) -> web.AppRunner | None:
    """Open the port, or say why not and return None."""
    grace = options.grace.total_seconds()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=grace)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", options.port, reuse_address=True).start()
    except OSError as fault:
        print(f"cannot listen on port {options.port}: {fault.strerror}", flush=True)
        await runner.cleanup()
        return None
    return runner


async def _serve_until(stop: asyncio.Event, services: Sequence[Service]) -> bool:
    """Let the services serve until the stop; False when one of them broke instead."""
    serving = [asyncio.create_task(service.serve()) for service in services]
    for task in serving:
        task.add_done_callback(partial(_stop_on_fault, stop))
    await stop.wait()
    return not any(task.done() and task.exception() for task in serving)


async def _finish(options: HostOptions, stops: Sequence[Coroutine[Any, Any, None]]) -> bool:
    """Wait for what is running, for the grace and no longer."""
    tasks = [asyncio.create_task(stop) for stop in stops]
    _, pending = await asyncio.wait(tasks, timeout=options.grace.total_seconds())
    if pending:
        _logger.warning("Still running after %s: left behind.", options.grace)
    return not pending


def _stop_on_fault(stop: asyncio.Event, task: asyncio.Task[None]) -> None:
    """Take the host down when one of its own loops breaks: that is a fault of this program."""
    if not task.cancelled() and (fault := task.exception()) is not None:
        _logger.critical("A listener of the host broke", exc_info=fault)
        stop.set()


def _starts(triggers: Triggers, parts: Parts) -> dict[str, Start]:
    """Say how each timer and queue function is run on demand."""
    starts: dict[str, Start] = {}
    for function in parts.functions:
        match function.trigger:
            case TimerTrigger() if function.name in parts.timers:
                starts[function.name.lower()] = partial(_run_timer, parts, function.name)
            case QueueTrigger() as trigger if function.name in parts.pollers:
                run = partial(triggers.run_made_up_message, function, trigger)
                starts[function.name.lower()] = run
            case _:
                continue
    return starts


async def _run_timer(parts: Parts, name: str, _text: str) -> bool:
    return await parts.timers[name].run_now(ON_DEMAND)


def _print_table(functions: Sequence[Function], prefix: str) -> None:
    width = max(len(function.name) for function in functions)
    for function in functions:
        print(f"  {function.name:<{width}}  {_describe(function, prefix)}")


def _describe(function: Function, prefix: str) -> str:
    if function.fault:
        return f"ERROR {function.fault}"
    match function.trigger:
        case HttpTrigger(route=route, methods=methods, auth_level=level):
            path = "/" + "/".join(part for part in (prefix, route) if part)
            return f"http   {','.join(sorted(methods)) or 'ANY'} {path} ({level.lower()})"
        case QueueTrigger(queue_name=queue_name):
            return f"queue  {queue_name}"
        case TimerTrigger(schedule=schedule):
            return f"timer  {schedule} (UTC)"
        case None:
            return "no trigger"
