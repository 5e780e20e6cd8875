"""The shape of a request as a schema: what the published description is made from."""

import json
from typing import Any

import pytest

from shared.intake.wire.models import (
    EventDataWire,
    EventWire,
    MessageWire,
    RestoreFields,
    RestoreWire,
)

MODELS = [RestoreFields, RestoreWire, MessageWire, EventDataWire, EventWire]


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_described(model: type[RestoreFields]) -> None:
    """No field reaches the published description without a sentence."""
    schema = model.model_json_schema()

    shapes = [schema, *schema.get("$defs", {}).values()]
    fields = {name: it for shape in shapes for name, it in shape.get("properties", {}).items()}
    assert [] == [name for name, field in fields.items() if not field.get("description")]


def test_the_schema_says_what_the_rules_demand() -> None:
    """Lengths, formats and refusals are in the schema, too."""
    schema: dict[str, Any] = RestoreWire.model_json_schema()
    fields = schema["properties"]

    assert ["user", "kind"] == schema["required"]
    assert schema["additionalProperties"] is False
    assert (1, 320) == (fields["user"]["minLength"], fields["user"]["maxLength"])
    assert '"maxLength": 128' in json.dumps(fields["idempotencyKey"])
    assert '"format": "date-time"' in json.dumps(fields["notBefore"])
    assert '"format": "uuid"' in json.dumps(schema["$defs"]["LicenseWire"])
    assert ["fail", "rename", "always"] == fields["onUpnConflict"]["enum"]
