"""Find out who is calling over HTTP, and which roles that caller has.

Roles are kept as given: none of them implies another.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy, RestoreRequest
from shared.domain.requests.roles import Role
from shared.domain.text import Text, text
from shared.errors import RestoreNotFoundError, RoleMissingError, UnauthenticatedError

# Source: Microsoft Learn, "Work with user identities in Azure App Service authentication".
PRINCIPAL_HEADER: Final = "x-ms-client-principal"

_CLAIMS = "http://schemas.microsoft.com/identity/claims/"
_SOAP = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"

# Each claim under its short name and under the one App Service's claims mapping gives it, best
# first. v2 tokens name the calling app azp, v1 tokens appid.
_ID = ("oid", f"{_CLAIMS}objectidentifier")
_APP = ("azp", "appid")
_NAME = ("preferred_username", "upn", f"{_SOAP}upn", "name", f"{_SOAP}name")
_ROLES = ("roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role")


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller over HTTP; `name` and `id` are None for one with a function key."""

    name: str | None
    id: str | None
    roles: frozenset[Role]

    def asking_by(self, door: Door) -> RequestedBy:
        """The caller as one who asks, with the roles that count from now on."""
        return RequestedBy(door, self.name, self.id, tuple(sorted(self.roles)))

    def demand(self, role: Role, told: Text | None = None) -> None:
        """Let the caller pass who has the role.

        Raises: RoleMissingError with `told`, where the usual text says too little.
        """
        if role not in self.roles:
            raise RoleMissingError(role, told)

    def may_read(self, owner: RequestedBy) -> bool:
        """Whether this caller may see a restore that `owner` asked for: any, or one's own."""
        is_own = self.id is not None and self.id == owner.id
        return Role.READ in self.roles or (is_own and Role.REQUEST in self.roles)

    def may_see(self, record: Record) -> bool:
        """Whether this caller may see a restore: whoever approves also sees what waits for that."""
        decides = Role.APPROVE in self.roles and record.waits_for_approval
        return decides or self.may_read(record.requested_by)

    def owns(self, owner: RequestedBy) -> bool:
        """Whether the restore counts as this caller's own; nameless callers are one caller."""
        if self.id is None:
            return owner.door in {Door.HTTP, Door.BATCH} and owner.id is None
        return self.id == owner.id

    def demand_cancel(self, owner: RequestedBy) -> None:
        """Let the caller pass who may cancel a restore that `owner` asked for: any, or one's own.

        Raises:
            RestoreNotFoundError: this caller is not shown which ids exist.
            RoleMissingError: naming Restore.Admin.
        """
        if Role.REQUEST in self.roles and self.owns(owner):
            return
        if Role.ADMIN not in self.roles and not self.may_read(owner):
            raise RestoreNotFoundError
        self.demand(Role.ADMIN, text("role-missing", "cancel", role=Role.ADMIN.value))


KEY_HOLDER: Final = Caller(None, None, frozenset({Role.READ, Role.REQUEST}))


def read_caller(
    headers: Mapping[str, str], *, auth_mode: Literal["entra", "keys"], platform_auth: bool
) -> Caller:
    """The caller these request headers stand for; header names in any case.

    With `keys` the host has checked a function key and knows no more. With `entra` the platform's
    principal header is believed, but only while `platform_auth` says that the platform
    authenticates: otherwise anybody could have written it.

    Raises: UnauthenticatedError.
    """
    if auth_mode == "keys":
        return KEY_HOLDER
    if not platform_auth:
        raise UnauthenticatedError(text("not-signed-in", "off"))
    values = [value for name, value in headers.items() if name.lower() == PRINCIPAL_HEADER]
    if len(values) != 1 or not values[0]:
        raise UnauthenticatedError(text("not-signed-in"))
    return _caller(_read_principal(values[0]))


def demand_overrides(request: RestoreRequest, caller: Caller) -> None:
    """Let a request pass that uses no override, or whose caller may.

    Raises: RoleMissingError naming the role and every override used.
    """
    asked = request.overrides_used
    if asked:
        told = text("role-missing", "fields", role=Role.OVERRIDE.value, fields=asked)
        caller.demand(Role.OVERRIDE, told)


@dataclass(frozen=True, slots=True)
class _Principal:
    claims: tuple[tuple[str, str], ...]
    role_type: str | None

    def first(self, types: tuple[str, ...]) -> str | None:
        """The value of the best of these claims that is there and not empty."""
        found = (value for wanted in types for kind, value in self.claims if kind == wanted)
        return next((value for value in found if value), None)

    def every(self, types: tuple[str, ...]) -> set[str]:
        return {value for kind, value in self.claims if kind in types}


def _caller(principal: _Principal) -> Caller:
    app = principal.first(_APP)
    who = principal.first(_ID) or app
    if who is None:
        raise UnauthenticatedError(text("not-signed-in", "nameless"))
    role_types = (*_ROLES, principal.role_type) if principal.role_type else _ROLES
    given = principal.every(role_types)
    roles = frozenset(role for role in Role if role in given)
    return Caller(principal.first(_NAME) or app, who, roles)


def _read_principal(header: str) -> _Principal:
    try:
        value = json.loads(base64.b64decode(header, validate=True))
    except (ValueError, RecursionError):
        raise _malformed() from None
    match value:
        case {"claims": list(claims)}:
            role_type = value.get("role_typ")
        case _:
            raise _malformed()
    pairs = tuple(_claim(claim) for claim in claims)
    return _Principal(pairs, role_type if isinstance(role_type, str) else None)


def _claim(claim: object) -> tuple[str, str]:
    match claim:
        case {"typ": str(kind), "val": str(value)}:
            return kind, value
        case _:
            raise _malformed()


def _malformed() -> UnauthenticatedError:
    return UnauthenticatedError(text("not-signed-in", "malformed"))
