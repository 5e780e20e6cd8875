"""Answer the root address of an app, which the host does itself.

Whatever the method, it is a page that says that the app is up, or with the app setting
`AzureWebJobsDisableHomepage` = `true` an empty 204. Every other address without a function is an
empty 404.
Source: azure-functions-host, `HomepageMiddleware`; learn.microsoft.com, "App settings reference for
Azure Functions", AzureWebJobsDisableHomepage.
"""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

_SETTING: Final = "AzureWebJobsDisableHomepage"
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Your local function app is up and running</title>
<p>Your local function app is up and running.</p>
</html>
"""


def is_home(path: str) -> bool:
    """Tell whether a path is the root address."""
    return path == "/"


def is_page_off(environment: Mapping[str, str]) -> bool:
    """Tell whether the app's settings take the page away."""
    return environment.get(_SETTING, "").lower() == "true"


def home(*, is_off: bool) -> web.Response:
    """Give the page, or nothing where it is off."""
    if is_off:
        return web.Response(status=204)
    return web.Response(text=_PAGE, content_type="text/html")
