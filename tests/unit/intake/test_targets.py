"""A callbackUrl that leads to where nothing may be sent is refused at every door."""

import pytest

from tests.unit.intake.requests_of import MINIMAL, http, http_faults, message_faults

ELSEWHERE = MINIMAL | {"callbackUrl": "https://s3cret.example/1?sig=s3cret"}


def test_it_is_a_fault_over_http() -> None:
    """With its pointer, and with what is allowed; the URL is not quoted."""
    faults = http_faults(ELSEWHERE)

    assert list(faults) == ["/callbackUrl"]
    assert "*.logic.azure.com, flows.example.com" in faults["/callbackUrl"]
    assert "s3cret" not in faults["/callbackUrl"]


@pytest.mark.parametrize("in_event", [False, True], ids=["message", "event"])
def test_it_is_a_fault_in_a_message(*, in_event: bool) -> None:
    """So the message becomes a refused restore, that says so."""
    body = {"version": 1, **ELSEWHERE}
    event = {"specversion": "1.0", "id": "1", "source": "s", "type": "t", "data": ELSEWHERE}

    faults = message_faults(event if in_event else body)

    assert list(faults) == ["/data/callbackUrl" if in_event else "/callbackUrl"]


def test_it_is_told_with_every_other_fault() -> None:
    """Nobody sends a request twice to learn of the second fault."""
    assert {"/callbackUrl", "/user"} == set(http_faults(ELSEWHERE | {"user": ""}))


def test_a_url_that_is_none_is_one_fault() -> None:
    """Its form is wrong; where it leads is not asked."""
    faults = http_faults(MINIMAL | {"callbackUrl": "http://elsewhere.example"})

    assert "is not an https address" in faults["/callbackUrl"]
    assert "allowed" not in faults["/callbackUrl"]


def test_an_allowed_one_is_taken() -> None:
    """As it was written."""
    url = "https://prod-1.westeurope.logic.azure.com:443/workflows/1?sig=a%2Fb"

    assert http(MINIMAL | {"callbackUrl": url}).callback_url == url
