"""Add to FakeDirectory what only single rows of the table need."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import cast

from shared.domain.person import AssignedLicense, Person
from shared.errors import (
    AnsweredError,
    DirectoryError,
    NotSentError,
    OutcomeUnknownError,
    ThrottledError,
)
from shared.ports.directory import Done
from tests.builders import because
from tests.fakes import refusals
from tests.fakes.clock import ManualClock
from tests.fakes.directory import FakeDirectory
from tests.table.row import Assigning, Deleting, Effect, Removing, Restoring
from tests.table.tenant import Fault, State

_ENOUGH = {
    "active": ("User.Read.All",),
    "deleted": ("User.Read.All",),
    "ids": ("User.Read.All",),
    "skus": ("LicenseAssignment.Read.All", "LicenseAssignment.ReadWrite.All"),
    "mailbox": ("MailboxSettings.Read",),
    "restore_user": ("User.DeleteRestore.All",),
    "assign_licenses": ("LicenseAssignment.ReadWrite.All",),
}
"""Any one of these permissions is enough for a call."""
AUDIT_DAYS = 30

SWITCHES = frozenset(
    {
        "replicationDelaySeconds",
        "mailboxDelaySeconds",
        "auditForbidden",
        "auditRetentionDays",
        "deletedKeepsLicenses",
        "deletedKeepsAddresses",
        "deletedGroups",
        "restoredAccountEnabled",
        "conflictStatus",
        "appHasAdminRole",
        "organizationWithUserRead",
    }
)
"""The switches that the fakes have, too; the others are about the wire alone."""


_CALLS = {"changes_since": "audit"}
"""Port methods that the rows have another name for."""


class TableDirectory(FakeDirectory):
    """FakeDirectory with permanent faults, missing permissions and what deleted users show."""

    def __init__(self, state: State, clock: ManualClock) -> None:
        super().__init__(clock)
        self.sent: list[Effect] = []
        self.state = state
        self.faults = [fault for fault in state.faults if fault.call != "conflicts"]
        self.tells_conflicts = len(self.faults) == len(state.faults)
        self._seen: Counter[str] = Counter()

    def seen(self, user_id: str, *, deleted: bool) -> Person | None:
        """The user as shown, on one side or the other."""
        person = super().seen(user_id, deleted=deleted)
        if person is None or not deleted:
            return person
        if self.state.switches.get("deletedKeepsLicenses") is False:
            person = replace(person, licenses=(), license_states=(), plans=())
        if self.state.switches.get("deletedKeepsAddresses") is False:
            person = replace(person, mail=None, proxy_addresses=())
        return person

    async def restore_user(
        self, user_id: str, *, new_upn: str | None, drop_addresses: bool
    ) -> Done:
        """Restore a soft-deleted user, and note that it was asked for."""
        self.sent.append(Restoring(new_upn, drop_addresses))
        return await super().restore_user(user_id, new_upn=new_upn, drop_addresses=drop_addresses)

    async def assign_licenses(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Assign licences, and note that it was asked for."""
        self.sent.append(Assigning(tuple((x.sku_id, x.disabled_plans) for x in licenses)))
        return await super().assign_licenses(user_id, licenses)

    async def remove_licenses(
        self, user_id: str, sku_ids: tuple[str, ...], before: tuple[AssignedLicense, ...]
    ) -> Done:
        """Take licences off, and note that it was asked for."""
        self.sent.append(Removing(sku_ids, tuple((x.sku_id, x.disabled_plans) for x in before)))
        return await super().remove_licenses(user_id, sku_ids, before)

    async def delete_user(self, user_id: str) -> Done:
        """Delete a user, and note that it was asked for."""
        self.sent.append(Deleting())
        return await super().delete_user(user_id)

    def restore(self, user_id: str, new_upn: str | None, *, drop: bool) -> Done:
        """Bring a user back, under a verified domain, without licences of groups that are gone."""
        if new_upn is not None and not new_upn.endswith("@contoso.com"):
            text = (
                "The domain portion of the userPrincipalName property is invalid. You must use one"
                " of the verified domain names in your organization."
            )
            raise refusals.bad_request(text)
        by_group = self.group_roles.get(user_id)
        if by_group and not self._may_act_on_admins:
            raise refusals.denied()
        roles = self.roles.pop(user_id, None) if self._may_act_on_admins else None
        try:
            done = super().restore(user_id, new_upn, drop=drop)
        except AnsweredError as error:
            status = cast("int", self.state.switches.get("conflictStatus", error.status))
            if error.details:
                error.status = status
            raise
        if roles is not None:
            self.roles[user_id] = roles
        self._users[user_id] = self._as_restored(self._users[user_id])
        return done

    def assign(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Set licences unless their plans exclude or miss one another."""
        on = {
            plan: name
            for item in (*licenses, *self.person(user_id).licenses)
            for plan, name in self._names(item).items()
        }
        for one, other in self.state.exclusive:
            if one in on and other in on:
                text = f"service plans {on[one]}, {on[other]} are mutually exclusive."
                raise refusals.bad_request(f"License assignment failed because {text}")
        for plan, needed in self.state.needs:
            if plan in on and needed not in on:
                text = f"service plan {on[plan]} depends on the service plan(s) {needed}."
                raise refusals.bad_request(f"License assignment failed because {text}")
        return super().assign(user_id, licenses)

    def _taken_addresses(self, person: Person) -> set[str]:
        # As in the stand-in, a name is an address, too.
        names = {other.user_principal_name.lower() for other in self._active()}
        own = {x.partition(":")[2].lower() for x in person.proxy_addresses}
        return super()._taken_addresses(person) | own & names

    @property
    def _may_act_on_admins(self) -> bool:
        return self.state.switches.get("appHasAdminRole") is True

    def _as_restored(self, person: Person) -> Person:
        enabled = self.state.switches.get("restoredAccountEnabled")
        if isinstance(enabled, bool):
            person = replace(person, account_enabled=enabled)
        gone = {x.sku_id for x in person.license_states if x.group_id in self.state.deleted_groups}
        if not gone:
            return person
        return replace(
            person,
            licenses=tuple(x for x in person.licenses if x.sku_id not in gone),
            license_states=tuple(x for x in person.license_states if x.sku_id not in gone),
            plans=(),
        )

    def _names(self, item: AssignedLicense) -> dict[str, str]:
        sku = next((x for x in self.state.skus if x.id == item.sku_id), None)
        plans = sku.plans if sku else {}
        return {plan: name for plan, name in plans.items() if plan not in item.disabled_plans}

    def call[T](self, method: str, about: str, act: Callable[[], T]) -> T:
        """The call, counted, with the faults of the row."""
        self._seen[method] += 1
        enough = _ENOUGH.get(method)
        if enough and set(enough) <= set(self.state.lacks):
            raise refusals.denied()
        call = _CALLS.get(method, method)
        for fault in self.faults:
            if fault.call == call and self._seen[method] in (fault.calls or (self._seen[method],)):
                self.fail_next(method, _error(fault), after_effect=fault.after)
        return super().call(method, about, act)


def _error(fault: Fault) -> DirectoryError:
    """What the real adapter makes of such an answer; tests/unit/graph holds that."""
    status = fault.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = fault.retry_after
        return ThrottledError(because("429"), None if wait is None else timedelta(seconds=wait))
    if status == HTTPStatus.UNAUTHORIZED or fault.code == "Directory_ConcurrencyViolation":
        return NotSentError(because(f"{status}"))
    if status is None or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return OutcomeUnknownError(because(f"lost: {status}"))
    usual = refusals.denied() if status == HTTPStatus.FORBIDDEN else refusals.not_found("it")
    return AnsweredError(
        status=status,
        code=fault.code or usual.code,
        message=fault.message or usual.message,
        request_id="fake-request",
    )
