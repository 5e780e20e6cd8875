"""Build valid values with sensible defaults, so that a test names only what it is about.

Every builder takes the fields of the class it builds as keywords and refuses any other with a
TypeError; NOW is the present everywhere.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.domain.licensing.held import LostLicense, held_licenses
from shared.domain.licensing.skus import Sku
from shared.domain.observations.observation import Observation, PlanRun
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan
from shared.domain.records.new_record import open_record
from shared.domain.records.progress import Waiting, WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.keys import keys_of, order_of
from shared.domain.requests.request import (
    Door,
    RequestedBy,
    RestoreKind,
    RestoreRequest,
    fingerprint,
)
from shared.domain.text import Text, text

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

USER_ID = "8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11"
UPN = "megan.bowen@contoso.com"

ENTERPRISEPACK_ID = "6fd2c87f-b296-42f0-b197-1e91e994b900"
EXCHANGE_PLAN_ID = "efb87545-963c-4e0d-99df-69c6916d9eb0"
"""EXCHANGE_S_ENTERPRISE, the mailbox plan in ENTERPRISEPACK."""
SHAREPOINT_PLAN_ID = "5dbe027f-2339-4123-9542-606e4d348a72"
TEAMS_PLAN_ID = "57ff2da0-773e-42df-b2af-ffb7a2317929"
"""SHAREPOINTENTERPRISE and TEAMS1: plans of ENTERPRISEPACK that carry no mailbox."""

_REQUESTER = RequestedBy(Door.HTTP, name="Service Desk", id="c0ffee00-0000-4000-8000-000000000001")


def a_request(**fields: Any) -> RestoreRequest:
    """A request to bring back Megan's mailbox, by name and without a key."""
    return replace(RestoreRequest(RestoreKind.MAILBOX, UPN), **fields)


def a_wait(reason: WaitingFor, until: datetime) -> Waiting:
    """A wait of this reason, in whatever words."""
    return Waiting(reason, until, text("wait", "throttle"))


def a_record(**fields: Any) -> Record:
    """A restore that was just asked for; its fingerprint is that of `request` unless given.

    Without an `id` it has one derived from the request's key, or from "a key" if it has none.
    """
    request = fields.get("request", a_request())
    key = request.idempotency_key if request and request.idempotency_key else "a key"
    restore_id = keys_of(_REQUESTER).restore_id(key)
    opened = open_record(restore_id, order_of(a_request(), _REQUESTER), NOW)
    mark = fingerprint(request) if request else ""
    return replace(opened, **({"request": request, "fingerprint": mark} | fields))


def a_person(**fields: Any) -> Person:
    """Megan, active and licensed with ENTERPRISEPACK."""
    person = Person(
        id=USER_ID,
        user_principal_name=UPN,
        display_name="Megan Bowen",
        mail=UPN,
        proxy_addresses=(f"SMTP:{UPN}", "smtp:megan@contoso.com"),
        usage_location="DE",
        account_enabled=True,
        licenses=(AssignedLicense(ENTERPRISEPACK_ID),),
        license_states=(LicenseState(ENTERPRISEPACK_ID, None, "Active"),),
        plans=tuple(map(UserPlan, (EXCHANGE_PLAN_ID, SHAREPOINT_PLAN_ID, TEAMS_PLAN_ID))),
    )
    return replace(person, **fields)


def a_deleted_person(**fields: Any) -> Person:
    """Megan, deleted two days before NOW; Graph still lists the licences she had."""
    return a_person(**({"deleted_at": NOW - timedelta(days=2)} | fields))


def an_observation(
    user_id: str = USER_ID,
    *licenses: AssignedLicense,
    lost_at: datetime | None = None,
    seen_at: datetime = NOW,
    groups: dict[str, str] | None = None,
    **fields: Any,
) -> Observation:
    """What the service remembers of Megan, or of somebody else: these licences, and until when.

    With a plan when seen, or, with `lost_at`, until then and never since. `groups`: the group that
    gave a SKU; every other licence was direct.
    """
    by_group = groups or {}
    states = [LicenseState(one.sku_id, by_group.get(one.sku_id), "Active") for one in licenses]
    held = held_licenses(licenses, states)
    if lost_at is None:
        kept = Observation(user_id, (PlanRun(True, seen_at, seen_at),), held)  # noqa: FBT003
        return replace(kept, **fields)
    with_plan = PlanRun(True, min(seen_at, lost_at), lost_at)  # noqa: FBT003
    without = PlanRun(False, lost_at, lost_at)  # noqa: FBT003
    gone = tuple(LostLicense(one, lost_at, lost_at) for one in held)
    return replace(Observation(user_id, (with_plan, without), (), gone), **fields)


def a_sku(**fields: Any) -> Sku:
    """ENTERPRISEPACK (Office 365 E3) with five free seats."""
    plans = (EXCHANGE_PLAN_ID, SHAREPOINT_PLAN_ID, TEAMS_PLAN_ID)
    return replace(Sku(ENTERPRISEPACK_ID, "ENTERPRISEPACK", plans, free_seats=5), **fields)


def because(cause: str) -> Text:
    """Why Graph did not do what was asked; the kind of the error says what else is known."""
    return text("directory", "answer-lost", cause=cause)
