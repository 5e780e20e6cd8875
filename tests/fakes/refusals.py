"""List Graph's refusals, word for word, for fakes.

Sources: microsoft-graph-docs issue 1508 (conflicts); support.okta.com (usage location); Microsoft
Graph docs "JSON batching" (403); msgraph-sdk-powershell issue 987 (404).
"""

from shared.errors import AnsweredError

LOST_DOMAIN = (
    "The domain portion of the userPrincipalName property is invalid. You must use one of the"
    " verified domain names in your organization."
)
NO_LOCATION = "License assignment cannot be done for user with invalid usage location."


def conflict(targets: list[str]) -> AnsweredError:
    """A name or address belongs to an active object; `targets` are the properties."""
    text = f"Another object with the same value for property {targets[0]} already exists."
    details = tuple(("ObjectConflict", target) for target in targets)
    return _refused(400, "Request_BadRequest", text, details)


def not_found(user_id: str) -> AnsweredError:
    """There is no such object, or it is not where it was looked for."""
    text = (
        f"Resource '{user_id}' does not exist or one of its queried reference-property objects"
        " are not present."
    )
    return _refused(404, "Request_ResourceNotFound", text)


def bad_request(message: str) -> AnsweredError:
    """The directory's usual 400."""
    return _refused(400, "Request_BadRequest", message)


def denied() -> AnsweredError:
    """A permission is missing, or the admin role that acting on an admin takes."""
    text = "Insufficient privileges to complete the operation."
    return _refused(403, "Authorization_RequestDenied", text)


def _refused(
    status: int, code: str, message: str, details: tuple[tuple[str, str], ...] = ()
) -> AnsweredError:
    return AnsweredError(
        status=status, code=code, message=message, details=details, request_id="fake-request"
    )
