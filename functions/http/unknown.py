"""Answer every address under /api that nothing else takes, and name the one that was meant."""

import azure.functions as func

from functions.http.replies import translate
from shared.intake.wrong_address import no_such_address

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]

bp = func.Blueprint()


@bp.function_name("AnswerUnknown")
@bp.route(route="{*path}", methods=_METHODS)
async def answer_unknown(req: func.HttpRequest) -> func.HttpResponse:
    """Refuse a call that no operation takes, and name the address or methods there are."""
    return await translate("AnswerUnknown", _refuse(req), req)


async def _refuse(req: func.HttpRequest) -> func.HttpResponse:
    raise no_such_address(req.method, req.route_params.get("path") or "")
