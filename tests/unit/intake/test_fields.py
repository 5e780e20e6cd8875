"""Each field of a request alone: what passes, what does not, and where the fault points."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.domain.requests.request import AskedKind, LicenseChoice, RestoreKind, RestoreRequest
from shared.domain.text import text
from shared.errors import InvalidRequestError
from shared.intake.batches.from_json import parse_batch
from shared.intake.subscriptions import parse_subscription
from shared.intake.wire.fields import instant_in_address
from tests.unit.intake.requests_of import FULL, HOSTS, MINIMAL, PLAN, SKU, http, http_faults

BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "mailboxes"}, "/kind", "mailbox, user, license"),
    ({"kind": 1}, "/kind", "must be"),
    ({"kind": None}, "/kind", "must be"),
    ({"user": ""}, "/user", "is empty"),
    ({"user": "   "}, "/user", "is empty"),
    ({"user": None}, "/user", "must be text"),
    ({"user": 42}, "/user", "must be text, in quotes"),
    ({"user": "u" * 321}, "/user", "has 321 characters; write at most 320"),
    ({"user": "a\x07b"}, "/user", "U+0007 at position 2"),
    ({"user": "a\u200bb"}, "/user", "U+200B at position 2"),
    ({"user": "{6fd2c87f-b296-42f0-b197-1e91e994b900}"}, "/user", "without { and }"),
    ({"user": "Megan Bowen <megan@contoso.com>"}, "/user", "only what stands between < and >"),
    ({"user": "<megan@contoso.com>"}, "/user", "only what stands between < and >"),
    ({"user": "CONTOSO\\mbowen"}, "/user", "of Active Directory (DOMAIN\\name)"),
    ({"user": "megan@contoso.com; bo@contoso.com"}, "/user", "names 2 people"),
    ({"user": "A <a@contoso.com>, B <b@contoso.com>"}, "/user", "names 2 people"),
    ({"user": f"megan@contoso.com {SKU}"}, "/user", "names 2 people"),
    ({"idempotencyKey": "k" * 129}, "/idempotencyKey", "at most 128"),
    ({"idempotencyKey": "a\nb"}, "/idempotencyKey", "U+000A"),
    ({"idempotencyKey": 7}, "/idempotencyKey", "must be text"),
    ({"license": []}, "/license", "must be an object"),
    ({"license": {}}, "/license", "names no licence"),
    ({"license": {"disabledPlans": [PLAN]}}, "/license", "names no licence"),
    ({"license": {"skuIds": [], "skuPartNumbers": None}}, "/license", "names no licence"),
    ({"license": {"all": False}}, "/license", "names no licence"),
    ({"license": {"all": 1}}, "/license/all", "true or false"),
    ({"license": {"all": "true"}}, "/license/all", "true or false"),
    ({"license": {"all": True, "skuIds": [SKU]}}, "/license", "leave out skuIds"),
    ({"license": {"all": True, "skuPartNumbers": ["E3"]}}, "/license", "out skuPartNumbers"),
    ({"license": {"all": True, "disabledPlans": [PLAN]}}, "/license", "out disabledPlans"),
    ({"license": {"skuIds": SKU}}, "/license/skuIds", "must be a list"),
    ({"license": {"skuIds": [SKU, "E3"]}}, "/license/skuIds/1", "is not a GUID"),
    ({"license": {"skuIds": [SKU + "\n"]}}, "/license/skuIds/0", "is not a GUID"),
    ({"license": {"skuPartNumbers": [""]}}, "/license/skuPartNumbers/0", "is empty"),
    ({"license": {"skuIds": [SKU], "disabledPlans": [1]}}, "/license/disabledPlans/0", "text"),
    ({"license": {"skuIds": [SKU], "sku": 1}}, "/license/sku", "not a field"),
    ({"license": {"skuIds": [SKU], "name": "E3"}}, "/license/name", 'mean "skuPartNumbers"'),
    ({"license": {"skuIds": [SKU], "skuId": SKU}}, "/license/skuId", 'mean "skuIds"'),
    ({"licenseRemovedAt": "2026-11-01T08:00:00"}, "/licenseRemovedAt", "which time zone"),
    ({"licenseRemovedAt": "2026-11-01"}, "/licenseRemovedAt", "is not a time"),
    ({"licenseRemovedAt": "20261101T080000Z"}, "/licenseRemovedAt", "is not a time"),
    ({"licenseRemovedAt": "2026-11-31T08:00:00Z"}, "/licenseRemovedAt", "does not exist"),
    ({"licenseRemovedAt": "2026-11-01T08:00:60Z"}, "/licenseRemovedAt", "does not exist"),
    ({"licenseRemovedAt": 1793520000}, "/licenseRemovedAt", "must be a time in quotes"),
    ({"notBefore": "0001-01-01T00:00:00+10:00"}, "/notBefore", "does not exist"),
    ({"notBefore": "9999-12-31T23:59:59Z"}, "/notBefore", "the years 1970 to 2999"),
    ({"licenseRemovedAt": "0001-01-01T00:00:00Z"}, "/licenseRemovedAt", "the years 1970 to 2999"),
    ({"notBefore": "2026-11-01T08:00:00+24:00"}, "/notBefore", "does not exist"),
    ({"onUpnConflict": "drop"}, "/onUpnConflict", "fail, rename, always"),
    ({"onUpnConflict": ["rename"]}, "/onUpnConflict", "fail, rename, always"),
    ({"onAddressConflict": "rename"}, "/onAddressConflict", "fail, drop"),
    ({"acceptUnknownWindow": "true"}, "/acceptUnknownWindow", "true or false, without quotes"),
    ({"acceptRehire": "yes"}, "/acceptRehire", "true or false"),
    ({"allowSynced": 1}, "/allowSynced", "true or false"),
    ({"dryRun": 0.0}, "/dryRun", "true or false"),
    ({"reason": "r" * 1025}, "/reason", "has 1025 characters"),
    ({"reason": "null\x00byte"}, "/reason", "U+0000"),
    ({"ticket": "t" * 129}, "/ticket", "at most 128"),
    ({"callbackUrl": "http://x.logic.azure.com/"}, "/callbackUrl", "is not an https address"),
    ({"callbackUrl": "https:///path"}, "/callbackUrl", "name of a server"),
    ({"callbackUrl": "https://u:p@x.logic.azure.com/"}, "/callbackUrl", "a password"),
    ({"callbackUrl": "https://[::1/"}, "/callbackUrl", "is not a web address"),
    ({"callbackUrl": "https://x.logic.azure.com:99999/"}, "/callbackUrl", "is not a web address"),
    ({"callbackUrl": "https://x.com\\@y.com/"}, "/callbackUrl", "a backslash"),
    ({"callbackUrl": "https://x.com/" + "a" * 2048}, "/callbackUrl", "at most 2048"),
]


@pytest.mark.parametrize(("fields", "pointer", "message"), BAD)
def test_a_bad_field_is_the_only_fault(fields: dict[str, Any], pointer: str, message: str) -> None:
    """One bad field gives one fault, at its own pointer."""
    faults = http_faults(MINIMAL | fields)

    assert [pointer] == list(faults)
    assert message in faults[pointer]


@pytest.mark.parametrize(
    "name",
    [
        *("a b@c.de", "ab", "a@b", "a@b@c.de", "@c.de", "a@c..de", "a@c.de.", "nina.@c.de"),
        *("nina.müller@c.de", "nina&co@c.de", "nina+x@c.de", "nina,berg@c.de", ".nina@c.de"),
        *("nina..berg@c.de", f"{'n' * 65}@c.de"),
    ],
)
def test_a_new_name_must_be_name_at_domain(name: str) -> None:
    """A newUserPrincipalName of another shape is refused."""
    fields = {"onUpnConflict": "rename", "newUserPrincipalName": name}

    assert ["/newUserPrincipalName"] == list(http_faults(MINIMAL | fields))


def test_a_character_that_no_user_name_may_hold_is_named() -> None:
    """Whoever writes an umlaut learns which character it is, before anything is sent."""
    fields = {"onUpnConflict": "rename", "newUserPrincipalName": "nina.müller@contoso.com"}

    assert "holds ü" in http_faults(MINIMAL | fields)["/newUserPrincipalName"]


@pytest.mark.parametrize("name", ["o'brien@c.de", "a.b-c_d!e#f^g~1@c.de", f"{'n' * 64}@c.de"])
def test_a_new_name_may_hold_the_whole_alphabet(name: str) -> None:
    """What Microsoft takes is taken."""
    fields = {"onUpnConflict": "always", "newUserPrincipalName": name}

    assert name == http(MINIMAL | fields).new_user_principal_name


@pytest.mark.parametrize(
    ("field", "says"),
    [("kind", "is required; one of: mailbox, user, license"), ("user", "is required")],
)
def test_the_required_fields_are_required(field: str, says: str) -> None:
    """A request without kind or user says which is missing, and what would do."""
    body = {name: value for name, value in MINIMAL.items() if name != field}

    assert {f"/{field}": says} == http_faults(body)


async def test_a_kind_beside_the_items_of_a_batch_is_not_fixed_by_the_route() -> None:
    """Nobody is told to leave out what they would then miss: it belongs into each of them."""
    body = {"kind": "user", "restores": [MINIMAL]}

    with pytest.raises(InvalidRequestError) as refused:
        await parse_batch(
            json.dumps(body).encode(), header_key=None, callback_hosts=(), may_override=False
        )

    (fault,) = refused.value.faults
    assert (fault.pointer, fault.text) == ("/kind", text("fault", "of-each-restore", name="kind"))


def test_a_kind_of_a_subscription_is_told_what_was_meant() -> None:
    """Left out, as the fixed kind of a route is to be, the subscription would let all through."""
    url = "https://flows.example.com/1"
    body = {"event": "restore.finished.v1", "notificationUrl": url, "kind": "user"}

    with pytest.raises(InvalidRequestError) as refused:
        parse_subscription(json.dumps(body).encode(), callback_hosts=HOSTS)

    (fault,) = refused.value.faults
    misspelt = text("fault", "misspelt-name", name="kind", meant="kinds")
    assert (fault.pointer, fault.text) == ("/kind", misspelt)


def test_a_minimal_request_has_the_defaults() -> None:
    """Kind and user are enough."""
    assert RestoreRequest(RestoreKind.MAILBOX, "megan.bowen@contoso.com") == http(MINIMAL)


def test_a_full_request_keeps_every_field() -> None:
    """A full request keeps all it says, with times in UTC."""
    expected = RestoreRequest(
        kind=RestoreKind.MAILBOX,
        user="megan.bowen@contoso.com",
        idempotency_key="case 4711",
        license=LicenseChoice((SKU,), ("SPE_E3",), (PLAN,)),
        license_removed_at=datetime(2026, 11, 1, 8, tzinfo=UTC),
        on_upn_conflict="rename",
        new_user_principal_name="megan.bowen2@contoso.com",
        on_address_conflict="drop",
        accept_unknown_window=True,
        accept_rehire=True,
        allow_synced=True,
        dry_run=True,
        not_before=datetime(2026, 11, 23, 7, tzinfo=UTC),
        reason="Left by mistake.\nSee the ticket.",
        ticket="INC-4711",
        callback_url="https://prod-12.westeurope.logic.azure.com/workflows/1?sig=secret",
    )

    assert expected == http(FULL)


@pytest.mark.parametrize("kind", list(AskedKind))
def test_a_license_may_be_named_with_every_kind(kind: AskedKind) -> None:
    """The licence of a deleted user may be named, too."""
    body = MINIMAL | {"kind": kind.value, "license": {"skuPartNumbers": ["SPE_E3"]}}

    assert LicenseChoice((), ("SPE_E3",), ()) == http(body).license


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-01T08:00:00Z", datetime(2026, 11, 1, 8, tzinfo=UTC)),
        ("2026-11-01t08:00:00z", datetime(2026, 11, 1, 8, tzinfo=UTC)),
        ("2026-11-01 08:00:00-05:30", datetime(2026, 11, 1, 13, 30, tzinfo=UTC)),
        ("2026-11-01T08:00:00.5Z", datetime(2026, 11, 1, 8, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-01T08:00:00.1234567Z", datetime(2026, 11, 1, 8, 0, 0, 123_456, tzinfo=UTC)),
        ("2028-02-29T23:59:59-00:00", datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_every_rfc_3339_time_is_read(text: str, expected: datetime) -> None:
    """Any offset, either case and any number of digits name an instant, kept in UTC."""
    read = http(MINIMAL | {"notBefore": text}).not_before

    assert expected == read
    assert read is not None
    assert UTC is read.tzinfo


def test_text_is_tidied_where_copying_leaves_marks() -> None:
    """Spaces around names go, and GUIDs are kept in lower case as Graph writes them."""
    body = MINIMAL | {"user": "  megan ", "license": {"skuIds": [SKU.upper()]}}
    request = http(body)

    assert "megan" == request.user
    assert LicenseChoice((SKU,)) == request.license


def test_a_plus_that_an_address_made_a_blank_is_one() -> None:
    """`?from=2026-11-01T10:00:00+01:00`, as anybody types it; nothing else is mended."""
    assert instant_in_address("2026-11-01T10:00:00 01:00") == datetime(2026, 11, 1, 9, tzinfo=UTC)
    for wrong in ("2026-11-01 10:00", "2026-11-01T10:00:00 ", " 01:00", None):
        assert instant_in_address(wrong) is None


def test_null_counts_as_left_out_where_a_field_is_optional() -> None:
    """A flow that writes null for an empty expression gets the default."""
    optional = {name: None for name in FULL if name not in MINIMAL}

    assert http(MINIMAL) == http(MINIMAL | optional)


@pytest.mark.parametrize(
    "user",
    [
        "Bowen, Megan",
        "o'brien; drop@contoso.com",
        "ann_fabrikam.com#EXT#@contoso.com",
        f"{'5eed' * 8}megan@contoso.com",
        "a\\b",
        "{megan}",
        "Megan <megan>",
        "' or 1 eq 1",
    ],
)
def test_a_name_that_may_be_one_is_looked_up(user: str) -> None:
    """However strange: whether anybody is called so is for the directory to say."""
    assert http({"kind": "mailbox", "user": user}).user == user


def test_no_fault_repeats_what_was_written() -> None:
    """Values may be secrets: neither the faults nor the representation of a request shows them."""
    body = MINIMAL | {"callbackUrl": "http://s3cret", "ticket": "s3cret\x00", "kind": "s3cret"}

    assert "s3cret" not in str(http_faults(body))
    assert "sig=secret" not in repr(http(FULL))


@pytest.mark.parametrize(
    "license_", [{"all": True}, {"all": True, "skuIds": [], "skuPartNumbers": None}]
)
def test_all_that_went_is_asked_for_alone(license_: dict[str, Any]) -> None:
    """Empty lists beside it, as a flow sends them, name nothing."""
    request = http(MINIMAL | {"license": license_})

    assert request.license == LicenseChoice(all_lost=True)


@pytest.mark.parametrize("empty", [None, ""])
@pytest.mark.parametrize(
    "name",
    [
        "idempotencyKey",
        "license",
        "licenseRemovedAt",
        "onUpnConflict",
        "newUserPrincipalName",
        "onAddressConflict",
        "acceptUnknownWindow",
        "dryRun",
        "notBefore",
        "reason",
        "ticket",
        "callbackUrl",
    ],
)
def test_an_optional_field_that_is_empty_is_left_out(name: str, empty: object) -> None:
    """Flows write nothing where an expression gave nothing."""
    assert http(MINIMAL | {name: empty}) == http(MINIMAL)
