"""Test the command `lose` on a real stand-in: who is lost, who cannot be, what it prints."""

from collections.abc import Iterator

import pytest

from infra.local.landscape import Graph, start_graph
from infra.local.lose import MadeUpTenant, NothingLostError, arguments_of


@pytest.fixture
def graph() -> Iterator[Graph]:
    """Give a stand-in with the tenant it starts with."""
    with start_graph() as running:
        yield running


@pytest.fixture
def tenant(graph: Graph) -> MadeUpTenant:
    """Give the tenant of that stand-in."""
    return MadeUpTenant(graph.control_url)


@pytest.mark.parametrize(
    "name", ["hanna.vos@contoso.example", "Hanna Vos", " hanna vos", "HANNA.VOS@contoso.example"]
)
def test_account_is_lost_by_any_name(tenant: MadeUpTenant, name: str) -> None:
    """Afterwards the person is nobody active, and that is said."""
    user = tenant.find(name)
    tenant.delete(user, days_ago=3)

    assert user["displayName"] == "Hanna Vos"
    with pytest.raises(NothingLostError, match="lost already"):
        tenant.find(name)


def test_licences_are_lost_once(tenant: MadeUpTenant) -> None:
    """Every licence goes; who has none can lose none."""
    tenant.remove_licences(tenant.find("Hanna Vos"), days_ago=0)

    stripped = tenant.find("Hanna Vos")
    assert stripped["licenseAssignmentStates"] == []
    with pytest.raises(NothingLostError, match="Hanna Vos has no licence to lose"):
        tenant.remove_licences(stripped, days_ago=0)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Hana Vos", "did you mean Hanna Vos"),
        ("hanna.vos@contoso.com", "did you mean hanna.vos@contoso.example"),
        ("x", "there are "),
        ("", 'name somebody: python -m infra.local lose "Hanna Vos"; there are '),
    ],
)
def test_unknown_name_is_told_with_near_ones(tenant: MadeUpTenant, name: str, says: str) -> None:
    """A typo loses nobody, and names who may have been meant."""
    with pytest.raises(NothingLostError, match=says):
        tenant.find(name)


@pytest.mark.parametrize(
    ("argv", "user"), [(["Hanna", "Vos", "--licence"], "Hanna Vos"), (["Hanna Vos"], "Hanna Vos")]
)
def test_a_name_needs_no_quotes(argv: list[str], user: str) -> None:
    """A shell takes it apart where it has none."""
    assert arguments_of(argv).user == user


def test_stand_in_that_is_away_is_told(graph: Graph, tenant: MadeUpTenant) -> None:
    """No traceback: what is away, and nobody lost."""
    graph.kill()

    with pytest.raises(NothingLostError, match="the stand-in of Microsoft Graph is away"):
        tenant.find("Hanna Vos")
