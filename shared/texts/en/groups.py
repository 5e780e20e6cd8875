"""Texts about a licence that comes from a group, by the reason why the group does not give it."""

from typing import Final

from shared.texts.en.phrases import AGAIN
from shared.texts.entry import Catalogue, Entry

_DIRECTLY: Final = (
    f"Or give it directly: name the licence in license.skuPartNumbers and {AGAIN}; that hides what"
    " is wrong with the group."
)
_REPROCESS: Final = (
    "Then open the group in the Entra admin centre, under Licenses, and choose Reprocess."
)

ENTRIES: Final[Catalogue] = {
    "license-from-group": Entry(
        "The licence comes from the group {group}, which does not give it now.",
        f"See in the Entra admin centre whether the group is there, licensed, and has the user as a"
        f" member. {_DIRECTLY}",
    ),
    "license-from-group/active": Entry(
        "The licence comes from the group {group}. The group is there and does not give it to the"
        " user now.",
        f"See whether the user is a member of the group, and under Licenses why it gives nothing."
        f" {_DIRECTLY}",
    ),
    "license-from-group/not-member": Entry(
        "The licence comes from the group {group}, and the user is no member of it any more.",
        f"Add the user to the group again. {_DIRECTLY}",
    ),
    "license-from-group/deleted": Entry(
        "The licence comes from the group {group}, which is deleted.",
        "Restore the group in the Entra admin centre, under Deleted groups; its licences come back"
        f" with it. {_DIRECTLY}",
    ),
    "license-from-group/gone": Entry(
        "The licence comes from the group {group}, which is not there any more.",
        "Restore the group if it is among the deleted groups in the Entra admin centre; else give"
        f" another group the licence. {_DIRECTLY}",
    ),
    "license-from-group/unlicensed": Entry(
        "The licence comes from the group {group}, and the group itself has lost it:"
        " {count:one person|# people} with it.",
        f"Give the group its licence again (Entra admin centre, the group, Licenses). {_DIRECTLY}",
    ),
    "license-from-group/unlicensed-uncounted": Entry(
        "The licence comes from the group {group}, and the group itself has lost it, for everybody"
        " in it.",
        f"Give the group its licence again (Entra admin centre, the group, Licenses). {_DIRECTLY}",
    ),
    "license-from-group/dynamic": Entry(
        "The licence comes from the group {group}, whose members follow a rule, and the user does"
        " not fit it any more: {rule}",
        f"Correct the user's attribute that the rule looks at, or the rule. {_DIRECTLY}",
    ),
    "license-from-group/nested": Entry(
        "The licence comes from the group {group}, and the user sits in a group within it: licences"
        " reach direct members only.",
        f"Make the user a direct member of the group. {_DIRECTLY}",
    ),
    "license-from-group/switched-off": Entry(
        "The licence comes from the group {group}, with its mailbox part (Exchange Online) switched"
        " off.",
        "Switch Exchange Online on in the licence of the group (Entra admin centre, the group,"
        f" Licenses). {_DIRECTLY}",
    ),
    "license-from-group/conflict": Entry(
        "The group {group} cannot give the licence, since it contradicts another one of the user.",
        f"Take the other licence off the user. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/missing-plan": Entry(
        "The group {group} cannot give the licence, since a part that it needs is missing.",
        f"Give the user, or the group, the licence with the missing part. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/location": Entry(
        "The group {group} cannot give the licence: the country of the user (usage location) does"
        " not allow it.",
        f"Correct the usage location of the user. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/address": Entry(
        "The group {group} cannot give the licence, since an address of the user is in use by"
        " somebody else.",
        f"Take the address off whoever has it. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/error": Entry(
        "The group {group} cannot give the licence. Microsoft Graph gives the reason {error}.",
        f"Look at the error in the Entra admin centre (the group, Licenses) and put it right."
        f" {_REPROCESS} {_DIRECTLY}",
    ),
}
