"""The OData filter: what it reads, what it finds, and that it only ever refuses with a 400."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.graph.odata.evaluate import matches
from infra.local.graph.odata.parser import parse_filter
from infra.local.graph.odata.rules import check_filter
from infra.local.graph.odata.type_user import USER
from infra.local.graph.web.wire import GraphError, Json

PERSON: Json = {
    "id": "5eed0001-0000-4000-8000-000000000001",
    "displayName": "Pat O'Neill",
    "userPrincipalName": "pat@contoso.example",
    "mail": None,
    "accountEnabled": True,
    "deletedDateTime": "2026-11-17T08:00:00Z",
    "proxyAddresses": ["SMTP:pat@contoso.example", "smtp:p@contoso.example"],
    "assignedLicenses": [{"skuId": "6fd2c87f-b296-42f0-b197-1e91e994b900", "disabledPlans": ["a"]}],
}
WORDS = (
    "( ) , : / ' not and or eq ne ge in any( all( startsWith( endsWith( true null 1 -2.5 x $count "
    "mail id displayName proxyAddresses 'a' 'a''b' 2026-11-17T08:00:00Z 2026-13-40 '' 🙂"
)
PIECES = st.sampled_from(WORDS.split(" "))


@pytest.mark.parametrize(
    "text",
    [
        "displayName eq 'pat o''neill'",
        "mail eq null",
        "accountEnabled eq true and not (mail ne null)",
        "startsWith(userPrincipalName,'PAT')",
        "startswith(userPrincipalName, 'pat') eq true",
        "endsWith(userPrincipalName,'@CONTOSO.example')",
        "proxyAddresses/any(x:x eq 'smtp:P@contoso.example')",
        "proxyAddresses/any(address:endsWith(address,'.example'))",
        "proxyAddresses/any()",
        "proxyAddresses/$count eq 2",
        "assignedLicenses/any(l:l/skuId eq 6fd2c87f-b296-42f0-b197-1e91e994b900)",
        "assignedLicenses/any(l:l/skuId eq '6FD2C87F-B296-42F0-B197-1E91E994B900')",
        "assignedLicenses/any(l:l/disabledPlans/any(p:p eq 'a'))",
        "deletedDateTime ge 2026-11-17T08:00:00Z and deletedDateTime lt 2026-11-18T00:00:00Z",
        "deletedDateTime gt 2026-11-17T07:59:59.5Z",
        "userPrincipalName in ('x','pat@contoso.example')",
        "(mail eq 'x' or displayName ge 'pat') and (id ne 'y')",
        "DISPLAYNAME EQ 'Pat O''Neill'",
    ],
)
def test_a_filter_finds_the_person(text: str) -> None:
    """Every operator and form holds for the person it describes."""
    assert matches(parse_filter(text), PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "displayName eq 'pat'",
        "mail ne null",
        "startsWith(mail,'p')",
        "proxyAddresses/any(x:x eq 'smtp:q@contoso.example')",
        "proxyAddresses/all(x:startsWith(x,'SMTP:p@'))",
        "deletedDateTime lt 2026-11-17T08:00:00Z",
        "userPrincipalName in ('x')",
        "mail ge 'a'",
    ],
)
def test_a_filter_passes_over_the_person(text: str) -> None:
    """Every operator also says no."""
    assert not matches(parse_filter(text), PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "displayName",
        "displayName eq",
        "displayName eq 'a",
        "(mail eq 'a'",
        "mail eq 'a')",
        "mail like 'a'",
        "startsWith(mail)",
        "mail in ()",
        "eq eq eq",
        "(" * 5000,
        "not " * 5000,
    ],
)
def test_what_is_no_filter_is_a_400(text: str) -> None:
    """A text that is no filter is refused as Graph refuses it."""
    with pytest.raises(GraphError) as refused:
        parse_filter(text)

    assert refused.value.status == 400
    assert refused.value.message.startswith("Invalid filter clause")


def verdict(text: str) -> bool | int:
    """Answer what a filter says of the person, or the status it is refused with."""
    try:
        node = parse_filter(text)
        check_filter(node, USER, advanced=True)
        return matches(node, PERSON)
    except GraphError as error:
        return error.status


@given(st.text(max_size=60) | st.lists(PIECES, max_size=14).map(" ".join))
def test_no_text_crashes_the_filter(text: str) -> None:
    """Any text is either a filter that answers yes or no, or a 400."""
    assert verdict(text) in {True, False, 400}
