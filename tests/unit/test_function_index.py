"""The app as the Functions host sees it, with nothing installed but requirements.txt.

A failing import shows up in Azure only as "0 functions found": this is where it shows up first.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNTIME_PYTHON = ROOT / ".venv-runtime" / "bin" / "python"

# Drives Microsoft's worker runtime just as far as the host does to list the functions.
INDEXER = """
import asyncio, json, sys, types
import azure_functions_runtime as runtime

class Message:
    def __init__(self, **fields): self.__dict__.update(fields)

def message(name, **constants): return type(name, (Message,), constants)

protos = types.SimpleNamespace(
    StatusResult=message("StatusResult", Failure=0, Success=1, Cancelled=2),
    BindingInfo=message("BindingInfo", **{"in": 0, "out": 1, "inout": 2, "undefined": 0,
                                          "string": 1, "binary": 2, "stream": 3}),
    **{name: message(name) for name in (
        "RpcException", "WorkerMetadata", "WorkerInitResponse", "FunctionMetadataResponse",
        "FunctionLoadResponse", "InvocationResponse", "RpcFunctionMetadata", "RpcRetryOptions")},
)

async def index(directory):
    sys.path.insert(0, directory)
    init = types.SimpleNamespace(capabilities={}, function_app_directory=directory)
    answer = await runtime.worker_init_request(types.SimpleNamespace(
        request=types.SimpleNamespace(worker_init_request=init),
        properties={"host": "127.0.0.1", "protos": protos}))
    if answer.result.status != 1:
        sys.exit(str(getattr(answer.result.exception, "message", answer.result)))
    listed = await runtime.functions_metadata_request(None)
    return {one.name: [json.loads(binding) for binding in one.raw_bindings]
            for one in listed.function_metadata_results or ()}

functions = asyncio.run(index(sys.argv[1]))
ours = {"functions", "shared", "msgraph", "pydantic"}
clients = ("azure.data", "azure.storage", "azure.identity")
loaded = [name for name in sys.modules
          if name.split(".")[0] in ours or name.startswith(clients)]
print(json.dumps({"functions": functions, "loaded": sorted(loaded)}))
"""

HTTP = {
    "GetDesk": ("desk/{*path}", ["GET"], "ANONYMOUS"),
    "GetHealth": ("health", ["GET", "HEAD"], "ANONYMOUS"),
    "AnswerUnknown": (
        "{*path}",
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"],
        None,
    ),
    "GetMe": ("me", ["GET"], None),
    "GetStatus": ("status", ["GET"], None),
    "StartRestore": ("restores", ["POST"], None),
    "GetJournal": ("restores/{restoreId}/journal", ["GET"], None),
    "RestoreMailbox": ("mailboxes/restore", ["POST"], None),
    "RestoreUser": ("users/restore", ["POST"], None),
    "RestoreLicense": ("licenses/restore", ["POST"], None),
    "StartBatch": ("batches", ["POST"], None),
    "GetBatch": ("batches/{batchId}", ["GET"], None),
    "Subscribe": ("subscriptions", ["POST"], None),
    "ListSubscriptions": ("subscriptions", ["GET"], None),
    "Unsubscribe": ("subscriptions/{subscriptionId}", ["DELETE"], None),
    "CheckRestore": ("checks", ["POST"], None),
    "GetRestore": ("restores/{restoreId}", ["GET"], None),
    "ListRestores": ("restores", ["GET"], None),
    "ListLosses": ("losses", ["GET"], None),
    "GetCapacity": ("losses/capacity", ["GET"], None),
    "ListLicenses": ("licenses", ["GET"], None),
    "RetryRestore": ("restores/{restoreId}/retry", ["POST"], None),
    "RetryRestores": ("restores/retry", ["POST"], None),
    "UndoRestore": ("restores/{restoreId}/undo", ["POST"], None),
    "CancelRestore": ("restores/{restoreId}/cancel", ["POST"], None),
    "ApproveRestore": ("restores/{restoreId}/approve", ["POST"], None),
    "RejectRestore": ("restores/{restoreId}/reject", ["POST"], None),
    "ApproveBatch": ("batches/{batchId}/approve", ["POST"], None),
    "RejectBatch": ("batches/{batchId}/reject", ["POST"], None),
    "AddGuard": ("guards", ["POST"], None),
    "ListGuards": ("guards", ["GET"], None),
    "RemoveGuard": ("guards/{guardId}", ["DELETE"], None),
    "GetTrail": ("trail", ["GET"], None),
    "ErasePerson": ("people/{userId}", ["DELETE"], None),
}
QUEUES = {
    "TakeInRequest": "restore-requests",
    "AdvanceRestore": "restore-work",
    "DrainPoisonRequest": "restore-requests-poison",
    "DrainPoisonWork": "restore-work-poison",
}
TIMERS = {
    "SweepRestores": "0 * * * * *",
    "ObserveTenant": "0 7 * * * *",
    "CleanUpLedger": "0 30 3 * * *",
    "SendWeeklyReport": "0 0 6 * * 1",
    "BeginDrill": "0 30 5 1 * *",
}
OUTPUTS = {"DrainPoisonRequest": ["queue"]}


def index(**settings: str) -> dict[str, object]:
    """What the worker runtime lists in a clean environment with these settings."""
    environment = {"PATH": os.environ["PATH"], **settings}  # noqa: TID251 - a child's environment
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [str(RUNTIME_PYTHON), "-c", INDEXER, str(ROOT)],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    listed: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return listed


def expected(auth_level: str) -> dict[str, dict[str, str | list[str]]]:
    """The pinned table: one trigger for each function."""
    http: dict[str, dict[str, str | list[str]]] = {
        name: {
            "type": "httpTrigger",
            "route": route,
            "methods": methods,
            "authLevel": level or auth_level,
        }
        for name, (route, methods, level) in HTTP.items()
    }
    queues: dict[str, dict[str, str | list[str]]] = {
        name: {"type": "queueTrigger", "queueName": queue, "connection": "AzureWebJobsStorage"}
        for name, queue in QUEUES.items()
    }
    timers: dict[str, dict[str, str | list[str]]] = {
        name: {"type": "timerTrigger", "schedule": schedule} for name, schedule in TIMERS.items()
    }
    return http | queues | timers


@pytest.mark.parametrize(
    ("settings", "auth_level"),
    [
        ({}, "ANONYMOUS"),
        ({"AUTH_MODE": "entra"}, "ANONYMOUS"),
        ({"AUTH_MODE": "keys"}, "FUNCTION"),
        ({"AUTH_MODE": "kyes"}, "FUNCTION"),
    ],
)
def test_the_host_sees_exactly_these_functions(settings: dict[str, str], auth_level: str) -> None:
    """Names, triggers, routes, methods, auth levels, queues and schedules, and no more."""
    functions = index(**settings)["functions"]

    assert isinstance(functions, dict)
    table = expected(auth_level)
    assert sorted(functions) == sorted(table)
    for name, wanted in table.items():
        triggers = [item for item in functions[name] if item["type"].endswith("Trigger")]
        assert len(triggers) == 1
        assert {key: triggers[0].get(key) for key in wanted} == wanted
        extra = [item["type"] for item in functions[name] if item not in triggers]
        assert extra == (["http"] if name in HTTP else OUTPUTS.get(name, []))


def test_schedules_follow_the_settings() -> None:
    """An administrator moves a timer by a setting, without a deployment."""
    moved = {
        "SWEEP_SCHEDULE": "*/30 * * * * *",
        "OBSERVE_SCHEDULE": "0 */20 * * * *",
        "CLEANUP_SCHEDULE": "0 0 1 * * *",
    }
    functions = index(**moved)["functions"]
    schedules = {
        "SWEEP_SCHEDULE": "*/30 * * * * *",
        "CLEANUP_SCHEDULE": "0 0 1 * * *",
        "OBSERVE_SCHEDULE": "0 */20 * * * *",
    }
    functions = index(**schedules)["functions"]

    assert isinstance(functions, dict)
    assert functions["SweepRestores"][0]["schedule"] == "*/30 * * * * *"
    assert functions["ObserveTenant"][0]["schedule"] == "0 */20 * * * *"
    assert functions["CleanUpLedger"][0]["schedule"] == "0 0 1 * * *"


def test_indexing_loads_the_list_of_functions_and_none_of_them() -> None:
    """Every cold start and every decision to scale waits for indexing; all else comes later."""
    assert index()["loaded"] == [
        "functions",
        "functions.declared",
        "functions.hosting",
        "functions.lazy_import",
        "shared",
        "shared.domain",
        "shared.domain.values",
        "shared.domain.values.schedules",
    ]


def test_no_timer_runs_at_start() -> None:
    """`run_on_startup` would run the timer on every cold start."""
    functions = index()["functions"]

    assert isinstance(functions, dict)
    assert not any(functions[name][0].get("runOnStartup") for name in TIMERS)
