"""Print the functions of an app: what triggers each, or what keeps it from starting."""

from collections.abc import Sequence

from infra.local.host.app.bindings import Function, HttpTrigger, QueueTrigger, TimerTrigger


def function_lines(functions: Sequence[Function], prefix: str) -> list[str]:
    """Write a line for each function; `prefix` stands before every route."""
    width = max(len(function.name) for function in functions)
    return [f"  {it.name:<{width}}  {_describe(it, prefix)}" for it in functions]


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
