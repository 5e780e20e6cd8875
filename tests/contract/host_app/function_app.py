"""Define a small app that shows what the local host does; tests name its queues."""

import asyncio
import json
import logging
import os
import signal
import sys
import time

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)


@app.function_name("Echo")
@app.route(route="items/{id}", methods=["GET", "POST"], auth_level=func.AuthLevel.ANONYMOUS)
async def echo(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
    """Say what arrived."""
    seen = {
        "function": context.function_name,
        "method": req.method,
        "id": req.route_params["id"],
        "query": dict(req.params),
        "header": req.headers.get("X-Test"),
        "bytes": len(req.get_body()),
    }
    headers = {"Location": "/elsewhere", "Set-Cookie": "a=1"}
    return func.HttpResponse(json.dumps(seen), status_code=202, headers=headers)


@app.function_name("Guarded")
@app.route(route="guarded", methods=["POST"])
def guarded(req: func.HttpRequest) -> func.HttpResponse:
    """Answer on a thread, to callers with a key."""
    return func.HttpResponse(req.get_body())


@app.function_name("Broken")
@app.route(route="broken", auth_level=func.AuthLevel.ANONYMOUS)
async def broken(req: func.HttpRequest) -> func.HttpResponse:
    """Fail."""
    raise RuntimeError(req.url)


@app.function_name("Hang")
@app.route(route="hang", auth_level=func.AuthLevel.ANONYMOUS)
async def hang(req: func.HttpRequest) -> func.HttpResponse:
    """Never answer."""
    logging.getLogger("app").info("hanging")
    await asyncio.Event().wait()
    return func.HttpResponse(req.url)


@app.function_name("Enqueue")
@app.route(route="enqueue", methods=["POST"], auth_level=func.AuthLevel.ANONYMOUS)
@app.queue_output(arg_name="out", queue_name="%WORK_QUEUE%", connection="AzureWebJobsStorage")
def enqueue(req: func.HttpRequest, out: func.Out[str]) -> func.HttpResponse:
    """Put the body on the queue by binding."""
    out.set(req.get_body().decode())
    return func.HttpResponse("queued")


@app.function_name("Work")
@app.queue_trigger(arg_name="msg", queue_name="%WORK_QUEUE%", connection="AzureWebJobsStorage")
async def work(msg: func.QueueMessage) -> None:
    """Do what the message says, in its first attempts: fail, wait, die, or never end."""
    task = msg.get_json()
    logging.getLogger("app").info("working on %s, attempt %s", task["name"], msg.dequeue_count)
    is_still_so = (msg.dequeue_count or 0) <= task.get("attempts", sys.maxsize)
    match task["do"] if is_still_so else "ok":
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "fail":
            raise RuntimeError(task["name"])
        case "wait":
            await asyncio.sleep(task["seconds"])
        case "block":
            time.sleep(task["seconds"])  # noqa: ASYNC251, TID251 - what a bad function does
        case "hang":
            await asyncio.Event().wait()
    logging.getLogger("app").info("done with %s", task["name"])


@app.function_name("Drain")
@app.queue_trigger(arg_name="msg", queue_name="%DRAIN_QUEUE%", connection="AzureWebJobsStorage")
async def drain(msg: func.QueueMessage) -> None:
    """Fail on everything in a queue that is itself a poison queue."""
    logging.getLogger("app").info("draining attempt %s", msg.dequeue_count)
    raise RuntimeError(msg.id)


@app.function_name("Tick")
@app.timer_trigger(arg_name="timer", schedule="%TICK_SCHEDULE%")
async def tick(timer: func.TimerRequest) -> None:
    """Say that it ran, and fail when the test wants that."""
    logging.getLogger("app").info("tick, past due: %s", timer.past_due)
    await asyncio.sleep(0.1)
    logging.getLogger("app").info("tock")


@app.function_name("Faulty")
@app.timer_trigger(arg_name="timer", schedule="0 0 0 1 1 *")
async def faulty(timer: func.TimerRequest) -> None:
    """Fail."""
    raise RuntimeError(f"past due: {timer.past_due}")


@app.function_name("Nowhere")
@app.queue_trigger(arg_name="msg", queue_name="%NOT_SET%", connection="AzureWebJobsStorage")
async def nowhere(msg: func.QueueMessage) -> None:
    """Never run: its queue has no name."""
    raise RuntimeError(msg.id)
