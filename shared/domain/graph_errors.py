"""Translate a definitive "no" from Graph into an outcome code, by one table.

Graph gives most licence faults one status and one code (400 Request_BadRequest), so only the text
tells them apart; what no row knows is kept whole in `directory-error`, never guessed.
"""

import re
from collections.abc import Callable
from http import HTTPStatus

from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.text import Text
from shared.errors import UNREADABLE_ANSWER, AnsweredError

# Public report: azure-docs issue 54426.
_ADDRESS_TEXTS = ("uniqueness violation", "proxyaddresses")
_LOCATION_TEXT = "invalid usage location"
# Graph's words when a user is created on a domain that is not the tenant's ("You must use one of
# the verified domain names in your organization."). Those of a restore are not documented.
_LOST_DOMAIN_TEXT = "verified domain"
_NO_SEAT_TEXT = "does not have any available licenses"
# The words of a refusal for a person whom only administrators of that unit may change.
# Source: Cloud-Architekt/AzureAD-Attack-Defense.
_RESTRICTED_UNIT_TEXT = "restricted management administrative unit"
# Source: microsoft-graph-docs issue 1508.
_SAME_VALUE_TEXT = re.compile(r"same value for property (\w+)", re.IGNORECASE)

# Words of Graph's own messages -> outcome. Sources: support.okta.com (usage location); Entra docs
# "Resolve group license assignment problems" (mutually exclusive, depends on); public scripts
# that match on "any available licenses"; azure-docs issue 81269 (plan not in the SKU).
_LICENSE_TEXTS: tuple[tuple[str, Callable[[Text], Outcome]], ...] = (
    (
        _LOCATION_TEXT,
        lambda said: outcome(Code.USAGE_LOCATION_MISSING, "refused", said=said),
    ),
    ("usage location", lambda said: outcome(Code.LICENSE_CONFLICT, "location", said=said)),
    ("mutually exclusive", lambda said: outcome(Code.LICENSE_CONFLICT, said=said)),
    ("depends on the service plan", lambda said: outcome(Code.LICENSE_CONFLICT, said=said)),
    (
        "does not correspond to a valid company license",
        lambda said: outcome(Code.LICENSE_NOT_IN_TENANT, "refused", said=said),
    ),
)

RESTORE_PERMISSION = "User.DeleteRestore.All"
ASSIGN_PERMISSION = "LicenseAssignment.ReadWrite.All"
READ_PERMISSIONS = ("User.Read.All", "LicenseAssignment.Read.All")


def is_unreadable(error: AnsweredError) -> bool:
    """Whether something other than Graph may have answered; such an answer proves nothing."""
    return error.code == UNREADABLE_ANSWER


def is_absent(error: AnsweredError) -> bool:
    """Whether Graph says that the object is not there (which replication may make untrue)."""
    return error.status == HTTPStatus.NOT_FOUND


def is_without_seat(error: AnsweredError) -> bool:
    """Whether the SKU has no free seat at this moment."""
    return error.status == HTTPStatus.BAD_REQUEST and _NO_SEAT_TEXT in error.message.lower()


def is_about_location(error: AnsweredError) -> bool:
    """Whether Graph takes the usage location for missing or wrong."""
    return error.status == HTTPStatus.BAD_REQUEST and _LOCATION_TEXT in error.message.lower()


def is_about_addresses(error: AnsweredError) -> bool:
    """Whether an address that the mailbox would have is somebody else's."""
    words = error.message.lower()
    return error.status == HTTPStatus.BAD_REQUEST and all(part in words for part in _ADDRESS_TEXTS)


def why_not_restored(
    error: AnsweredError, *, renames: bool = False, is_granted: bool = False
) -> Outcome:
    """The outcome of a restore call that Graph refused for good; `renames`: with a new name.

    `is_granted`: the permission for it is in the service's own token.

    A clash of names is known by the detail code ObjectConflict or by the property that the
    message names; 409 alone is not a clash (Directory_ConcurrencyViolation is one, too).
    Source: microsoft-graph-docs issue 1508.
    """
    if error.status == HTTPStatus.FORBIDDEN and is_granted:
        return _out_of_reach(error, RESTORE_PERMISSION)
    if error.status == HTTPStatus.FORBIDDEN:
        said = error.why
        return outcome(Code.PERMISSION_MISSING, "restore", permission=RESTORE_PERMISSION, said=said)
    if is_absent(error):
        return outcome(Code.USER_PURGED, "purging", said=error.why)
    is_about_names = error.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT}
    return (is_about_names and _name_refused(error, renames)) or _directory_error(error)


def _name_refused(error: AnsweredError, renames: bool) -> Outcome | None:  # noqa: FBT001 - a fact about the call
    words, said = error.message.lower(), error.why
    if _LOST_DOMAIN_TEXT in words and renames:
        return outcome(Code.NEW_NAME_NOT_ALLOWED, "refused", said=said)
    if _LOST_DOMAIN_TEXT in words:
        return outcome(Code.UPN_CONFLICT, "domain-refused", said=said)
    targets = [target for code, target in error.details if code == "ObjectConflict" and target]
    named = [*targets, *_SAME_VALUE_TEXT.findall(error.message)]
    if "proxyaddresses" in words:
        named.append("proxyAddresses")
    return _clash(named, said) if named else None


def _clash(named: list[str], said: Text) -> Outcome:
    """Somebody else has the same value of these properties; a name counts before an address."""
    clashing = {name.lower() for name in named}
    if "userprincipalname" in clashing:
        return outcome(Code.UPN_CONFLICT, "refused", other_said=said)
    if "proxyaddresses" in clashing:
        return outcome(Code.ADDRESS_CONFLICT, "refused", other_said=said)
    if "onpremisesimmutableid" in clashing:
        return outcome(Code.IMMUTABLE_ID_CONFLICT, other_said=said)
    return outcome(Code.PROPERTY_CONFLICT, property=named[0], other_said=said)


def why_not_licensed(error: AnsweredError, *, is_granted: bool = False) -> Outcome:
    """The outcome of a licence assignment that Graph refused for good.

    `is_granted`: the permission for it is in the service's own token.
    """
    said = error.why
    if error.status == HTTPStatus.FORBIDDEN and is_granted:
        return _out_of_reach(error, ASSIGN_PERMISSION)
    if error.status == HTTPStatus.FORBIDDEN:
        return outcome(Code.PERMISSION_MISSING, permission=ASSIGN_PERMISSION, said=said)
    words = error.message.lower()
    if error.status == HTTPStatus.BAD_REQUEST:
        for part, meant in _LICENSE_TEXTS:
            if part in words:
                return meant(said)
    return _directory_error(error)


def why_not_taken_back(error: AnsweredError, permission: str, *, is_granted: bool) -> Outcome:
    """The outcome of a change of an undo, which takes this permission, that Graph refused for good.

    `is_granted`: the permission is in the service's own token.
    """
    if error.status == HTTPStatus.FORBIDDEN and is_granted:
        return _out_of_reach(error, permission)
    if error.status == HTTPStatus.FORBIDDEN:
        said = error.why
        return outcome(Code.PERMISSION_MISSING, "undo", permission=permission, said=said)
    return _directory_error(error)


def why_not_read(error: AnsweredError, missing: tuple[str, ...] = READ_PERMISSIONS) -> Outcome:
    """The outcome when Graph refuses to show what the decision needs; `missing`: permissions.

    With none missing the service's own token has them all, and something else keeps it away.
    """
    said = error.why
    if error.status == HTTPStatus.FORBIDDEN and missing:
        return outcome(Code.PERMISSION_MISSING, permission=", ".join(missing), said=said)
    if error.status == HTTPStatus.FORBIDDEN:
        held = ", ".join(READ_PERMISSIONS)
        return outcome(Code.PERMISSION_MISSING, "held", permission=held, said=said)
    return _directory_error(error)


def _out_of_reach(error: AnsweredError, permission: str) -> Outcome:
    """The permission is there, and yet not for this person."""
    said = error.why
    if _RESTRICTED_UNIT_TEXT in error.message.lower():
        return outcome(Code.OUT_OF_REACH, "unit", permission=permission, said=said)
    return outcome(Code.OUT_OF_REACH, permission=permission, said=said)


def _directory_error(error: AnsweredError) -> Outcome:
    return outcome(Code.DIRECTORY_ERROR, said=error.why)
