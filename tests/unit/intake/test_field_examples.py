"""A value of another type is answered with one that its field takes."""

import json
from collections.abc import Iterator

import pytest

from shared.domain.text import Text
from shared.intake.approvals import ApproveWire, RejectWire
from shared.intake.batches.from_json import BatchEnvelope
from shared.intake.checks import ChecksEnvelope
from shared.intake.guards import GuardWire
from shared.intake.retries import RetriesWire
from shared.intake.subscriptions import SubscriptionWire
from shared.intake.undos import UndoWire
from shared.intake.wire.check import check
from shared.intake.wire.decode import Document
from shared.intake.wire.field_examples import FIELD_EXAMPLES
from shared.intake.wire.models import EventWire, LicenseWire, MessageWire, RestoreWire, Wire
from tests.unit.intake.requests_of import MINIMAL, http_faults

MODELS: list[type[Wire]] = [
    ApproveWire,
    BatchEnvelope,
    ChecksEnvelope,
    EventWire,
    GuardWire,
    LicenseWire,
    MessageWire,
    RejectWire,
    RestoreWire,
    RetriesWire,
    SubscriptionWire,
    UndoWire,
]


def _fields() -> Iterator[tuple[type[Wire], str]]:
    for model in MODELS:
        for own, field in model.model_fields.items():
            yield model, field.alias or own


def _faults_of(model: type[Wire], name: str, value: object) -> list[Text]:
    """What is wrong with this field, or with an entry of it, whatever else is missing."""
    faults = check(model, Document({name: value})).faults
    return [one.text for one in faults if one.pointer.split("/")[1] == name]


@pytest.mark.parametrize(("model", "name"), list(_fields()))
def test_every_field_says_what_it_takes(model: type[Wire], name: str) -> None:
    """No fault of a type is without an example, or without the choices that there are."""
    told = {fault.variant for fault in _faults_of(model, name, {"no": "such"})}

    assert "other" not in told


@pytest.mark.parametrize(("model", "name"), [one for one in _fields() if one[1] in FIELD_EXAMPLES])
def test_every_example_is_taken(model: type[Wire], name: str) -> None:
    """Whoever copies it is not refused again."""
    assert _faults_of(model, name, FIELD_EXAMPLES[name]) == []


@pytest.mark.parametrize(
    ("fields", "pointer", "says"),
    [
        ({"user": 42}, "/user", 'in quotes; write it like "megan.bowen@contoso.com"'),
        ({"license": "E3"}, "/license", 'in { }; write it like {"skuPartNumbers": ["SPE_E3"]}'),
        (
            {"license": {"skuPartNumbers": "E3"}},
            "/license/skuPartNumbers",
            'in [ ]; write it like ["SPE_E3", "Microsoft 365 E3"]',
        ),
        (
            {"license": {"skuPartNumbers": [3]}},
            "/license/skuPartNumbers/0",
            'in quotes; write it like "SPE_E3"',
        ),
    ],
)
def test_another_type_is_answered_with_an_example(
    fields: dict[str, object], pointer: str, says: str
) -> None:
    """Of the field itself, as it is written in JSON; of an entry, one entry."""
    assert says in http_faults(json.dumps(MINIMAL | fields).encode())[pointer]
