"""Drive Microsoft's worker runtime: index an app once, then invoke its functions.

`azure_functions_runtime` is the code that Azure runs on Python 3.13 and later. In Azure a thin
gRPC proxy feeds it; here its protobuf-free entry does (`native_invocation`, which is not in its
`__all__`: the pin in pyproject.toml is part of this module). Its state is global: one app per
process.
"""

import sys
from pathlib import Path
from types import SimpleNamespace

import azure_functions_runtime as worker
from azure_functions_runtime.native_invocation import invocation_request_native

from infra.local.host.worker.messages import IndexedFunction, Invocation, Outcome


class IndexingError(Exception):
    """The app has no function the worker can index; the message is the worker's own text."""


class _Message:
    """Stands in for a protobuf message: the runtime only builds them and reads attributes."""

    def __init__(self, **values: object) -> None:
        self.__dict__.update(values)


def _message(name: str, **constants: int) -> type[_Message]:
    return type(name, (_Message,), constants)


_DIRECTIONS = {"in": 0, "out": 1, "inout": 2}  # codespell:ignore inout
_DATA_TYPES = {"undefined": 0, "string": 1, "binary": 2, "stream": 3}
_PROTOS = SimpleNamespace(
    StatusResult=_message("StatusResult", Failure=0, Success=1, Cancelled=2),
    RpcException=_message("RpcException"),
    WorkerMetadata=_message("WorkerMetadata"),
    WorkerInitResponse=_message("WorkerInitResponse"),
    FunctionMetadataResponse=_message("FunctionMetadataResponse"),
    RpcFunctionMetadata=_message("RpcFunctionMetadata"),
    RpcRetryOptions=_message("RpcRetryOptions"),
    BindingInfo=_message("BindingInfo", **_DIRECTIONS, **_DATA_TYPES),
)


async def index_app(app_dir: Path) -> list[IndexedFunction]:
    """Import `function_app.py` of the directory and list its functions. Raises IndexingError."""
    sys.path.insert(0, str(app_dir))
    worker.start_threadpool_executor()
    init = SimpleNamespace(capabilities={}, function_app_directory=str(app_dir))
    request = SimpleNamespace(
        request=SimpleNamespace(worker_init_request=init),
        properties={"host": "127.0.0.1", "protos": _PROTOS},
    )
    response = await worker.worker_init_request(request)
    if response.result.status != _PROTOS.StatusResult.Success:
        fault = response.result.exception
        raise IndexingError(f"{fault.message}\n{fault.stack_trace}")
    listed = (await worker.functions_metadata_request(None)).function_metadata_results
    if not listed:
        raise IndexingError(f"No job functions found in {app_dir / 'function_app.py'}.")
    return [IndexedFunction(f.name, f.function_id, tuple(f.raw_bindings)) for f in listed]


async def run_function(order: Invocation) -> Outcome:
    """Call a function once; an exception in it is an Outcome, never raised."""
    ok, returned, outputs, error, _ = await invocation_request_native(
        order.invocation_id, order.function_id, order.inputs, order.metadata
    )
    return Outcome(ok=ok, returned=returned, outputs=list(outputs), error=error or "")
