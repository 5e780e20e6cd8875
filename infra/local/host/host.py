"""Run a host from start to end: a worker, a port and every trigger."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import Protocol

from aiohttp import web

from infra.local.host.app.bindings import Function, read_function
from infra.local.host.app.host_json import HostSettings
from infra.local.host.clock import Clock, ends_within
from infra.local.host.ending import Ending
from infra.local.host.logs import set_up_logging
from infra.local.host.options import HostOptions
from infra.local.host.parts import Parts, PartsMaker
from infra.local.host.signals import call_on_stop
from infra.local.host.storage.account import StorageAccounts
from infra.local.host.storage.retries import Retries
from infra.local.host.table import function_lines
from infra.local.host.triggers import Triggers
from infra.local.host.web.admin import AdminDoor
from infra.local.host.web.door import WebDoor
from infra.local.host.web.easy_auth import PEOPLE, EasyAuth
from infra.local.host.web.home import is_page_off
from infra.local.host.worker.dispatcher import Dispatcher
from infra.local.host.worker.launch import WorkerSource
from infra.local.host.worker.ports import IndexingError, WorkerStartError
from infra.local.host.worker.starter import WorkerStarter

_FAULT, _WRONG_USE, _NO_FUNCTIONS = 1, 2, 3
# Source: azure-functions-host, WebJobsScriptHostService.StopAsync.
_GRACE_AFTER_FAULT = timedelta(seconds=10)
_logger = logging.getLogger("host")


class Service(Protocol):
    """A listener of the host: it serves until it is stopped."""

    async def serve(self) -> None:
        """Serve until stopped."""

    async def stop(self) -> None:
        """Take no new work and wait for what is running."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host that was not started yet."""

    options: HostOptions
    settings: HostSettings
    clock: Clock
    workers: WorkerSource

    async def run(self) -> int:
        """Serve an app until told to stop, and return the exit code.

        Prints the functions found, then `functions host listening on http://127.0.0.1:PORT`, and
        at the end `functions host ended: ` and why.
        """
        set_up_logging(self.settings.log_level)
        ending = Ending()
        call_on_stop(ending.told.set)
        async with WorkerStarter(self.workers, self.clock) as starter:
            dispatcher = Dispatcher(
                starter, self.clock, self.settings.function_timeout, ending.unhandled
            )
            try:
                functions = await self._find_functions(dispatcher)
                return await self._serve(functions, dispatcher, ending)
            except (IndexingError, WorkerStartError) as fault:
                print(f"the worker could not index the app:\n{fault}", flush=True)
                return _NO_FUNCTIONS
            finally:
                await dispatcher.stop()

    async def _find_functions(self, dispatcher: Dispatcher) -> list[Function]:
        environment = dict(os.environ)  # noqa: TID251 - the app's settings are this process's
        return [
            read_function(found.name, found.function_id, found.raw_bindings, environment)
            for found in await dispatcher.start()
        ]

    async def _serve(
        self, functions: Sequence[Function], dispatcher: Dispatcher, ending: Ending
    ) -> int:
        """Listen, run every poller and timer until it is time to end, then let them finish."""
        accounts = self._accounts()
        triggers = Triggers(dispatcher, accounts.open_queue, self.settings.queues.base64)
        maker = PartsMaker(
            self.options, self.settings, accounts, triggers, self.clock, ending.unhandled
        )
        parts = maker.make(functions)
        print("\n".join(function_lines(parts.functions, self.settings.route_prefix)))
        key, platform = self.options.function_key, self._platform()
        door = WebDoor(parts.endpoints, key, triggers.run_http, platform, self._is_home_off())
        admin = AdminDoor(parts.functions, maker.starts(parts), door.has_key)
        runner = await self._listen(door.application(admin.routes()))
        if runner is None:
            return _WRONG_USE
        print(f"functions host listening on http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
        services = _services(parts)
        await _serve_until(ending, services)
        await asyncio.gather(*(site.stop() for site in runner.sites))
        stops = [*(service.stop() for service in services), admin.drain()]
        finished = await self._finish(ending, stops) and await self._finish(
            ending, [runner.cleanup(), accounts.close()]
        )
        print(f"functions host ended: {ending.in_words()}", flush=True)
        code = 0 if ending.fault is None else _FAULT
        if not finished:
            os._exit(code)
        return code

    @staticmethod
    def _is_home_off() -> bool:
        return is_page_off(os.environ)  # noqa: TID251 - the app's settings are this process's

    def _platform(self) -> EasyAuth | None:
        """The platform's sign-in, where the app is told that there is one."""
        told = os.environ.get("WEBSITE_AUTH_ENABLED", "")  # noqa: TID251 - as the app reads it
        if told.lower() != "true":
            return None
        return EasyAuth(PEOPLE[0] if self.options.is_trusting else None)

    def _accounts(self) -> StorageAccounts:
        environment = dict(os.environ)  # noqa: TID251 - the app's settings are this process's
        retries = Retries(self.clock, Random())  # noqa: S311 - jitter
        return StorageAccounts(self.options.app_dir, environment, retries)

    async def _listen(self, app: web.Application) -> web.AppRunner | None:
        """Open the port, or say why not and return None."""
        grace = self.options.grace.total_seconds()
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=grace)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self.options.port, reuse_address=True).start()
        except OSError as fault:
            print(f"cannot listen on port {self.options.port}: {fault.strerror}", flush=True)
            await runner.cleanup()
            return None
        return runner

    async def _finish(self, ending: Ending, ends: Sequence[Awaitable[object]]) -> bool:
        """Wait for what is running, for the grace and no longer."""
        grace = self.options.grace
        if ending.fault is not None:
            grace = min(grace, _GRACE_AFTER_FAULT)
        finished = await ends_within(self.clock, asyncio.gather(*ends), grace)
        if not finished:
            _logger.warning("Still running after %s: left behind.", grace)
        return finished


def _services(parts: Parts) -> list[Service]:
    return [*parts.pollers.values(), *parts.timers.values()]


async def _serve_until(ending: Ending, services: Sequence[Service]) -> None:
    """Let the services serve until it is time to end."""
    serving = [asyncio.create_task(service.serve()) for service in services]
    for task in serving:
        task.add_done_callback(partial(_end_on_fault, ending))
    await ending.told.wait()
    _logger.info("Stopping: no new work, finishing what is running.")


def _end_on_fault(ending: Ending, task: asyncio.Task[None]) -> None:
    """Take the host down when one of its own loops breaks: that is a fault of this program."""
    if not task.cancelled() and (fault := task.exception()) is not None:
        _logger.critical("A listener of the host broke", exc_info=fault)
        ending.unhandled(RuntimeError(f"a listener of the host broke: {fault!r}"))
