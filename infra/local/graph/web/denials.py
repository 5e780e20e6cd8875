"""Build the 403 answers: each service behind Graph reports a missing permission differently."""

from http import HTTPStatus

from infra.local.graph.web.wire import GraphError


def denied(message: str = "Insufficient privileges to complete the operation.") -> GraphError:
    """Answer the directory's 403 for a missing permission or a missing admin role.

    Source: Microsoft "Combine multiple HTTP requests using JSON batching", where another call
    answers it.
    """
    return GraphError(HTTPStatus.FORBIDDEN, "Authorization_RequestDenied", message)


def denied_by_outlook() -> GraphError:
    """Answer Outlook's 403, for a missing permission and for an access policy.

    Source: OfficeDev/office-js issue 6057. That an access policy answers the same is not confirmed
    by a source.
    """
    return GraphError(
        HTTPStatus.FORBIDDEN,
        "ErrorAccessDenied",
        "Access is denied. Check credentials and try again.",
    )


def denied_by_reports(permission: str) -> GraphError:
    """Answer the 403 of the logs, and of what comes from them.

    Source: microsoft-graph-docs-contrib issue 8997; microsoft-graph-explorer-v4 issue 3165.
    """
    return GraphError(
        HTTPStatus.FORBIDDEN,
        "Authentication_MSGraphPermissionMissing",
        f"Calling principal does not have required MSGraph permissions {permission}",
    )


def not_premium() -> GraphError:
    """Answer the 403 for sign-in data in a tenant without a premium licence.

    Source: microsoft-graph-docs issues 12772 and 14118.
    """
    return GraphError(
        HTTPStatus.FORBIDDEN,
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
        "Neither tenant is B2C or tenant doesn't have premium license",
    )


def premium_needed() -> GraphError:
    """Answer the 400 for eligible roles in a tenant without Entra ID P2.

    Source: a capture of 2026-09-02 in raymond0mir/district.local.
    """
    return GraphError(
        HTTPStatus.BAD_REQUEST,
        "AadPremiumLicenseRequired",
        "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.",
    )
