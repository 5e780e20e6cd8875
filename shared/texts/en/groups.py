"""Texts about a licence that comes from a group, by the reason why the group does not give it."""

from typing import Final

from shared.texts.en.phrases import AGAIN, SET_COUNTRY
from shared.texts.entry import Catalogue, Entry

# Microsoft took licences out of the Entra admin centre on 1 September 2024; what is wrong with a
# group is shown, and Reprocess found, on the page of the licence in the Microsoft 365 admin centre.
# Source: Microsoft Learn, "Resolve group license assignment problems", and "Assign or unassign
# licenses to a group in the Microsoft 365 admin center", read 2026-11-29.
_PAGE: Final = (
    "in the Microsoft 365 admin centre, under Billing, Licenses: choose the licence, then Groups"
)
_MEMBERS: Final = "in the Entra admin centre, under Groups"
_DIRECTLY: Final = (
    f"Or, without the group: name the licence in license.skuPartNumbers and {AGAIN};"
    " what is wrong with the group then stays unseen."
)
_REPROCESS: Final = f"Then have the group try again {_PAGE}, the group, the user, Reprocess."
_DELETED: Final = "in the Entra admin centre, under Groups, Deleted groups"

ENTRIES: Final[Catalogue] = {
    "license-from-group": Entry(
        "The licence comes from the group {group}, which does not give it now.",
        f"See whether the group is there and has the user as a member ({_MEMBERS}), and"
        f" whether it still has the licence ({_PAGE}). {_DIRECTLY}",
    ),
    "license-from-group/unnamed": Entry(
        "{licenses} came from a group, which does not give it any more. The audit log tells of"
        " this, and not which group it was.",
        f"Look which groups give the licence {_PAGE}. Add the user to the right one again"
        f" ({_MEMBERS}), or, if none gives it any more, give it to one of the user's groups there."
        f" {_DIRECTLY}",
    ),
    "license-from-group/unnamed-deleted": Entry(
        "{licenses} came from a group, which does not give it any more. The audit log tells of"
        " this, and not which group it was.",
        'Bring the user back first, with kind "user". Then look which groups give the licence'
        f" {_PAGE}, and add the user to the right one ({_MEMBERS}). {_DIRECTLY}",
    ),
    "license-from-group/active": Entry(
        "The licence comes from the group {group}. The group is there and does not give it"
        " to the user now.",
        f"See whether the user is a member of the group ({_MEMBERS}), and what is wrong"
        f" with it ({_PAGE}, the group). {_DIRECTLY}",
    ),
    "license-from-group/user-deleted": Entry(
        "The licence comes from the group {group}. The group is there; whether it gives the licence"
        " to the user shows once the user is back.",
        'Bring the user back first, with kind "user": if the user is a member, the group gives the'
        " licence by itself. If it does not, add the user to the group,"
        f" {_MEMBERS}. {_DIRECTLY}",
    ),
    "license-from-group/not-member": Entry(
        "The licence comes from the group {group}, and the user is no longer a member of it.",
        f"Add the user to the group again, {_MEMBERS}. {_DIRECTLY}",
    ),
    "license-from-group/deleted": Entry(
        "The licence comes from the group {group}, which is deleted.",
        f"Restore the group {_DELETED}; its licences come back with it. {_DIRECTLY}",
    ),
    "license-from-group/gone": Entry(
        "The licence comes from the group {group}, which is not there any more.",
        f"If the group is among the deleted ones ({_DELETED}), restore it; else give the"
        f" licence to another group of which the user is a member ({_PAGE}). {_DIRECTLY}",
    ),
    "license-from-group/unlicensed": Entry(
        "The licence comes from the group {group}, and the group itself has lost it, and"
        " {count:one person|# people} with it.",
        f"Give the group its licence again {_PAGE}, Assign licenses. {_DIRECTLY}",
    ),
    "license-from-group/unlicensed-uncounted": Entry(
        "The licence comes from the group {group}, and the group itself has lost it, for"
        " everybody in it.",
        f"Give the group its licence again {_PAGE}, Assign licenses. {_DIRECTLY}",
    ),
    "license-from-group/dynamic": Entry(
        "The licence comes from the group {group}. A rule decides who is a member of it,"
        " and the user does not fit the rule any more: {rule}",
        "Correct what the rule looks at in the properties of the user (Entra admin centre,"
        f" Users), or the rule itself ({_MEMBERS}, Dynamic membership rules). {_DIRECTLY}",
    ),
    "license-from-group/nested": Entry(
        "The licence comes from the group {group}. The user is a member of another group,"
        " which is in that one: licences do not reach members of groups within groups.",
        f"Add the user to the group {{group}} itself, {_MEMBERS}. {_DIRECTLY}",
    ),
    "license-from-group/switched-off": Entry(
        "The licence comes from the group {group}, which gives it without its mailbox part"
        " (Exchange Online is switched off).",
        f"Switch Exchange Online on for the group {_PAGE}, the group, apps and services."
        f" {_DIRECTLY}",
    ),
    "license-from-group/conflict": Entry(
        "The group {group} cannot give the licence, since it does not go together with"
        " another licence of the user.",
        "Take the other licence off the user (Microsoft 365 admin centre, Users, Active"
        f" users, the user, Licenses and apps). {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/missing-plan": Entry(
        "The group {group} cannot give the licence, since it needs a part of another"
        " licence, which the user does not have.",
        f"Give the user, or the group, the licence with the missing part. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/location": Entry(
        "The group {group} cannot give the licence: it may not be used in the country that"
        " is set for the user (usage location).",
        f"Correct the country ({SET_COUNTRY}). {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/address": Entry(
        "The group {group} cannot give the licence, since somebody or something else has"
        " an address of the user.",
        "Take the address off whoever has it (Exchange admin centre, Recipients)."
        f" {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/error": Entry(
        "The group {group} cannot give the licence. Microsoft names the reason {error}.",
        f"Look at the error ({_PAGE}, the group) and put it right. {_REPROCESS} {_DIRECTLY}",
    ),
}
