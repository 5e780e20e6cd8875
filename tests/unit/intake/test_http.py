"""A whole HTTP body: all faults at once, bytes that are no request, keys and fixed kinds."""

import json
from itertools import permutations

import pytest

from shared.domain.requests.request import AskedKind, RestoreKind, fingerprint
from shared.errors import BodyTooLargeError, InvalidRequestError, WrongContentTypeError
from shared.intake.requests import check_content_type
from tests.reading import said
from tests.unit.intake.requests_of import FULL, MINIMAL, http, http_faults


def test_every_fault_is_reported_at_once() -> None:
    """Wrong, missing, unknown, repeated and contradicting fields come in one answer."""
    body = b"""{"kind": "nothing", "kind": "everything", "dryRun": "true", "usr": 1, "ticket": NaN,
      "license": {"skuIdz": ["x"], "disabledPlans": ["x", "y"]}, "onUpnConflict": "rename",
      "notBefore": "2026-11-01T08:00:00", "callbackUrl": "ftp://x", "version": 1}"""

    expected = {
        *("/kind", "/dryRun", "/usr", "/user", "/ticket", "/notBefore", "/callbackUrl"),
        *("/license", "/license/skuIdz", "/license/disabledPlans/0", "/license/disabledPlans/1"),
        *("/newUserPrincipalName", "/version", "/idempotencyKey"),
    }
    assert expected == set(http_faults(body, header_key="a\tb"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("dryrun", "dryRun"),
        ("dry_run", "dryRun"),
        ("callbackURL", "callbackUrl"),
        ("userPrincipalName", "user"),
        ("not-before", "notBefore"),
        ("acceptUnknownWindows", "acceptUnknownWindow"),
        ("startAt", "notBefore"),
        ("ticketNumber", "ticket"),
        ("url", "callbackUrl"),
        ("skuPartNumbers", "license"),
    ],
)
def test_a_misspelt_field_is_told_what_was_meant(written: str, meant: str) -> None:
    """An unknown name close to a known one is answered with the known one."""
    expected = f'"{written}" is not a field of this request; did you mean "{meant}"?'

    assert {f"/{written}": expected} == http_faults(MINIMAL | {written: 1})


def test_an_unknown_field_is_refused_by_name() -> None:
    """A name like nothing known is refused without a guess; pointers escape ~ and /."""
    faults = http_faults(MINIMAL | {"a/b~c": 1, "x" * 100: 2})

    assert '"a/b~c" is not a field of this request' == faults["/a~1b~0c"]
    assert f'"{"x" * 64}..." is not a field of this request' == faults["/" + "x" * 100]


@pytest.mark.parametrize("name", ["version", "requestedBy"])
def test_what_only_messages_carry_is_refused(name: str) -> None:
    """Over HTTP nobody says who asks or in which version: the sign-in and the route do."""
    assert "queue messages only" in http_faults(MINIMAL | {name: 1})[f"/{name}"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"[]", "is a list, in [ ]"),
        (b'[{"kind": "user"}]', "is a list, in [ ]"),
        (b'"{\\"kind\\": \\"user\\"}"', "was turned into JSON twice"),
        (b'"text"', "must be a JSON object"),
        (b"null", "must be a JSON object"),
        (b"1" * 5000, "must be a JSON object"),
        (b'{"kind": "user",\n  "user" "x"}', "at line 2, column 10 a colon is missing"),
        (b'{"a": 1} {"b": 2}', "it is complete, and more follows at line 1, column 10"),
        (b"{'a': 1}", "' stands at line 1, column 2"),
        ("{“user”: 1}".encode(), "“ stands at line 1, column 2"),
        ('{"user": „x”}'.encode(), "„ stands at line 1, column 10"),
        (b"{user: 1}", "at line 1, column 2 a word begins"),
        (b'{"dryRun": True}', "true, false and null without"),
        (b'{"user": 1,}', "the comma at line 1, column 11 has nothing after it"),
        (b"kind=user&user=megan%40contoso.com", "is a form or a table of PowerShell"),
        (b"System.Collections.Hashtable", "is a form or a table of PowerShell"),
        (b"@{kind=user; user=x}", "is a form or a table of PowerShell"),
        (b"user 1", "at line 1, column 1 it begins with something other than {"),
        (b"\n  hello", "at line 2, column 3 it begins with something other than {"),
        (b'{"user": }', "a value is missing at line 1, column 10"),
        (b'{"user": "x" "kind": "user"}', "at line 1, column 14 a comma or a closing bracket"),
        (b'{"user": 1; "kind": 2}', "at line 1, column 11 a comma or a closing bracket"),
        (b'{"user": 1,, "kind": 2}', "at line 1, column 12 the name of a field in quotes"),
        (b'{"user": "x', "the text that begins at line 1, column 10 has no closing"),
        (b'{"user": "x"', "it ends at line 1, column 13 and is not complete"),
        (b'{"user":', "it ends at line 1, column 9 and is not complete"),
        (b'{"user": "CONTOSO\\megan"}', "the backslash at line 1, column 18 cannot stand alone"),
        (b'{"user": "\\u12"}', "the backslash at line 1, column 12 cannot stand alone"),
        (b'{"a": "line\nbreak"}', "at line 1, column 12 a text holds a line break"),
        (b'{"user": "\xff"}', "the byte at offset 10"),
        (b'\xef\xbb\xbf{"user": "\xff"}', "the byte at offset 13"),
        ('{"user": "x"}'.encode("utf-16"), "is UTF-16"),
        ('{"user": "x"}'.encode("utf-16-le"), "is UTF-16"),
        ('{"user": "x"}'.encode("utf-16-be"), "is UTF-16"),
        (b"[" * 60_000, "has more than 2000 values"),
        (b"[" * 1_900, "it ends at line 1, column 1901 and is not complete"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "is nested too deeply"),
    ],
)
def test_bytes_that_are_no_request_are_one_fault(body: bytes, message: str) -> None:
    """What cannot be read at all is said once, for the whole body."""
    faults = http_faults(body)

    assert [""] == list(faults)
    assert message in faults[""]


@pytest.mark.parametrize("text", [b'"\\ud800"', b'["\\udc00"]', b'{"\\ud800": 1}'])
def test_half_a_surrogate_pair_is_refused(text: bytes) -> None:
    """A character that no record could keep is refused where it stands."""
    (fault,) = http_faults(b'{"kind": "user", "user": ' + text + b"}").items()

    assert fault[0] in {"/user", "/user/0"}
    assert "half a character" in fault[1]


@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"1e999", b"9" * 400])
def test_a_number_that_is_none_is_a_fault(number: bytes) -> None:
    """NaN, Infinity and what overflows are refused beside the type of the field."""
    faults = http_faults(b'{"kind": "user", "user": "x", "reason": ' + number + b"}")

    assert "write an ordinary number / must be text" in faults["/reason"]


def test_a_name_written_twice_is_a_fault_wherever_it_is() -> None:
    """JSON leaves open which of two equal names counts, so neither does."""
    body = b'{"kind": "user", "user": "a", "user": "b", "license": {"skuIds": [], "skuIds": []}}'
    faults = http_faults(body)

    assert "is written more than once; write it once" == faults["/user"]
    assert "is written more than once; write it once" == faults["/license/skuIds"]


def test_a_byte_order_mark_is_skipped() -> None:
    """What Windows editors put in front changes nothing."""
    assert http(MINIMAL) == http(b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode())


def test_the_size_limit_is_exact() -> None:
    """65,536 bytes are read; one more is an error of its own, and names both numbers."""
    body = json.dumps(MINIMAL).encode()

    assert http(MINIMAL) == http(body.ljust(65_536))
    with pytest.raises(BodyTooLargeError, match=r"^body-too-large$") as large:
        http(body.ljust(65_537))
    assert (65_537, 65_536) == (large.value.size, large.value.limit)
    assert "65,537 bytes" in said(large.value).message


def test_a_hostile_number_of_unknown_fields_is_told_in_part() -> None:
    """The first hundred are named, and how many more there are."""
    body = MINIMAL | {f"n{index}": 0 for index in range(1500)}

    with pytest.raises(InvalidRequestError) as refused:
        http(body)

    assert (100, 1400) == (len(refused.value.faults), refused.value.untold)
    assert "1491 more" in said(refused.value).message


@pytest.mark.parametrize("kind", list(AskedKind))
def test_a_fixed_kind_is_the_kind(kind: AskedKind) -> None:
    """A route that fixes the kind needs none in the body, and refuses one."""
    assert RestoreKind(kind) is http({"user": "x"}, fixed_kind=RestoreKind(kind)).kind
    faults = http_faults({"user": "x", "kind": kind.value}, fixed_kind=RestoreKind(kind))
    assert {"/kind": "is fixed by this address; leave it out"} == faults


def test_rename_and_the_new_name_need_each_other() -> None:
    """Either alone is refused at the new name."""
    alone = http_faults(MINIMAL | {"onUpnConflict": "rename"})
    lost = http_faults(MINIMAL | {"newUserPrincipalName": "a@b.de"})

    assert {"/newUserPrincipalName": 'is required with onUpnConflict "rename" or "always"'} == alone
    assert 'add "onUpnConflict": "rename"' in lost["/newUserPrincipalName"]


@pytest.mark.parametrize(
    ("header", "body", "key"),
    [
        *[(None, None, None), ("k", None, "k"), (None, "k", "k"), ("k", "k", "k")],
        *[("", None, None), ("", "", None), ("", "k", "k"), ("k", "", "k")],
    ],
)
def test_the_key_may_stand_in_header_or_body(
    header: str | None, body: str | None, key: str | None
) -> None:
    """Both places mean the same."""
    fields = {} if body is None else {"idempotencyKey": body}

    assert key == http(MINIMAL | fields, header_key=header).idempotency_key


def test_two_different_keys_are_a_fault() -> None:
    """Header and body must not differ, not even in case or spaces."""
    for header in ("K", "k ", "other"):
        faults = http_faults(MINIMAL | {"idempotencyKey": "k"}, header_key=header)
        assert "differs from the header Idempotency-Key" in faults["/idempotencyKey"]


@pytest.mark.parametrize("header", ["k" * 129, "a\tb"])
def test_a_bad_header_key_names_the_header(header: str) -> None:
    """The header obeys the rule of the field, and the fault says that it is the header."""
    faults = http_faults(MINIMAL, header_key=header)

    assert faults["/idempotencyKey"].startswith("the header Idempotency-Key ")


def test_the_order_of_fields_changes_nothing() -> None:
    """A request means the same in whatever order its fields stand."""
    names = list(FULL)
    for turn in range(len(names)):
        turned = {name: FULL[name] for name in names[turn:] + names[:turn]}
        assert fingerprint(http(FULL)) == fingerprint(http(turned))
    for order in permutations(MINIMAL):
        assert http(MINIMAL) == http({name: MINIMAL[name] for name in order})


@pytest.mark.parametrize(
    "declared",
    [None, "", "application/json", "Application/JSON; charset=utf-8", "application/ce+json"],
)
def test_json_or_nothing_may_be_declared(declared: str | None) -> None:
    """JSON under any of its names passes, and so does silence."""
    check_content_type(declared)


@pytest.mark.parametrize("declared", ["text/plain", "application/x-www-form-urlencoded", "json"])
def test_another_content_type_is_refused(declared: str) -> None:
    """What says it is something else is not read."""
    with pytest.raises(WrongContentTypeError) as refused:
        check_content_type(declared)
    assert "application/json" in said(refused.value).fix
