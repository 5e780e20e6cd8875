"""No spelling of a URL makes the service call a host that is not on the list."""

import json
from typing import Final
from urllib.parse import urlsplit

import pytest

from shared.errors import InvalidRequestError
from shared.intake.requests import parse_http
from shared.intake.subscriptions import parse_subscription
from tests.unit.intake.requests_of import MINIMAL
from tests.unit.intake.requests_of import http as parse

_ALLOWED: Final = "prod-1.westeurope.logic.azure.com"
_HOSTS: Final = ("*.logic.azure.com",)

REFUSED: Final = (
    *(f"http://{_ALLOWED}/x", f"ftp://{_ALLOWED}/x", f"file://{_ALLOWED}/x", f"//{_ALLOWED}/x"),
    *("javascript:alert(1)", "data:text/plain,x", "gopher://x", "https:", "https://", "https:///x"),
    *("https://logic.azure.com/x", "https://logic.azure.com.evil.test/x", "https://evil.test/x"),
    *("https://evillogic.azure.com/x", "https://x.logic.azure.com.evil.test/x"),
    *(f"https://{_ALLOWED}@evil.test/x", f"https://evil.test\\@{_ALLOWED}/x"),
    *(f"https://user:pass@{_ALLOWED}/x", f"https://@{_ALLOWED}/x", f"https://{_ALLOWED}:8080/x"),
    *(
        f"https://evil.test/{_ALLOWED}",
        f"https://evil.test?{_ALLOWED}",
        "https://evil.test#x.logic.azure.com",
    ),
    *(f"https://evil.test\\.{_ALLOWED}/x", "https://evil.test%2e.logic.azure.com/x"),
    *("https://127.0.0.1/x", "https://2130706433/x", "https://0x7f.1/x", "https://0177.0.0.1/x"),
    *("https://[::1]/x", "https://[::ffff:169.254.169.254]/x", "https://169.254.169.254/x"),
    *("https://localhost/x", "https://x.logic.azure.com%00.evil.test/x"),
    *("https://x.logic.azure.com\u3002evil.test/x", "https://x\uff0elogic.azure.com.evil.test"),
    *("https://x.logic.azure.com\r\nHost: evil.test/x", "https://x.logic.azure.com\t.evil.test/"),
    *("https://x.logic.azure.com /x", "https://x..logic.azure.com.evil.test", "HTTPS//x"),
    *("https://x.logic.azure.com:99999/x", "https://x.logic.azure.com:x/x", "https://*.evil.test"),
)


@pytest.mark.parametrize("url", REFUSED)
def test_a_url_to_elsewhere_is_refused_at_both_doors(url: str) -> None:
    """For one restore as for a subscription; and the URL is quoted to nobody."""
    body = json.dumps(MINIMAL | {"callbackUrl": url}).encode()
    order = json.dumps({"notificationUrl": url, "event": "restore.finished.v1"}).encode()

    with pytest.raises(InvalidRequestError) as restore:
        parse_http(body, header_key=None, callback_hosts=_HOSTS)
    with pytest.raises(InvalidRequestError) as subscription:
        parse_subscription(order, callback_hosts=_HOSTS)

    assert {fault.pointer for fault in restore.value.faults} == {"/callbackUrl"}
    assert {fault.pointer for fault in subscription.value.faults} == {"/notificationUrl"}


@pytest.mark.parametrize(
    "url",
    [
        f"https://{_ALLOWED}/x?sig=a%2Fb",
        f"https://{_ALLOWED}:443/x",
        f"https://{_ALLOWED.upper()}/x",
    ],
)
def test_what_is_taken_leads_to_a_host_of_the_list(url: str) -> None:
    """By the parser of the standard library, which knows nothing of ours."""
    taken = parse(MINIMAL | {"callbackUrl": url}).callback_url

    assert taken is not None
    assert (urlsplit(taken).hostname or "").endswith(".logic.azure.com")
