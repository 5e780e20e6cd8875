"""The desk through the real host: page, files, what browsers keep, and what no address opens."""

import gzip
import re

import aiohttp

from tests.e2e.stage.stage import Stage

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"


async def test_the_page_and_its_files_are_there_for_everybody(
    http: aiohttp.ClientSession, stage: Stage
) -> None:
    """Without a key; every address in the page leads to a file, in its media type."""
    page = f"{stage.host.url}/api/desk"
    async with http.get(page) as answer:
        html, headers = await answer.text(), answer.headers
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"].startswith(POLICY)

    named = re.findall(r'(?:href|src)="(desk/[^"]+)"', html)
    assert len(named) > 20
    for path in named:
        async with http.get(f"{stage.host.url}/api/{path}") as answer:
            assert answer.status == 200, path
            assert answer.headers["Cache-Control"].endswith("immutable")
            assert await answer.read()


async def test_a_browser_asks_once_and_gets_it_small(stage: Stage) -> None:
    """Compressed as it asks for it; 304 for what it has; by both spellings of the address."""
    page = f"{stage.host.url}/api/desk"
    asks = {"Accept-Encoding": "gzip"}
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        async with session.get(page, headers=asks) as answer:
            tag, body = answer.headers["ETag"], await answer.read()
        async with session.get(page, headers={**asks, "If-None-Match": tag}) as again:
            status, rest = again.status, await again.read()
        async with session.get(f"{page}/") as moved:
            final = str(moved.url)

    assert gzip.decompress(body).startswith(b"<!doctype html>")
    assert (status, rest) == (304, b"")
    assert final == page


async def test_no_address_leads_out_of_the_desk(stage: Stage, http: aiohttp.ClientSession) -> None:
    """Neither dots nor their encodings reach another file of the app."""
    for path in ("..%2Fhost.json", "%2e%2e/host.json", "....//host.json", "x/../../../host.json"):
        url = f"{stage.host.url}/api/desk/{path}"
        async with http.get(url) as answer:
            text = await answer.text()

        assert answer.status == 404
        assert "extensionBundle" not in text
