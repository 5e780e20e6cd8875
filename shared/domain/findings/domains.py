"""Make the findings about names and addresses on a domain that the tenant lost."""

from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, warn
from shared.domain.lost_domains import is_lost
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.requests.request import RestoreRequest

_SMTP = "smtp:"


def lost_domains(
    person: Person,
    request: RestoreRequest,
    verified: frozenset[str] | None,
    *,
    is_renamed: bool,
) -> list[Finding]:
    """The names and addresses that cannot come back, since the tenant lost their domain."""
    found = [_addresses(person, request, verified)]
    if is_lost(person.user_principal_name, verified) and not is_renamed:
        found.insert(0, block(Code.UPN_CONFLICT, "domain", name=person.user_principal_name))
    return [finding for finding in found if finding is not None]


def unusable_new_name(new_name: str | None, verified: frozenset[str] | None) -> Finding | None:
    """The name to come back under is on a domain that is not verified."""
    if new_name is None or not is_lost(new_name, verified):
        return None
    return block(Code.NEW_NAME_NOT_ALLOWED, "domain", name=new_name)


def _addresses(
    person: Person, request: RestoreRequest, verified: frozenset[str] | None
) -> Finding | None:
    smtp = [item[len(_SMTP) :] for item in person.proxy_addresses if _is_smtp(item)]
    lost = tuple(address for address in smtp if is_lost(address, verified))
    if not lost:
        return None
    if request.on_address_conflict == "drop":
        return warn(FindingCode.ADDRESSES_DROPPED, "domain", addresses=lost)
    return block(Code.ADDRESS_CONFLICT, "domain", addresses=lost)


def _is_smtp(address: str) -> bool:
    return address.lower().startswith(_SMTP)
