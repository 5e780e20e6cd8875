"""Convert domain values to JSON text and back, exact to the microsecond.

Every text carries the version of its shape, so that a row written by another release is either
understood or refused by name, never misread.
"""

import json
import re
from contextlib import suppress
from functools import cached_property

from pydantic import TypeAdapter, ValidationError

from shared.domain.guards.guard import Guard
from shared.domain.observations.observation import Observation
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.values.json_text import to_json
from shared.errors import UnreadableTextError
from shared.ports.watch import DeltaRound

VERSION = 1
_BEGIN = f'{{"v":{VERSION},"body":'

# A time of day as pydantic writes one, and then no `Z`.
_NOT_IN_UTC = re.compile(r"T\d\d:\d\d:\d\d(?:\.\d{1,6})?[^Z.\d]")


class Codec[T]:
    """One domain class as versioned JSON text; the adapter is built on first use.

    A field that is absent takes its default, an unknown one is passed over: within one version
    fields may only be added, and only with defaults.
    """

    def __init__(self, type_: type[T]) -> None:
        self._type = type_

    def encode(self, value: T) -> str:
        """The value as text; instants in UTC.

        Raises:
            ValueError: an instant without a zone, a number JSON does not know, or a value of the
                wrong type, any of which could not be read back.
        """
        return to_json({"v": VERSION, "body": self.plain(value)})

    def encode_one_of_many(self, value: T) -> str:
        """As `encode`, in a third of its time; for a class whose numbers are all finite.

        Pydantic's own writer is the quick one. It refuses half a surrogate pair, and passes an
        instant without a zone: of either, and of one in another zone, `encode` decides.

        Raises:
            ValueError: as `encode`.
        """
        try:
            body = self._adapter.dump_json(value, warnings="error").decode()
        except ValueError:
            return self.encode(value)
        if _NOT_IN_UTC.search(body):
            return self.encode(value)
        return f"{_BEGIN}{body}}}"

    def plain(self, value: T) -> object:
        """The value as mappings, lists, texts and numbers."""
        return self._adapter.dump_python(value, warnings="error")

    def restored(self, body: object) -> T:
        """The value that is in what `plain` gave."""
        return self._adapter.validate_python(body)

    def decode(self, text: str) -> T:
        """The value that was encoded.

        Raises:
            UnreadableTextError: the text is of another version, or not of this class.
        """
        if text.startswith(_BEGIN) and text.endswith("}"):
            # Pydantic's own parser is the quick one. It refuses half a surrogate pair, and of
            # whatever it refuses the longer way decides, which says what is wrong.
            with suppress(ValidationError):
                return self._adapter.validate_json(text[len(_BEGIN) : -1])
        return self._decoded(text)

    def _decoded(self, text: str) -> T:
        name = self._type.__name__
        try:
            stored = json.loads(text)
        except ValueError as error:
            raise UnreadableTextError(f"a stored {name} is not JSON") from error
        version = stored.get("v") if isinstance(stored, dict) else None
        if version != VERSION:
            raise UnreadableTextError(
                f"a stored {name} has version {version!r}; this release reads version {VERSION}"
            )
        try:
            return self._adapter.validate_python(stored.get("body"))
        except ValidationError as error:
            places = sorted({".".join(map(str, fault["loc"])) for fault in error.errors()})
            raise UnreadableTextError(f"a stored {name} is wrong at {', '.join(places)}") from None

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._type)


RECORDS = Codec(Record)
ENTRIES = Codec(JournalEntry)
OBSERVATIONS = Codec(Observation)
GUARDS = Codec(Guard)
ROUNDS = Codec(DeltaRound)
