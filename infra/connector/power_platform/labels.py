"""Add what flow makers see to the schemas: titles, visibility, names of choices, lists.

A title is made from the name of its field; only what reads badly then is written down here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Words that are no words, in a title.
_SPELT: Final = {
    "Sku": "SKU",
    "Skus": "SKUs",
    "Upn": "UPN",
    "Url": "URL",
    "Id": "ID",
    "Ids": "IDs",
}
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+")

TITLES: Final[Mapping[str, str]] = {
    "top": "Number of Items",
    "act": "When to Act",
    "statuses": "Only Restores That Ended Like This",
    "kinds": "Only Restores of These Kinds",
    "notBefore": "Start At",
    "dryRun": "Plan Only",
    "onUpnConflict": "If the User Name Is Taken",
    "onAddressConflict": "If an Address Is Taken",
    "acceptUnknownWindow": "Accept an Unknown Window",
    "acceptRehire": "Restore All the Same",
    "allowSynced": "Allow Synchronized Users",
    "kind": "What to Restore",
    "ticket": "Ticket Number",
}

PROMINENCE: Final[Mapping[str, str]] = {
    "user": "important",
    "kind": "important",
    "act": "important",
    "restores": "important",
    "search": "important",
    "closingWithinDays": "important",
    "license": "advanced",
    "idempotencyKey": "advanced",
    "licenseRemovedAt": "advanced",
    "onUpnConflict": "advanced",
    "newUserPrincipalName": "advanced",
    "onAddressConflict": "advanced",
    "acceptUnknownWindow": "advanced",
    "acceptRehire": "advanced",
    "allowSynced": "advanced",
    "dryRun": "advanced",
    "notBefore": "advanced",
    "statuses": "advanced",
    "kinds": "advanced",
    "callbackUrl": "advanced",
    "top": "advanced",
    "skipToken": "internal",
}

CHOICES: Final[Mapping[str, str]] = {
    "mailbox": "A mailbox, whatever is wrong",
    "user": "A deleted user",
    "license": "The licence of an active user",
    "undo": "What was taken back",
    "drill": "A drill",
    "deleted-user": "The user was deleted",
    "license-removed": "The licence was taken away",
    "deleted-and-unlicensed": "The licence was taken away, and the user deleted",
    "fail": "Refuse the restore",
    "rename": "Restore under the new name if the old one is taken",
    "always": "Restore under the new name at all events",
    "drop": "Restore without the address",
    "at-once": "As soon as the loss is seen",
    "when-closing": "When the window is about to close",
    "queued": "Queued",
    "running": "Running",
    "waiting": "Waiting",
    "succeeded": "Succeeded",
    "refused": "Refused",
    "failed": "Failed",
    "cancelled": "Cancelled",
    "restore.finished.v1": "A restore has ended",
    "restore.approval-wanted.v1": "An approval is wanted",
    "restore.window-closing.v1": "A window is about to close",
}


@dataclass(frozen=True, slots=True)
class DropDown:
    """A list operation whose answer fills a field, and what its entries show and give."""

    operation: str
    title: str
    value: str


DELETED_USERS = DropDown("ListLosses", "displayName", "id")
LICENSES = DropDown("ListLicenses", "name", "skuId")

# By operation and path of the field in its body.
DROP_DOWNS: Final[Mapping[tuple[str, str], DropDown]] = {
    ("RestoreMailbox", "user"): DELETED_USERS,
    ("RestoreUser", "user"): DELETED_USERS,
    ("CheckRestore", "user"): DELETED_USERS,
    **{
        (operation, "license/skuIds/[]"): LICENSES
        for operation in ("RestoreMailbox", "RestoreUser", "RestoreLicense", "CheckRestore")
    },
}


def title(name: str, within: str = "") -> str:
    """The title of a field, in title case; `within` is the title of the object it belongs to."""
    if not within and name in TITLES:
        return TITLES[name]
    words = [word[0].upper() + word[1:] for word in _WORDS.findall(name)]
    own = " ".join(_SPELT.get(word, word) for word in words)
    return f"{within} {own}".strip()


def one_of(name: str) -> str:
    """What one member of a list is called: nothing for the list that is the whole answer."""
    return "" if name == "value" else title(name).removesuffix("s")
