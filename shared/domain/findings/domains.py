"""Make the findings about names and addresses on a domain that the tenant lost."""

from collections.abc import Iterator

from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, warn
from shared.domain.lost_domains import is_lost
from shared.domain.outcomes import Code
from shared.domain.person import Person, smtp_addresses
from shared.domain.requests.request import RestoreRequest


def unusable_new_name(name: str, verified: frozenset[str] | None) -> Iterator[Finding]:
    """The name that was asked for is on a domain that is not verified."""
    if is_lost(name, verified):
        yield block(Code.NEW_NAME_NOT_ALLOWED, "domain", name=name)


def lost_name(name: str, verified: frozenset[str] | None) -> Iterator[Finding]:
    """The person's own name, or the old one, cannot come back."""
    if is_lost(name, verified):
        yield block(Code.UPN_CONFLICT, "domain", name=name)


def lost_addresses(
    person: Person, request: RestoreRequest, verified: frozenset[str] | None
) -> Iterator[Finding]:
    """The addresses that cannot come back, since the tenant lost their domain."""
    smtp = smtp_addresses(person.proxy_addresses)
    lost = tuple(address for address in smtp if is_lost(address, verified))
    if lost and request.on_address_conflict == "drop":
        yield warn(FindingCode.ADDRESSES_DROPPED, "domain", addresses=lost)
    elif lost:
        yield block(Code.ADDRESS_CONFLICT, "domain", addresses=lost)
