"""Answer a list in CSV where the caller asks for it."""

from collections.abc import Iterable, Mapping, Sequence

import azure.functions as func

from functions.http.replies import api_link, headers_for
from shared.documents.csv_out import MEDIA_TYPE, Cell, csv_out
from shared.intake.answer_format import prefers_csv
from shared.texts.reader import Reader


def wants_csv(req: func.HttpRequest) -> bool:
    """Whether this caller asks for CSV rather than JSON."""
    return prefers_csv(req.headers.get("accept"))


def csv_reply(
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    req: func.HttpRequest,
    reader: Reader | None = None,
    *,
    route: str,
    next_query: str | None,
) -> func.HttpResponse:
    """A page of a list as CSV; the next page is in the header `Link`.

    `reader`: it has texts, in this one's words. Source: RFC 8288 "Web Linking", `rel="next"`.
    """
    link = f'<{api_link(req, route)}?{next_query}>; rel="next"'
    more = {} if next_query is None else {"Link": link}
    return csv_file(columns, rows, reader, headers=more)


def csv_file(
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    reader: Reader | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> func.HttpResponse:
    """A table as CSV, with the status and the headers that the same has as JSON."""
    given = {"Content-Type": MEDIA_TYPE, **headers_for(reader, also_csv=True), **(headers or {})}
    return func.HttpResponse(csv_out(columns, rows), status_code=status, headers=given)
