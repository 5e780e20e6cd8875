"""Check rules between fields of a request, and what a queue message may not ask for.

Read from the raw document and not from the model, so that these faults come together with those
of single fields.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.domain.events.allowed_hosts import wrong_target
from shared.domain.requests.roles import Role
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.errors import Fault
from shared.intake.wire.decode import Document, pointer_to
from shared.intake.wire.fields import instant_of, wrong_key, wrong_url

# The ways to go on where the service would rather stop.
_OVERRIDES: tuple[tuple[str, object], ...] = (
    ("acceptUnknownWindow", True),
    ("acceptRehire", True),
    ("allowSynced", True),
    ("onAddressConflict", "drop"),
)


def cross_faults(document: Document) -> Iterator[Fault]:
    """The faults between the fields of one restore request."""
    value, base = document.value, document.base
    renames = value.get("onUpnConflict") in ("rename", "always")
    named = value.get("newUserPrincipalName") not in (None, "")
    if renames and not named:
        yield Fault(pointer_to(base, "newUserPrincipalName"), text("fault", "rename-without-name"))
    if named and not renames:
        yield Fault(pointer_to(base, "newUserPrincipalName"), text("fault", "name-without-rename"))
    license_ = value.get("license")
    if isinstance(license_, dict):
        yield from _license_faults(license_, pointer_to(base, "license"))


def _license_faults(license_: dict[str, object], pointer: str) -> Iterator[Fault]:
    takes_all = license_.get("all") or False
    if not isinstance(takes_all, bool):
        return
    if takes_all:
        named = ("skuIds", "skuPartNumbers", "disabledPlans")
        others = tuple(name for name in named if license_.get(name))
        if others:
            yield Fault(pointer, text("fault", "all-alone", names=others))
    elif not any(map(license_.get, ("skuIds", "skuPartNumbers"))):
        yield Fault(pointer, text("fault", "names-no-license"))


def header_key_faults(document: Document, header_key: str | None) -> Iterator[Fault]:
    """The faults of the header Idempotency-Key, alone and beside the key in the body.

    An empty one, as a flow sends it where its variable is empty, counts as left out.
    """
    if not header_key:
        return
    pointer = pointer_to(document.base, "idempotencyKey")
    for wrong in wrong_key(header_key):
        yield Fault(pointer, text("fault", "header-key", wrong=wrong))
    in_body = document.value.get("idempotencyKey")
    if in_body not in (None, "") and in_body != header_key:
        yield Fault(pointer, text("fault", "header-key-differs"))


def target_faults(document: Document, name: str, allowed_hosts: Sequence[str]) -> Iterator[Fault]:
    """The fault of a URL in this field that leads to where nothing may be sent."""
    url = document.value.get(name)
    if not isinstance(url, str) or wrong_url(url):
        return
    wrong = wrong_target(url, allowed_hosts)
    if wrong:
        yield Fault(pointer_to(document.base, name), wrong)


def schedule_faults(document: Document, latest: datetime | None) -> Iterator[Fault]:
    """The fault of a time to begin at that lies after `latest`; None lets every time pass."""
    asked = instant_of(document.value.get("notBefore"))
    if latest is not None and asked is not None and asked > latest:
        wrong = text("fault", "too-late", latest=instant(latest))
        yield Fault(pointer_to(document.base, "notBefore"), wrong)


def queue_faults(document: Document) -> Iterator[Fault]:
    """The overrides a queue message asks for: nobody behind a queue can hold the role."""
    for pointer in _overrides(document):
        yield Fault(pointer, text("fault", "override-on-queue", role=Role.OVERRIDE.value))


def override_faults(document: Document) -> Iterator[Fault]:
    """The overrides a caller asks for who does not have the role."""
    for pointer in _overrides(document):
        yield Fault(pointer, text("fault", "override", role=Role.OVERRIDE.value))


def _overrides(document: Document) -> Iterator[str]:
    for name, asked in _OVERRIDES:
        value = document.value.get(name)
        if type(value) is type(asked) and value == asked:
            yield pointer_to(document.base, name)
