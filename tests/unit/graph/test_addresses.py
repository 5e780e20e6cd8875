"""Addresses are those that the SDK makes of the same request, with plain names of parameters."""

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_service_client import GraphServiceClient

from shared.graph.calls import group_requests, requests, search_requests, watch_requests
from shared.graph.wire.addresses import settle_address
from tests.unit.graph.wire import HOST, USER_ID, Wire, ok

BASE = f"https://{HOST}/v1.0"

# What each parameter is called with; hard on whoever quotes: spaces, quotes, a letter of another
# alphabet, all that separates the parts of an address.
ODD = "O'Brien é%/?#&=+,~-_."
VALUES: dict[str, object] = {
    "user_id": USER_ID,
    "group_id": USER_ID,
    "id_": USER_ID,
    "since": datetime(2026, 11, 1, tzinfo=UTC),
    "span": (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)),
    "clauses": [f"mail eq '{ODD}'", "mail eq 'b'"],
    "ids": [USER_ID],
    "user_ids": [USER_ID],
    "licenses": (),
    "new_upn": None,
    "drop_addresses": False,
}


def builders() -> Iterator[Callable[..., RequestInformation]]:
    """Give every function of the product that makes a request."""
    for module in (group_requests, requests, search_requests, watch_requests):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and inspect.signature(function).return_annotation is RequestInformation:
                yield function


def made(function: Callable[..., RequestInformation], api: GraphServiceClient) -> Any:
    """Return the request that the function makes."""
    wanted = list(inspect.signature(function).parameters.values())[1:]
    given = {one.name: VALUES.get(one.name, ODD) for one in wanted if one.default is one.empty}
    keyed = {one.name for one in wanted if one.kind is one.KEYWORD_ONLY}
    places = [value for name, value in given.items() if name not in keyed]
    return function(api, *places, **{name: given[name] for name in keyed & given.keys()})


@pytest.mark.parametrize("function", list(builders()), ids=lambda one: one.__name__)
def test_address_is_the_one_that_the_sdk_makes(
    function: Callable[..., RequestInformation],
) -> None:
    """Apart from `%24`, which the SDK would turn into `$` on the way."""
    api = Wire(ok({})).client().api
    ours, theirs = made(function, api), made(function, api)
    theirs.path_parameters["baseurl"] = BASE
    path, found, query = theirs.url.partition("?")

    settle_address(ours, BASE)

    pairs = [pair.split("=") for pair in query.split("&")] if found else []
    plain = "&".join(f"{name.replace('%24', '$')}={value}" for name, value in pairs)
    assert ours.url == (f"{path}?{plain}" if found else path)


def test_address_that_a_request_has_stays() -> None:
    """A link of Graph's own is sent as it came, and a request again where it went before."""
    link, made_before = RequestInformation(Method.GET), requests.skus(Wire(ok({})).client().api)
    link.url = f"{BASE}/users?$skiptoken=a%2Bb"
    settle_address(made_before, BASE)
    before = made_before.url

    settle_address(link, "https://elsewhere.example")
    settle_address(made_before, "https://elsewhere.example")

    assert link.url == f"{BASE}/users?$skiptoken=a%2Bb"
    assert made_before.url == before


@pytest.mark.parametrize(
    "template", ["{+baseurl}/a{+rest}", "{+baseurl}/a{?b*}", "{+baseurl}{?a}{?b}"]
)
def test_template_of_another_kind_is_refused(template: str) -> None:
    """Rather than sent to a wrong address."""
    request = RequestInformation(Method.GET, template, {"rest": "x"})

    with pytest.raises(LookupError):
        settle_address(request, BASE)
