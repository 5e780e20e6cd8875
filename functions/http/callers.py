"""Find out who is calling over HTTP, and the language and roles for the answer's texts."""

import azure.functions as func

from shared.bootstrap import Intake, root
from shared.errors import ToldError
from shared.intake.caller import Caller, read_caller
from shared.intake.cross_site import demand_same_site
from shared.intake.language import language_of
from shared.texts.reader import Audience, Reader


def caller_of(req: func.HttpRequest, intake: Intake) -> Caller:
    """The caller of this request.

    Raises:
        UnauthenticatedError: nobody that can be believed.
        CrossSiteError: a change by a browser's session, which another site's page may have sent.
    """
    caller = _signed_in(req, intake)
    demand_same_site(req.method, req.headers)
    return caller


def reader_of(req: func.HttpRequest, caller: Caller, audience: Audience) -> Reader:
    """The caller as a reader, in the language that the request asks for."""
    language = language_of(req.headers.get("accept-language"), audience.language)
    return Reader(language, caller.roles, audience.by_keys, caller.id)


async def reader_of_problem(req: func.HttpRequest) -> Reader:
    """Whoever is told that something went wrong, as far as that is known.

    Who the caller is, or the settings themselves, may be what is wrong.
    """
    accepted = req.headers.get("accept-language")
    try:
        intake = await root().intake()
    except ToldError:
        return Reader(language_of(accepted, Audience().language))
    audience = intake.deps.audience
    try:
        return reader_of(req, _signed_in(req, intake), audience)
    except ToldError:
        return Reader(language_of(accepted, audience.language), by_keys=audience.by_keys)


def _signed_in(req: func.HttpRequest, intake: Intake) -> Caller:
    settings = intake.settings
    return read_caller(
        req.headers, auth_mode=settings.auth_mode, platform_auth=settings.platform_auth
    )
