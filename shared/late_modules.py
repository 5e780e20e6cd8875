"""Put off loading modules that other packages import at the start of a worker and never use there.

Such a module is there at once, without its content; its code runs with the first use of any of it,
so that whoever does need it finds it whole. A part of a package that waits is imported without the
package: put off none whose parts somebody imports by themselves before it.

Why not Python's own `importlib.util.LazyLoader`: it runs the code as soon as anything is asked of
the module, and requests asks each for its name.
"""

import sys
from importlib import import_module
from importlib.abc import Loader
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType

# Guesses the encoding of an answer that names none: 2.6 MB of a worker's memory. requests, which
# azure-core and azure-identity load, wants to know at once that it is there, and its version.
_GUESSES_ENCODINGS = "charset_normalizer"

# Reads certificates and keys, for credentials that have one, 1.4 MB: azure-identity loads them for
# whatever credential. A managed identity has none.
_READS_CERTIFICATES = ("cryptography.x509", "cryptography.hazmat.primitives.serialization")

_waiting: dict[str, Loader] = {}
_one_at_a_time = RLock()


class _LateModule(ModuleType):
    """Runs its code when something is asked for that it does not have."""

    def __getattr__(self, name: str) -> object:
        with _one_at_a_time:
            loader = _waiting.pop(self.__name__, None)
            if loader is not None:
                try:
                    loader.exec_module(self)
                except BaseException:
                    # The next one who asks is to be told why, too.
                    _waiting[self.__name__] = loader
                    raise
        return super().__getattribute__(name)


def put_off_what_nobody_uses() -> None:
    """Put the three off, as far as they are not loaded yet: before a client of Azure's is."""
    if put_off(_GUESSES_ENCODINGS):
        version = import_module(f"{_GUESSES_ENCODINGS}.version").__version__
        vars(sys.modules[_GUESSES_ENCODINGS])["__version__"] = version
    for name in _READS_CERTIFICATES:
        put_off(name)


def put_off(name: str) -> bool:
    """Whether the module waits for its first use now; not if it is loaded, or not installed."""
    spec = None if name in sys.modules else find_spec(name)
    # To find a part of a package loads the package, which may have loaded the part.
    if spec is None or spec.loader is None or name in sys.modules:
        return False
    module = module_from_spec(spec)
    module.__class__ = _LateModule
    _waiting[name] = spec.loader
    sys.modules[name] = module
    package, _, own_name = name.rpartition(".")
    if package:
        setattr(sys.modules[package], own_name, module)
    return True
