"""Give invocations to the worker, and replace a worker that died.

A worker that dies alone fails every run in it at once; what comes meanwhile waits for the next
worker, and nothing else of the host notices. `functionTimeout` fails the run that is over its time,
and two seconds later, if it still runs, kills the worker and with it every other run: the Python
worker never sees a cancel. Source: azure-functions-host, RpcFunctionInvocationDispatcher.cs,
GrpcWorkerChannel.cs (TryFailExecutions), WebScriptHostExceptionHandler.cs.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from infra.local.host.app.bindings import Function
from infra.local.host.clock import Clock, ends_within, new_id
from infra.local.host.worker.messages import (
    IndexedFunction,
    Inputs,
    Invocation,
    Metadata,
    NotRunError,
    Outcome,
)
from infra.local.host.worker.ports import IndexingError, Starter, Worker, WorkerStartError
from infra.local.host.worker.rules import WorkerErrors

_logger = logging.getLogger("host")


class WorkerRestartsExceededError(Exception):
    """Workers died too often in a row for another one to be started."""

    def __init__(self) -> None:
        super().__init__("the worker died too often in a row: three times, each within 30 minutes")


class Dispatcher:
    """Runs functions in a worker. `unhandled` takes what must take the host down."""

    def __init__(
        self,
        starter: Starter,
        clock: Clock,
        function_timeout: timedelta | None,
        unhandled: Callable[[Exception], None],
    ) -> None:
        self._starter, self._clock, self._times = starter, clock, starter.times
        self._timeout, self._unhandled = function_timeout, unhandled
        self._errors, self._next_start = WorkerErrors(), clock.now()
        self._worker: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._keeping: asyncio.Task[None] | None = None
        self._killings: set[asyncio.Task[None]] = set()

    async def start(self) -> Sequence[IndexedFunction]:
        """Start the first worker and list its functions.

        Raises WorkerStartError, or IndexingError with the worker's text.
        """
        worker = await self._starter.start()
        self._hand_over_to(worker)
        self._keeping = asyncio.create_task(self._keep(worker))
        return worker.functions

    async def stop(self) -> None:
        """Give up what waits for a worker, and end the worker."""
        if self._keeping is not None:
            self._keeping.cancel()
        worker = self._live_worker()
        if worker is not None:
            await worker.close()
        self._give_up()

    async def invoke(
        self, function: Function, inputs: Inputs, metadata: Metadata, reason: str
    ) -> Outcome:
        """Call a function once; an exception in it, and a dead worker, is an Outcome.

        Raises NotRunError when the host ends before a worker has it.
        """
        started = self._clock.now()
        order = Invocation(new_id(), function.function_id, inputs, metadata)
        _logger.info(
            "Executing 'Functions.%s' (Reason='%s', Id=%s)",
            function.name,
            reason,
            order.invocation_id,
        )
        outcome = await self._within_timeout(function.name, order)
        self._log_end(function.name, order.invocation_id, started, failed=not outcome.ok)
        return outcome

    async def _within_timeout(self, name: str, order: Invocation) -> Outcome:
        run = asyncio.ensure_future(self._run(order))
        if self._timeout is None or await ends_within(self._clock, run, self._timeout):
            return await run
        _logger.error(
            "Timeout value of %s exceeded by function 'Functions.%s' (Id: '%s').",
            _hours(self._timeout),
            name,
            order.invocation_id,
        )
        killing = asyncio.create_task(self._kill_unless_ended(run, order.invocation_id))
        self._killings.add(killing)
        killing.add_done_callback(self._killings.discard)
        return Outcome(ok=False, error=f"Timeout value of {_hours(self._timeout)} was exceeded")

    async def _run(self, order: Invocation) -> Outcome:
        worker = await asyncio.shield(self._worker)
        return await worker.run(order)

    async def _kill_unless_ended(self, run: asyncio.Future[Outcome], invocation_id: str) -> None:
        await ends_within(self._clock, run, self._times.after_time_out)
        worker = self._live_worker()
        if worker is not None and worker.is_running(invocation_id):
            _logger.warning(
                "A function timeout has occurred. Restarting worker process executing"
                " invocationId '%s'.",
                invocation_id,
            )
            worker.kill()

    async def _keep(self, worker: Worker) -> None:
        """Replace each worker that dies, until one dies too many."""
        while True:
            await worker.died.wait()
            self._worker = asyncio.get_running_loop().create_future()
            _logger.error(
                "Worker process %s exited with code %s; every run in it has failed.",
                worker.pid,
                worker.exit_code,
            )
            is_error = not worker.was_killed
            replaced = await self._replacement(is_error=is_error)
            if replaced is None:
                self._give_up()
                self._unhandled(WorkerRestartsExceededError())
                return
            worker = replaced
            self._next_start = self._clock.now() + self._times.between_restarts
            self._hand_over_to(worker)

    async def _replacement(self, *, is_error: bool) -> Worker | None:
        """Start the next worker, or give None when there were too many errors."""
        while not (is_error and self._errors.are_too_many(self._clock.now())):
            await self._clock.sleep(max(self._next_start - self._clock.now(), timedelta(0)))
            try:
                return await self._starter.start()
            except (WorkerStartError, IndexingError) as fault:
                _logger.error("Failed to start a worker process: %s", fault)  # noqa: TRY400
                is_error = True
        return None

    def _live_worker(self) -> Worker | None:
        is_there = self._worker.done() and self._worker.exception() is None
        return self._worker.result() if is_there else None

    def _hand_over_to(self, worker: Worker) -> None:
        self._worker.set_result(worker)
        print(f"worker process started, pid {worker.pid}", flush=True)

    def _give_up(self) -> None:
        if not self._worker.done():
            self._worker.set_exception(NotRunError())
            self._worker.exception()  # nobody may be waiting

    def _log_end(self, name: str, invocation_id: str, started: datetime, *, failed: bool) -> None:
        _logger.log(
            logging.ERROR if failed else logging.INFO,
            "Executed 'Functions.%s' (%s, Id=%s, Duration=%dms)",
            name,
            "Failed" if failed else "Succeeded",
            invocation_id,
            (self._clock.now() - started) / timedelta(milliseconds=1),
        )


def _hours(span: timedelta) -> str:
    """Write a span as .NET does, in whole seconds."""
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
