"""What a "no" from Graph means for a restore: the one table from its answers to outcome codes.

Graph gives most licence faults one status and one code (400 Request_BadRequest), so only the text
tells them apart; what no row knows is kept whole in `directory-error`, never guessed.
"""

from http import HTTPStatus

from shared.domain.outcomes import Code, Outcome, outcome
from shared.errors import UNREADABLE_ANSWER, AnsweredError

# Words of Graph's own messages -> outcome. Sources: support.okta.com (usage location); Entra docs
# "Resolve group license assignment problems" (mutually exclusive, depends on); public scripts
# that match on "any available licenses"; azure-docs issue 81269 (plan not in the SKU).
_LICENSE_TEXTS: tuple[tuple[str, Code], ...] = (
    ("invalid usage location", Code.USAGE_LOCATION_MISSING),
    ("mutually exclusive", Code.LICENSE_CONFLICT),
    ("depends on the service plan", Code.LICENSE_CONFLICT),
    ("does not correspond to a valid company license", Code.LICENSE_NOT_IN_TENANT),
)
# Graph's words when a user is created on a domain that is not the tenant's ("You must use one of
# the verified domain names in your organization."). Those of a restore are not documented.
_LOST_DOMAIN_TEXT = "verified domain"
_NO_SEAT_TEXT = "does not have any available licenses"

RESTORE_PERMISSION = (
    "User.DeleteRestore.All (and, for a user who holds an admin role, the directory role"
    " Privileged Authentication Administrator on the service's identity)"
)
ASSIGN_PERMISSION = "LicenseAssignment.ReadWrite.All"
READ_PERMISSION = "User.Read.All, LicenseAssignment.Read.All"


def is_unreadable(error: AnsweredError) -> bool:
    """Whether it may not have been Graph that answered; nothing follows from such an answer."""
    return error.code == UNREADABLE_ANSWER


def is_absent(error: AnsweredError) -> bool:
    """Whether Graph says that the object is not there (which replication may make untrue)."""
    return error.status == HTTPStatus.NOT_FOUND


def is_without_seat(error: AnsweredError) -> bool:
    """Whether the SKU has no free seat at this moment."""
    return error.status == HTTPStatus.BAD_REQUEST and _NO_SEAT_TEXT in error.message.lower()


def why_not_restored(error: AnsweredError) -> Outcome:
    """The outcome of a restore call that Graph refused for good.

    A clash of names is known by the detail code ObjectConflict or by the property that the
    message names; 409 alone is not a clash (Directory_ConcurrencyViolation is one, too).
    Source: microsoft-graph-docs issue 1508.
    """
    if error.status == HTTPStatus.FORBIDDEN:
        return _permission_missing(RESTORE_PERMISSION, error)
    if is_absent(error):
        text = f"Still listed, but not to be restored any more: {quote(error)}"
        return outcome(Code.USER_PURGED, text)
    is_about_names = error.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT}
    return (is_about_names and _name_refused(error)) or _directory_error(error)


def _name_refused(error: AnsweredError) -> Outcome | None:
    targets = {target.lower() for code, target in error.details if code == "ObjectConflict"}
    text = error.message.lower()
    if _LOST_DOMAIN_TEXT in text:
        return _name_without_domain(error)
    if "userprincipalname" in targets or "property userprincipalname" in text:
        return outcome(Code.UPN_CONFLICT, quote(error))
    if "proxyaddresses" in targets or "proxyaddresses" in text:
        return outcome(Code.ADDRESS_CONFLICT, quote(error))
    return outcome(Code.UPN_CONFLICT, quote(error)) if targets else None


def _name_without_domain(error: AnsweredError) -> Outcome:
    text = f"The domain of the name is not verified in the tenant. {quote(error)}"
    fix = 'Send onUpnConflict: "rename" with a newUserPrincipalName on a verified domain.'
    return outcome(Code.UPN_CONFLICT, text, fix)


def why_not_licensed(error: AnsweredError) -> Outcome:
    """The outcome of a licence assignment that Graph refused for good."""
    if error.status == HTTPStatus.FORBIDDEN:
        return _permission_missing(ASSIGN_PERMISSION, error)
    text = error.message.lower()
    for words, code in _LICENSE_TEXTS:
        if error.status == HTTPStatus.BAD_REQUEST and words in text:
            return outcome(code, quote(error))
    return _directory_error(error)


def why_not_read(error: AnsweredError) -> Outcome:
    """The outcome when Graph refuses to show what the decision needs."""
    if error.status == HTTPStatus.FORBIDDEN:
        return _permission_missing(READ_PERMISSION, error)
    return _directory_error(error)


def quote(error: AnsweredError) -> str:
    """What Graph said, with the request id that Microsoft's support asks for."""
    request = f" (request-id {error.request_id})" if error.request_id else ""
    return f"Graph answered {error.status} {error.code}: {error.message}{request}"


def _permission_missing(permission: str, error: AnsweredError) -> Outcome:
    return outcome(
        Code.PERMISSION_MISSING,
        f"Graph refused (403): {quote(error)} The permission needed: {permission}.",
    )


def _directory_error(error: AnsweredError) -> Outcome:
    return outcome(Code.DIRECTORY_ERROR, quote(error))
