"""Decide what a read shows of a user, which may differ from the truth; see `switches.py`.

What Graph shows of a deleted user's licences, addresses and sign-in is not confirmed by a source.
"""

from infra.local.graph.switches import Switches
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.web.wire import Json

EVERYBODY = "*"
_NOTHING_READ: Json = {
    "accountEnabled": None,
    "assignedLicenses": [],
    "assignedPlans": [],
    "licenseAssignmentStates": [],
    "provisionedPlans": [],
}
STATES = "licenseAssignmentStates"


def shown(user: Json, switches: Switches) -> Json:
    """Answer the user as a read shows it, not to be changed."""
    hidden: Json = {}
    if is_deleted(user):
        hidden.update(_hidden_of_deleted(switches))
    if EVERYBODY in switches.reads_as_null or user["id"] in switches.reads_as_null:
        hidden.update(_NOTHING_READ)
    if switches.license_states != "shown":
        hidden[STATES] = []
    return user | hidden if hidden else user


def all_shown(users: list[Json], switches: Switches) -> list[Json]:
    """Answer the users as a read shows them; the very list where nothing is hidden."""
    if switches.reads_as_null or switches.license_states != "shown":
        return [shown(user, switches) for user in users]
    hidden = _hidden_of_deleted(switches)
    if not hidden or not users or not is_deleted(users[0]):
        return users
    return [user | hidden for user in users]


def left_out(switches: Switches) -> frozenset[str]:
    """Answer the properties that no answer has, though they were asked for."""
    return frozenset({STATES}) if switches.license_states == "missing" else frozenset()


def _hidden_of_deleted(switches: Switches) -> Json:
    hidden: Json = {}
    if not switches.deleted_keeps_licenses:
        hidden.update(assignedLicenses=[], assignedPlans=[], licenseAssignmentStates=[])
    if not switches.deleted_keeps_addresses:
        hidden.update(mail=None, proxyAddresses=[])
    if not switches.deleted_shows_sign_in:
        hidden.update(accountEnabled=False)
    return hidden
