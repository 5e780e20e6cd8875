"""Define the shape of every request, field by field.

The models judge each field alone; what one field asks of another is in `rules.py`. Names on the
wire are camelCase, unknown names are refused, and a optional field that is null or an empty
text counts as left out: flows write these where an expression gave nothing.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from shared.domain.requests.request import AskedKind
from shared.domain.text import text
from shared.intake.wire.fields import (
    Guid,
    HttpsUrl,
    Instant,
    Key,
    Line,
    Name,
    PartNumber,
    Person,
    PrincipalName,
    Reason,
    Ticket,
    broken_rule,
)


class Wire(BaseModel):
    """The habits all wire models share."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        strict=True,
        frozen=True,
        hide_input_in_errors=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_what_is_empty(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        fields = cls.model_fields.items()
        optional = {field.alias or name for name, field in fields if not field.is_required()}
        return {k: v for k, v in value.items() if v not in (None, "") or k not in optional}


class LicenseWire(Wire):
    """The licences to give back: at least one SKU, by id or by name; or all that went."""

    sku_ids: list[Guid] = Field(
        default=[], description="SKUs by id, as in GET /subscribedSkus of Microsoft Graph."
    )
    sku_part_numbers: list[PartNumber] = Field(
        default=[],
        description="SKUs by part number, such as SPE_E3, or by the exact name of the product, such"
        " as Microsoft 365 E3.",
    )
    disabled_plans: list[Guid] = Field(
        default=[], description="Service plans of these SKUs to leave off, by id."
    )
    all: bool = Field(
        default=False,
        description="Every licence given directly that went in the same loss; alone, without the"
        " other fields.",
    )


class RestoreFields(Wire):
    """A restore request whose kind is fixed by the route."""

    user: Person = Field(
        description="Object id, user principal name or mail address of the person, as it was"
        " before the deletion."
    )
    idempotency_key: Key | None = Field(
        default=None,
        description="Chosen by the caller: the same key never starts a second restore. The header"
        " Idempotency-Key means the same, and the two must not differ.",
    )
    license: LicenseWire | None = Field(
        default=None,
        description="The licences to give back. Left out: inferred, with the evidence stated.",
    )
    license_removed_at: Instant | None = Field(
        default=None,
        description="When the licence was taken away, if the caller knows; counts only with the"
        " role Restore.Override.",
    )
    on_upn_conflict: Literal["fail", "rename", "always"] = Field(
        default="fail",
        description="What to do when another user has the name now. rename and always need"
        " newUserPrincipalName: rename uses it only where the old name cannot be had; always needs"
        " the role Restore.Override, unless it is the person's old main address.",
    )
    new_user_principal_name: PrincipalName | None = Field(
        default=None,
        description="The name the restored user gets with onUpnConflict rename or always.",
    )
    on_address_conflict: Literal["fail", "drop"] = Field(
        default="fail",
        description="What to do when another object has one of the addresses now; drop restores"
        " without them, keeps them in the record, and needs the role Restore.Override.",
    )
    accept_unknown_window: bool = Field(
        default=False,
        description="Go on although nobody can tell when the licence was lost; needs the role"
        " Restore.Override.",
    )
    accept_rehire: bool = Field(
        default=False,
        description="Go on although the person is marked as not to be brought back, or the name or"
        " an address belongs to somebody with another employee number; needs the role"
        " Restore.Override.",
    )
    allow_synced: bool = Field(
        default=False,
        description="Restore in the cloud although the user is synchronised from on-premises;"
        " needs the role Restore.Override.",
    )
    dry_run: bool = Field(
        default=False, description="Do everything up to the first change, then stop with the plan."
    )
    not_before: Instant | None = Field(
        default=None,
        description="Start at this time, at most 30 days ahead (fewer where RETENTION_DAYS says"
        " so); refused at once if the window will have closed by then.",
    )
    reason: Reason | None = Field(default=None, description="Why; kept in the record.")
    ticket: Ticket | None = Field(default=None, description="Your case number; kept in the record.")
    callback_url: HttpsUrl | None = Field(
        default=None,
        repr=False,
        description="Told when the restore ends, at least once; the host must be on the"
        " allow-list.",
    )


class RestoreWire(RestoreFields):
    """A restore request."""

    # Lax for the one step from text to enum; nothing but the three texts passes.
    kind: Annotated[AskedKind, Field(strict=False)] = Field(
        description="mailbox finds out what is wrong and does what is needed; user restores a"
        " deleted user object; license puts the Exchange licence back on an active user."
    )


def _one(value: object) -> object:
    # A Literal alone takes true and 1.0 as well, because Python finds them equal to 1.
    if type(value) is int and value == 1:
        return value
    raise broken_rule(text("fault", "version"))


Version = Annotated[Literal[1], BeforeValidator(_one)]


class EventDataWire(RestoreWire):
    """A restore request as the data of a CloudEvents event."""

    version: Version = Field(default=1, description="The version of this message; 1.")
    requested_by: Name | None = Field(
        default=None, description="The name of the app that asks; kept in the record."
    )


class MessageWire(EventDataWire):
    """A restore request as a queue message of its own."""

    version: Version = Field(description="The version of this message; 1.")


class EventWire(Wire):
    """A CloudEvents 1.0 envelope in JSON; attributes not named here are extensions and pass.

    Source: CloudEvents 1.0.2, and its JSON Event Format.
    """

    model_config = ConfigDict(alias_generator=None, extra="allow")

    specversion: Literal["1.0"] = Field(description="The version of CloudEvents; 1.0.")
    id: Line = Field(
        description="The event's id; the idempotency key of the request unless it has its own."
    )
    source: Line = Field(
        description="Where the event comes from; who asked, unless requestedBy says it."
    )
    type: Line = Field(description="The kind of event; any.")
    datacontenttype: str | None = Field(default=None, description="application/json if given.")
    data: object = Field(default=None, description="The restore request.")
    data_base64: str | None = Field(
        default=None, description="The restore request as base64 of its JSON, in place of data."
    )
