"""A quick look never drops a user whom the filter would have found."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from infra.local.graph.odata.evaluate import matches
from infra.local.graph.odata.needles import may_meet, needles_of, text_of
from infra.local.graph.odata.parser import parse_filter
from infra.local.graph.tenant.directory import Directory, Lag
from tests.builders import NOW

_WORDS = st.sampled_from(["a@x.example", "ba@x.example", "A@X.EXAMPLE", "a", "", "0f", "smtp:a"])


@st.composite
def clauses(draw: st.DrawFn) -> str:
    """One condition on names, addresses, or something else."""
    name = draw(st.sampled_from(["userPrincipalName", "mail", "displayName", "USERPRINCIPALNAME"]))
    word = draw(_WORDS)
    function = draw(st.sampled_from(["startsWith", "endsWith"]))
    return draw(
        st.sampled_from(
            [
                f"{name} eq '{word}'",
                f"{name} ne '{word}'",
                f"{name} eq null",
                f"{function}({name},'{word}')",
                f"proxyAddresses/any(p:p eq 'smtp:{word}')",
                f"proxyAddresses/any(p:{function}(p,'{word}'))",
                f"not({function}({name},'{word}'))",
                f"{name} in ('{word}', 'b')",
                "accountEnabled eq true",
                f"country eq '{word}'",
            ]
        )
    )


_FILTERS = st.recursive(
    clauses(),
    lambda inner: st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
        lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
    ),
    max_leaves=4,
)
_USERS = st.fixed_dictionaries(
    {
        "id": st.just("u1"),
        "userPrincipalName": _WORDS.map(lambda word: f"0f{word}") | _WORDS,
        "mail": st.none() | _WORDS,
        "displayName": st.none() | _WORDS,
        "proxyAddresses": st.lists(_WORDS.map(lambda word: f"SMTP:{word}"), max_size=2),
        "accountEnabled": st.booleans(),
        "country": _WORDS,
    }
)


@given(text=_FILTERS, user=_USERS)
def test_whoever_meets_the_filter_may_meet_it(text: str, user: dict[str, Any]) -> None:
    """The quick look is a necessary condition."""
    node = parse_filter(text)

    if matches(node, user):
        assert may_meet(needles_of(node), user, {"u1": text_of(user)})


def test_a_search_by_name_looks_closely_at_few() -> None:
    """The searches that restores make have needles, and others are let through by none."""
    name = "a@x.example"
    search = (
        f"endsWith(userPrincipalName,'{name}') or mail eq '{name}'"
        f" or proxyAddresses/any(p:p eq 'smtp:{name}')"
    )
    stranger = {"id": "u2", "userPrincipalName": "b@x.example"}

    needles = needles_of(parse_filter(search))

    assert needles == (name, name, f"smtp:{name}")
    assert not may_meet(needles, stranger, {"u2": text_of(stranger)})
    assert may_meet(needles, stranger, {})


def test_a_read_that_lags_looks_closely_at_everybody() -> None:
    """It sees the names of a while ago, and the texts are those of now."""
    directory = Directory()
    directory.seed({"id": "u1", "userPrincipalName": "old@x.example"})
    directory.put({"id": "u1", "userPrincipalName": "new@x.example"}, NOW)

    assert "new@x.example" in directory.texts(Lag(NOW))["u1"]
    assert directory.texts(Lag(NOW, timedelta(minutes=1))) == {}
