"""Every situation a request can meet, as people in a World: who is there, and what is asked."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from shared.domain.licensing import KnownLicenses, LicenseSource
from shared.domain.person import AssignedLicense, Person
from shared.domain.request import LicenseChoice, RestoreKind, RestoreRequest
from shared.domain.snapshot import Observation, Policy
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    UPN,
    USER_ID,
    a_deleted_person,
    a_person,
    a_request,
    a_sku,
)
from tests.unit.restore.world import World

DAY = timedelta(days=1)
OTHER_ID = "11111111-2222-4333-8444-555555555555"
BARE: dict[str, object] = {"licenses": (), "license_states": (), "enabled_plans": ()}
OTHER: dict[str, object] = {"id": OTHER_ID, "display_name": "Other", "mail": None}
NAMED = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))
KNOWN = KnownLicenses((AssignedLicense(ENTERPRISEPACK_ID),), LicenseSource.OBSERVED)

ACTIVE, DELETED = a_person(), a_deleted_person()
UNLICENSED, SHARED = a_person(**BARE), a_deleted_person(**BARE, account_enabled=False)

PEOPLE: dict[str, tuple[Person, ...]] = {
    "nobody": (),
    "active": (ACTIVE,),
    "unlicensed": (UNLICENSED,),
    "deleted": (DELETED,),
    "shared": (SHARED,),
    "synced": (replace(DELETED, synced=True),),
    "no usage location": (replace(UNLICENSED, usage_location=None),),
    "closing": (replace(DELETED, deleted_at=NOW - 28 * DAY),),
    "closed": (replace(DELETED, deleted_at=NOW - 30 * DAY),),
    "name taken": (DELETED, a_person(**OTHER, proxy_addresses=())),
    "address taken": (DELETED, a_person(**OTHER, user_principal_name="o@contoso.com")),
    "ambiguous": (DELETED, replace(SHARED, id=OTHER_ID, deleted_at=NOW - 9 * DAY)),
}
REQUESTS: dict[str, RestoreRequest] = {
    "mailbox": a_request(),
    "mailbox by id": a_request(user=USER_ID.upper()),
    "user": a_request(kind=RestoreKind.USER),
    "license": a_request(kind=RestoreKind.LICENSE),
    "named": a_request(license=NAMED),
    "declared": a_request(license=NAMED, license_removed_at=NOW - 3 * DAY),
    "declared too late": a_request(license_removed_at=NOW - 31 * DAY, license=NAMED),
    "accepted unknown": a_request(license=NAMED, accept_unknown_window=True),
    "dry run": a_request(dry_run=True),
    "everything allowed": a_request(
        allow_synced=True,
        on_upn_conflict="rename",
        new_user_principal_name="megan2@contoso.com",
        on_address_conflict="drop",
    ),
    "in a week": a_request(not_before=NOW + 7 * DAY),
    "in a month": a_request(not_before=NOW + 29 * DAY),
    "not before yesterday": a_request(not_before=NOW - DAY),
}


@dataclass(frozen=True)
class Situation:
    """People, what else is known of them, and a request."""

    people: tuple[Person, ...]
    request: RestoreRequest
    policy: Policy = field(default_factory=Policy)
    arrange: Callable[[World], object] = lambda _: None

    def world(self) -> World:
        """A new world in which this is so."""
        world = World(self.policy)
        world.put(*self.people)
        self.arrange(world)
        return world


def _audited(world: World) -> None:
    world.directory.license_changes[USER_ID] = [NOW - 4 * DAY]


def _observed(world: World) -> None:
    seen = Observation(USER_ID, NOW, KNOWN, lost_at=NOW - 5 * DAY)
    world.storage.observations.kept[USER_ID] = seen


def _no_seat(world: World) -> None:
    _audited(world)
    world.directory.put_sku(a_sku(free_seats=0))


def _privileged(world: World) -> None:
    world.directory.roles[USER_ID] = ("Global Administrator",)


def _mute(world: World) -> None:
    world.directory.roles[USER_ID] = None
    world.directory.tells_conflicts = False


def _working_shared_mailbox(world: World) -> None:
    world.directory.purposes[USER_ID] = "shared"


_SPECIAL = {
    "unlicensed, audited": Situation((UNLICENSED,), a_request(license=NAMED), arrange=_audited),
    "unlicensed, observed": Situation((UNLICENSED,), a_request(), arrange=_observed),
    "deleted, observed": Situation((SHARED,), a_request(), arrange=_observed),
    "deleted, audited": Situation((SHARED,), a_request(license=NAMED), arrange=_audited),
    "sources disagree": Situation((UNLICENSED,), REQUESTS["declared too late"], arrange=_observed),
    "purged": Situation((), a_request(user=USER_ID), arrange=_observed),
    "no seat": Situation((UNLICENSED,), a_request(license=NAMED), arrange=_no_seat),
    "privileged": Situation((DELETED,), a_request(), arrange=_privileged),
    "privileged, not protected": Situation(
        (DELETED,), a_request(), Policy(protect_privileged=False), _privileged
    ),
    "mute": Situation((DELETED,), a_request(), arrange=_mute),
    "shared, active": Situation((UNLICENSED,), a_request(), arrange=_working_shared_mailbox),
    "unknown, attempted": Situation(
        (UNLICENSED,), a_request(license=NAMED), Policy(unknown_window="attempt")
    ),
    "default SKU": Situation(
        (UNLICENSED,),
        REQUESTS["declared"],
        Policy(default_sku_ids=(ENTERPRISEPACK_ID,), verify_mailbox=False),
    ),
    "by address": Situation((DELETED,), a_request(user=UPN.upper())),
}

SITUATIONS = {
    f"{who}: {what}": Situation(people, request)
    for who, people in PEOPLE.items()
    for what, request in REQUESTS.items()
} | _SPECIAL
