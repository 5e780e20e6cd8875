"""What is kept of a message: its text, cut, without the query of any URL in it."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.records.received import LARGEST, shown
from tests.security.meter import time_of

# Seven times what the dearest takes; with the square of the size it would be minutes.
_MOST_MILLISECONDS = 200
SECRET = "TOPSECRETSIG"
URL = (
    "https://prod-01.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke"
    f"?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SECRET}"
)
BODY = json.dumps({"version": 1, "kind": "user", "typo": 1, "callbackUrl": URL, "reason": "why?"})


def encoded(text: str) -> str:
    """The text in base64."""
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        BODY.replace("/", "\\/"),
        BODY.replace("?", "\\u003f").replace("&", "\\u0026"),
        BODY.replace(":", "\\u003a").replace("/", "\\u002F"),
        BODY.replace('"', "'"),
        BODY[:-20],
        URL,
        URL.upper(),
        f"see <{URL}>, please",
        f"two: {URL},{URL}\n{URL}",
        URL.removeprefix("https://"),
        URL[-40:],
        f"https://user:{SECRET}@host.example/path",
        f"https://host.example/path#{SECRET}",
        f"https://h?{SECRET}",
        *(f'{{"callbackUrl":"https://h/p?a={sign}b&h={SECRET}"}}' for sign in "'<>`{}|"),
        f"url=https%3A%2F%2Fhost%2F%3Fsig%3D{SECRET}",
        encoded(BODY),
        "\n".join(encoded(BODY)[at : at + 76] for at in range(0, 999, 76)),
        encoded(BODY).replace("+", "-").replace("/", "_").rstrip("="),
        json.dumps({"specversion": "1.0", "data_base64": encoded(BODY)}),
    ],
)
def test_no_secret_of_a_url_is_shown(body: str) -> None:
    """However an honest sender wrote it, whole or cut."""
    assert SECRET not in shown(body.encode())
    assert SECRET.lower() not in shown(body.encode()).lower()
    assert encoded(SECRET)[:12] not in shown(body.encode())


def test_a_message_in_utf_16_is_read_for_its_secrets_as_well() -> None:
    """As PowerShell writes it; its end is no secret."""
    text = shown(BODY.encode("utf-16"))

    assert SECRET not in text.replace("\x00", "")
    assert "typo" in text


def test_all_else_is_shown_as_it_came() -> None:
    """What somebody needs to see what is wrong with it, the rest of the URL included."""
    assert json.loads(shown(BODY.encode())) == json.loads(BODY) | {
        "callbackUrl": URL.partition("?")[0] + "?..."
    }
    assert json.loads(shown(encoded(BODY).encode()))["typo"] == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "rubbish",
        '{"reason": "is this right? yes/no"}',
        "https://host.example/path",
        "mailto:a@b.c?subject=x",
        encoded("a text in base64 that holds no URL"),
        "0123456789abcdef0123456789abcdef",
    ],
)
def test_a_body_without_a_secret_is_shown_as_it_came(body: str) -> None:
    """Nothing is taken for a secret that is none."""
    assert shown(body.encode()) == body


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_shown_as_text(body: bytes) -> None:
    """Nothing is raised, and what comes back can be stored and sent."""
    assert len(shown(body).encode()) <= LARGEST


def test_a_long_body_is_cut_between_characters() -> None:
    """At 32 KiB of UTF-8, wherever that falls."""
    for pad in range(4):
        body = "x" * pad + "\U0001f600" * 10_000
        text = shown(body.encode())

        assert body.startswith(text)
        assert LARGEST - 4 < len(text.encode()) <= LARGEST


@pytest.mark.parametrize(
    "unit",
    ["http://", "https://a?", "sig=", "a", "a://", "A1b2", "a+.-", "https://h/?", "x:", "\x00"],
)
async def test_it_costs_little_whatever_is_in_it(unit: str) -> None:
    """64 KiB of what the patterns look for, again and again."""
    body = (unit * (65_536 // len(unit))).encode()

    async def look() -> None:
        shown(body)

    assert await time_of(look, enough=_MOST_MILLISECONDS) <= _MOST_MILLISECONDS
