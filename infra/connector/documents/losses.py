"""Define the documents of losses, the seats they need, and licences."""

from datetime import datetime

from pydantic import Field

from infra.connector.documents.restores import (
    Answer,
    Window,
)
from shared.domain.lists.losses import LossCase


class LostLicense(Answer):
    """A licence that somebody had before the loss."""

    sku_id: str = Field(description="The id of the licence.")
    sku_part_number: str | None = Field(
        description="The name of the licence, such as SPE_E3; empty if the tenant has it no more."
    )
    name: str | None = Field(description="What people call it.")
    from_group: str | None = Field(description="The id of the group that gave it, if one did.")


class Loss(Answer):
    """Somebody who lost a mailbox and may still be saved."""

    id: str = Field(description="Object id; a restore takes it as user.")
    user_principal_name: str | None = Field(description="As it was before a deletion.")
    display_name: str | None = Field(description="The name people know.")
    mail: str | None = Field(description="The primary mail address.")
    user_type: str | None = Field(description="Member or Guest.")
    on_premises_sync_enabled: bool = Field(
        description="Whether the user comes from Active Directory."
    )
    case: LossCase = Field(description="How the mailbox was lost.")
    lost_at: datetime | None = Field(description="When the licence went, as far as it is known.")
    deleted_at: datetime | None = Field(description="When the user was deleted; empty if active.")
    window: Window = Field(description="How long the mailbox can still come back.")
    licenses: list[LostLicense] = Field(description="The licences with a mailbox, from before.")


class LossList(Answer):
    """A page of losses; follow nextLink until there is none."""

    value: list[Loss] = Field(description="The people, soonest end of the window first.")
    next_link: str = Field(default="", description="The next page; absent at the end.")


class Seats(Answer):
    """The seats of one licence that are needed."""

    sku_id: str = Field(description="The id of the licence.")
    sku_part_number: str = Field(
        description="The name of the licence, such as SPE_E3; where the tenant has it no more, that"
        " of the product, or its id."
    )
    name: str = Field(description="What people call it.")
    needed: int = Field(description="How many seats bringing all back needs.")
    free: int = Field(description="How many seats are free.")
    short: int = Field(description="How many seats are missing.")
    first_window_ends_at: datetime | None = Field(
        description="When the first window of those who need one ends, if it is known."
    )


class Capacity(Answer):
    """The seats that bringing all back needs."""

    value: list[Seats] = Field(description="The licences; where most are missing comes first.")
    license_unknown: int = Field(
        default=0,
        description="How many people need a seat that is not counted, since it is not known yet"
        " which licence they lost; ask again some minutes later. Left out where there are none.",
    )


class License(Answer):
    """A licence of the tenant that carries a mailbox."""

    sku_id: str = Field(description="The id of the licence.")
    sku_part_number: str = Field(description="The part number of the licence, such as SPE_E3.")
    name: str = Field(
        description="The name of the product, such as Microsoft 365 E3; the part number if unknown."
    )
    free_seats: int = Field(description="How many seats are free.")
    assignable_units: int = Field(description="How many seats can be used.")
    consumed_units: int = Field(description="How many seats are used.")
    capability_status: str = Field(description="Enabled, or why it cannot be used.")
    mailbox_plans: list[str] = Field(description="Its service plans with a mailbox, by id.")
    allowed: bool = Field(description="Whether you may name it for anybody.")


class LicenseList(Answer):
    """The licences of the tenant that carry a mailbox."""

    value: list[License] = Field(description="The licences.")
