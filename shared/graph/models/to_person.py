"""Convert users as Graph returns them to the domain's people, licences and plans."""

from collections.abc import Iterable

from shared.domain.person import (
    AssignedLicense,
    LicenseState,
    Person,
    UserPlan,
    original_upn,
)
from shared.graph.models.shapes import LicenseStateShape, PlanShape, UserShape
from shared.graph.wire import failed_calls


def to_person(user: UserShape) -> Person:
    """The user as the domain knows it.

    Raises:
        OutcomeUnknownError: without an id or a name it is no user.
    """
    if user.id is None or user.user_principal_name is None:
        raise failed_calls.unreadable("user-without-id-or-name")
    return Person(
        id=user.id,
        user_principal_name=original_upn(user.id, user.user_principal_name),
        display_name=user.display_name,
        mail=user.mail,
        proxy_addresses=tuple(user.proxy_addresses),
        deleted_at=user.deleted_at,
        usage_location=user.usage_location,
        synced=user.synced is True,
        account_enabled=user.account_enabled,
        licenses=tuple(
            [
                AssignedLicense(item.sku_id, tuple(item.disabled_plans))
                for item in user.licenses
                if item.sku_id
            ]
        ),
        license_states=tuple(
            [to_license_state(item.sku_id, item) for item in user.license_states if item.sku_id]
        ),
        plans=to_plans(user.plans),
        created_at=user.created_at,
        user_type=user.user_type,
        immutable_id=user.immutable_id,
        employee_id=user.employee_id,
    )


def to_plans(plans: Iterable[PlanShape]) -> tuple[UserPlan, ...]:
    """The plans as the domain knows them; one without a status does not count as working."""
    return tuple([UserPlan(plan.plan_id, plan.status or "") for plan in plans if plan.plan_id])


def to_license_state(sku_id: str, shape: LicenseStateShape) -> LicenseState:
    """The state of one SKU as the domain knows it."""
    # No error is written as "None". Source: Microsoft "licenseAssignmentState resource type".
    error = None if shape.error == "None" else shape.error
    return LicenseState(sku_id, shape.group_id, shape.state or "", error)
