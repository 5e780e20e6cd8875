"""GET /api/desk: which file stands where, how it is kept, and what no address opens."""

import gzip
import json
import re
from pathlib import Path

import azure.functions as func
import pytest

from functions.http.desk import answer
from functions.http.desk_files import FOLDER, DeskFile, DeskFiles
from shared.errors import DeskFileNotFoundError
from shared.texts.desk import desk_words
from shared.texts.reader import Language

FILES = DeskFiles.read(FOLDER, "entra")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def get(path: str = "", files: DeskFiles = FILES, **headers: str) -> func.HttpResponse:
    """The answer to a browser that asks for a path below /api/desk."""
    request = func.HttpRequest(
        method="GET",
        url=f"https://host/api/desk{'/' if path else ''}{path}",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        route_params={"path": path},
        body=b"",
    )
    return answer(request, files)


def version() -> str:
    """The part of the address that changes with every change of a file."""
    return next(path for path in FILES.by_path if path).partition("/")[0]


def test_the_page_is_html_that_nobody_keeps() -> None:
    """A browser asks for the page each time, so that a new version is seen at once."""
    page = get()

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert b"<!doctype html>" in page.get_body()


def test_every_answer_carries_the_safety_headers() -> None:
    """The page and a module alike."""
    for path in ("", f"{version()}/app.js"):
        headers = get(path).headers

        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_all_that_the_page_names_is_there() -> None:
    """Each address in the page leads to a file, kept for good under its version."""
    named = re.findall(r'(?:href|src)="desk/([^"]+)"', get().get_body().decode())

    assert len(named) > 10
    for path in named:
        file = get(path)
        assert file.status_code == 200
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_page_has_no_script_and_no_style_of_its_own_text() -> None:
    """The policy would not run it, and the page would be broken in silence."""
    html = (FOLDER / "index.html").read_text(encoding="utf-8")

    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=|\sstyle=", html) == []


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("app.js", "text/javascript; charset=utf-8"),
        ("css/base.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("words/da.json", "application/json; charset=utf-8"),
        ("lib/lit-html.js", "text/javascript; charset=utf-8"),
    ],
)
def test_a_file_has_its_media_type(name: str, media_type: str) -> None:
    """With nosniff a browser runs no module under another."""
    assert get(f"{version()}/{name}").headers["content-type"] == media_type


@pytest.mark.parametrize("language", list(Language))
def test_the_words_are_served_whole_each_under_its_part(language: Language) -> None:
    """The page puts the two halves of a key together again."""
    served = json.loads(get(f"{version()}/words/{language.value}.json").get_body())

    assert {
        f"{part}.{key}": word for part, words in served.items() for key, word in words.items()
    } == desk_words(language)


@pytest.mark.parametrize(
    "path",
    [
        "../host.json",
        "..%2Fhost.json",
        f"{version()}/../../../host.json",
        "/etc/passwd",
        f"{version()}/lib/lit-html.LICENSE",
        f"{version()}/index.html",
        "app.js",
        "000000000000/app.js",
        f"{version()}/",
        "\x00",
    ],
)
def test_no_other_address_opens_anything(path: str) -> None:
    """Addresses are looked up in a table, and never become a path of the disk."""
    with pytest.raises(DeskFileNotFoundError):
        get(path)


def test_a_slash_at_the_end_leads_to_the_page() -> None:
    """The page names its files relative to its own address."""
    request = func.HttpRequest(
        method="GET", url="https://host/api/desk/?x=1", route_params={"path": ""}, body=b""
    )

    moved = answer(request, FILES)

    assert (moved.status_code, moved.headers["location"]) == (308, "../desk")


def test_a_browser_that_has_the_file_gets_304() -> None:
    """A tag is believed among others, and as the weak one that a cache makes of it."""
    tag = get().headers["etag"]

    for given in (tag, f'"other", {tag}', f"W/{tag}"):
        again = get(if_none_match=given)
        assert (again.status_code, again.get_body()) == (304, b"")
        assert again.headers["etag"] == tag
    assert get(if_none_match='"other"').status_code == 200


def test_a_browser_gets_the_smallest_form_it_takes() -> None:
    """Brotli where packaging made it, gzip else, the file itself where neither is taken."""
    brotli = DeskFile(b"text " * 100, "text/css", brotli=b"small")
    files = DeskFiles({"a.css": brotli, "b.css": DeskFile(b"text " * 100, "text/css")})

    both = {"accept_encoding": "gzip, deflate, br;q=0.9"}
    assert get("a.css", files, **both).get_body() == b"small"
    assert get("a.css", files, **both).headers["content-encoding"] == "br"
    squeezed = get("b.css", files, **both)
    assert squeezed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(squeezed.get_body()) == b"text " * 100
    for refused in ("", "identity", "gzip;q=0, br;q=0.0"):
        plain = get("a.css", files, accept_encoding=refused)
        assert plain.get_body() == b"text " * 100
        assert "content-encoding" not in plain.headers
    assert get("a.css", files, **both).headers["vary"] == "Accept-Encoding"


def test_each_form_has_a_tag_of_its_own() -> None:
    """A strong tag stands for bytes: a cache may not give one form out as another."""
    path = f"{version()}/app.js"

    tags = {get(path, accept_encoding=name).headers["etag"] for name in ("gzip", "identity")}

    assert len(tags) == 2


def test_a_changed_file_changes_every_address(tmp_path: Path) -> None:
    """Modules of two versions never meet in one page."""
    (tmp_path / "index.html").write_text("@version@ @sign-in@")
    (tmp_path / "app.js").write_text("1")
    before = set(DeskFiles.read(tmp_path, "keys").by_path)

    (tmp_path / "app.js").write_text("2")
    after = DeskFiles.read(tmp_path, "keys")

    assert before & set(after.by_path) == {""}
    words = after.by_path[""].content.decode().split()
    assert words == [next(path for path in after.by_path if path).partition("/")[0], "keys"]


def test_every_module_that_another_names_is_there() -> None:
    """An import that leads nowhere breaks a view only once somebody opens it."""
    imports = re.compile(r'(?:from|import)\s*"(\.[^"]+)"')
    modules = [path for path in FOLDER.rglob("*.js") if "lib" not in path.parts]

    assert len(modules) > 30
    for module in modules:
        for name in imports.findall(module.read_text(encoding="utf-8")):
            assert (module.parent / name).resolve().is_file(), f"{module}: {name}"


def test_the_page_preloads_what_every_visit_needs() -> None:
    """The page names all modules that its first one leads to: no browser waits for a chain."""
    named = set(re.findall(r'"desk/@version@/([^"]+\.js)"', (FOLDER / "index.html").read_text()))

    assert reached("app.js", set()) <= named


def reached(name: str, seen: set[str]) -> set[str]:
    """All modules that a module imports when it is loaded, itself included."""
    seen.add(name)
    text = (FOLDER / name).read_text(encoding="utf-8")
    for other in re.findall(r'\bfrom\s*"(\.[^"]+)"', text):
        path = (FOLDER / name).parent.joinpath(other).resolve().relative_to(FOLDER)
        if path.as_posix() not in seen:
            reached(path.as_posix(), seen)
    return seen
