"""Keys and fingerprints: what makes two requests the same."""

from datetime import timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.requests.request import (
    LicenseChoice,
    RestoreKind,
    fingerprint,
)
from tests.builders import NOW, a_request

keys = st.text(min_size=1, max_size=128)


def test_names_are_compared_as_the_directory_compares_them() -> None:
    """Upper and lower case name the same person."""
    assert fingerprint(a_request(user="Ann@X.com")) == fingerprint(a_request(user="ann@x.com"))


@given(st.permutations(["a", "b", "c", "A"]))
def test_the_order_of_licences_does_not_matter(order: list[str]) -> None:
    """A set of SKUs is a set, however it is written."""
    one = a_request(license=LicenseChoice(sku_ids=("a", "b", "c")))
    other = a_request(license=LicenseChoice(sku_ids=tuple(order)))

    assert fingerprint(one) == fingerprint(other)


def test_an_instant_is_the_same_in_any_zone() -> None:
    """A flow in Seattle and one in Berlin mean the same moment."""
    seattle = NOW.astimezone(timezone(timedelta(hours=-8)))

    assert fingerprint(a_request(not_before=NOW)) == fingerprint(a_request(not_before=seattle))


def test_everything_asked_for_counts_and_the_key_does_not() -> None:
    """Two requests are equal by what they ask for."""
    base = a_request()
    others = [
        a_request(kind=RestoreKind.USER),
        a_request(user="somebody@else.example"),
        a_request(license=LicenseChoice(sku_ids=("a",))),
        a_request(license=LicenseChoice(all_lost=True)),
        a_request(license=LicenseChoice(sku_part_numbers=("a",))),
        a_request(license_removed_at=NOW),
        a_request(on_address_conflict="drop"),
        a_request(accept_unknown_window=True),
        a_request(allow_synced=True),
        a_request(dry_run=True),
        a_request(not_before=NOW),
        a_request(reason="r"),
        a_request(ticket="t"),
        a_request(callback_url="https://x.logic.azure.com/"),
    ]

    assert len({fingerprint(request) for request in [base, *others]}) == len(others) + 1
    assert fingerprint(base) == fingerprint(a_request(idempotency_key="k"))
