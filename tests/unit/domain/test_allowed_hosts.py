"""Where news may be sent to: names on the list, port 443, and nothing else."""

import pytest

from shared.domain.events.allowed_hosts import wrong_target
from tests.reading import shown

ALLOWED = ("*.logic.azure.com", "flows.example.com")

GOOD = [
    "https://prod-12.westeurope.logic.azure.com/workflows/1?sig=a",
    "https://prod-12.westeurope.logic.azure.com:443/workflows/1",
    "https://x.logic.azure.com",
    "https://X.LOGIC.azure.com/",
    "https://flows.example.com/hook",
    "https://flows.example.com:/hook",
    "https://xn--mnchen-3ya.logic.azure.com/",
]
BAD = [
    # Not on the list, or only nearly.
    "https://logic.azure.com/",
    "https://evil-logic.azure.com/",
    "https://x.logic.azure.com.evil.example/",
    "https://evil.example/?x.logic.azure.com",
    "https://evil.example/#x.logic.azure.com",
    "https://sub.flows.example.com/",
    "https://.logic.azure.com/",
    "https://a..logic.azure.com/",
    "https://-a.logic.azure.com/",
    "https://a_b.logic.azure.com/",
    "https://x.logic.azure.com./",
    "https://x.logic.azure.com%2eevil.example/",
    "https://x.logic.azure.com%00.evil.example/",
    "https://ⓧ.logic.azure.com/",
    # Who is asked, really.
    "https://x.logic.azure.com@evil.example/",
    "https://evil.example@x.logic.azure.com/",
    "https://@x.logic.azure.com/",
    "https://:@x.logic.azure.com/",
    # Other ports, other schemes.
    "https://x.logic.azure.com:8443/",
    "https://x.logic.azure.com:80/",
    "https://x.logic.azure.com:0/",
    "https://x.logic.azure.com:99999/",
    "http://x.logic.azure.com/",
    "ftp://x.logic.azure.com/",
    "//x.logic.azure.com/",
    "x.logic.azure.com",
    "",
    # Addresses, however they are written.
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://169.254.169.254/metadata",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fe80::1%25eth0]/",
    "https://[::1/",
    "https://localhost/",
]


@pytest.mark.parametrize("url", GOOD)
def test_a_name_on_the_list_may_be_called(url: str) -> None:
    """In any case, below a star by one label or more, with port 443 written out or not."""
    assert wrong_target(url, ALLOWED) is None


@pytest.mark.parametrize("url", BAD)
def test_anything_else_may_not(url: str) -> None:
    """And the answer says what is wrong without quoting the URL."""
    wrong = wrong_target(url, ALLOWED)

    assert wrong is not None
    assert "evil" not in repr(wrong)


@pytest.mark.parametrize("listed", ["127.0.0.1", "2130706433", "0x7f.1"])
def test_an_address_is_never_called_by_number(listed: str) -> None:
    """Not even one that somebody wrote into the setting."""
    assert wrong_target(f"https://{listed}/", (listed,)) is not None


def test_the_refusal_says_what_is_allowed() -> None:
    """A flow maker sees at once which hosts would do."""
    wrong = wrong_target("https://elsewhere.example/", ALLOWED)

    assert "*.logic.azure.com, flows.example.com" in shown(wrong)
    assert "CALLBACK_HOSTS" in shown(wrong)
