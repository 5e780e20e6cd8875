"""Who is asking over HTTP, by this deployment's settings."""

import azure.functions as func

from shared.bootstrap import Intake
from shared.intake.caller import Caller, read_caller


def caller_of(req: func.HttpRequest, intake: Intake) -> Caller:
    """The caller of this request.

    Raises: UnauthenticatedError.
    """
    settings = intake.settings
    return read_caller(
        req.headers, auth_mode=settings.auth_mode, platform_auth=settings.platform_auth
    )
