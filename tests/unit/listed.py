"""List the app's functions as the worker does; the app gives the list only once."""

from functools import cache

import azure.functions as func

from function_app import app

type Function = func.decorators.function_app.Function


@cache
def functions() -> dict[str, Function]:
    """Every function by its name."""
    return {item.get_function_name() or "": item for item in app.get_functions()}


def http_triggers() -> dict[str, func.decorators.http.HttpTrigger]:
    """The triggers of those that are called over HTTP, by the function's name."""
    triggers = {name: item.get_trigger() for name, item in functions().items()}
    kind = func.decorators.http.HttpTrigger
    return {name: trigger for name, trigger in triggers.items() if isinstance(trigger, kind)}
