"""Write functions/declared.py: every function with what its decorators declare.

The decorators are the truth; a test compares, and `make connector` writes.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import azure.functions as func

import functions
from functions import hosting
from functions.lazy_import import Declared, FromQueue, OnTime, Route

PLACE = Path(functions.__file__).parent / "declared.py"

_HEAD = '''"""List every function with its trigger; `make connector` writes this file."""

from functions.lazy_import import Declared, FromQueue, OnTime, Route

DECLARED: tuple[Declared, ...] = (
'''

# None of the functions asks for this one: what has it has not said anything.
_UNSAID = func.AuthLevel.ADMIN


def declared() -> list[Declared]:
    """What every blueprint declares, by module and place in it."""
    app = func.FunctionApp(http_auth_level=_UNSAID)
    for blueprint in _blueprints():
        app.register_functions(blueprint)
    return [_of(function) for function in app.get_functions()]


def rendered() -> str:
    """The text of the file."""
    entries = "".join(_entry(one) for one in declared())
    return f"{_HEAD}{entries})\n"


def _blueprints() -> Iterator[func.Blueprint]:
    for found in walk_packages(functions.__path__, "functions."):
        blueprint = getattr(import_module(found.name), "bp", None)
        if isinstance(blueprint, func.Blueprint):
            yield blueprint


def _of(function: Any) -> Declared:
    name, handler, trigger = (
        function.get_function_name(),
        function.get_user_function(),
        function.get_trigger(),
    )
    place = f"{handler.__module__}:{handler.__name__}"
    match trigger.type:
        case "httpTrigger":
            methods = tuple(method.value for method in trigger.methods)
            is_open = trigger.auth_level is func.AuthLevel.ANONYMOUS
            return Route(name, place, trigger.route, methods, is_open=is_open)
        case "queueTrigger":
            outputs = [one.name for one in function.get_bindings() if one is not trigger]
            return FromQueue(name, place, trigger.queue_name, *outputs)
        case "timerTrigger":
            return OnTime(name, place, _schedule(trigger.schedule))
        case kind:
            raise ValueError(f"{name}: functions/lazy_import.py registers no {kind}")


def _schedule(text: str) -> str:
    """The function of `hosting` that tells this schedule; each timer has its own."""
    tellers = [name for name in vars(hosting) if name.endswith("_schedule")]
    return next(name for name in tellers if getattr(hosting, name)() == text)


def _entry(one: Declared) -> str:
    values: list[object] = [value for value in vars(one).values() if value is not None]
    if isinstance(one, Route):
        values = [*values[:-1], *(["is_open=True"] if one.is_open else [])]
    lines = "".join(f"        {_written(value)},\n" for value in values)
    return f"    {type(one).__name__}(\n{lines}    ),\n"


def _written(value: object) -> str:
    if isinstance(value, tuple):
        inner = ", ".join(map(_written, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return str(value) if str(value) == "is_open=True" else f'"{value}"'
