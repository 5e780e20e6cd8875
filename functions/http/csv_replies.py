"""Answer a list in CSV where the caller asks for it."""

from collections.abc import Iterable, Sequence

import azure.functions as func

from functions.http.replies import api_link
from shared.documents.csv_out import MEDIA_TYPE, Cell, csv_out
from shared.intake.answer_format import prefers_csv


def wants_csv(req: func.HttpRequest) -> bool:
    """Whether this caller asks for CSV rather than JSON."""
    return prefers_csv(req.headers.get("accept"))


def csv_reply(
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    req: func.HttpRequest,
    *,
    route: str,
    next_query: str | None,
) -> func.HttpResponse:
    """A page of a list as CSV; the next page is in the header `Link`.

    Source: RFC 8288 "Web Linking", `rel="next"`.
    """
    link = f'<{api_link(req, route)}?{next_query}>; rel="next"'
    more = {} if next_query is None else {"Link": link}
    headers = {"Content-Type": MEDIA_TYPE, "Vary": "Accept", **more}
    return func.HttpResponse(csv_out(columns, rows), status_code=200, headers=headers)
