"""Serve GET /api/desk and its files: the page for administrators.

Anonymous, and without data: whoever opens it signs in, and the page then calls this API.
"""

from functools import cache

import azure.functions as func

from functions.hosting import http_auth_level
from functions.http.desk_files import FOLDER, DeskFiles, SignIn
from functions.http.replies import translate
from shared.errors import DeskFileNotFoundError

bp = func.Blueprint()

# Nothing from elsewhere, nothing in the page's own text; names from the directory stay text even
# where a fault of ours would make them markup.
_SAFETY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_FOR_GOOD = "public, max-age=31536000, immutable"


@bp.function_name("GetDesk")
@bp.route(route="desk/{*path}", methods=["GET"], auth_level=func.AuthLevel.ANONYMOUS)
async def get_desk(req: func.HttpRequest) -> func.HttpResponse:
    """Serve the page, or one of its files."""
    found = await translate("GetDesk", _found(req), req)
    for name, value in (_SAFETY | {"Cache-Control": "no-store"}).items():
        found.headers.setdefault(name, value)
    return found


async def _found(req: func.HttpRequest) -> func.HttpResponse:
    return answer(req, _files())


def answer(req: func.HttpRequest, files: DeskFiles) -> func.HttpResponse:
    """200 with the file, or 304 to a browser that has it.

    Raises:
        DeskFileNotFoundError: the address is that of no file.
    """
    path = req.route_params.get("path") or ""
    file = files.by_path.get(path)
    if file is None:
        raise DeskFileNotFoundError
    if path == "" and req.url.partition("?")[0].endswith("/"):
        # The page names its files relative to its own address, which has no slash at its end.
        return func.HttpResponse(status_code=308, headers={**_SAFETY, "Location": "../desk"})
    body, encoding = file.encoded(req.headers.get("accept-encoding", ""))
    tag = f'"{file.tag}-{encoding}"' if encoding else f'"{file.tag}"'
    headers = _SAFETY | {
        "Content-Type": file.media_type,
        "ETag": tag,
        "Vary": "Accept-Encoding",
        "Cache-Control": _FOR_GOOD if file.keeps else "no-cache",
    }
    if _has(tag, req.headers.get("if-none-match", "")):
        return func.HttpResponse(status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    return func.HttpResponse(body, headers=headers)


@cache
def _files() -> DeskFiles:
    # As the host does, before any setting was checked: the page shows what is wrong with them.
    level = http_auth_level()
    sign_in: SignIn = "entra" if level is func.AuthLevel.ANONYMOUS else "keys"
    return DeskFiles.read(FOLDER, sign_in)


def _has(tag: str, header: str) -> bool:
    """Whether an If-None-Match header names this tag; a cache may have made it a weak one."""
    return tag in {part.strip().removeprefix("W/") for part in header.split(",")}
