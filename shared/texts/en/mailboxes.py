"""Texts about the mailbox: what it answered, and what nobody could look at."""

from typing import Final

from shared.texts.en.phrases import AGAIN
from shared.texts.entry import Catalogue, Entry

_LOOK: Final = (
    "Look it up in the Exchange admin centre. If the user has no licence with a mailbox, give it"
    " one. If the mailbox is still being made, wait."
)

ENTRIES: Final[Catalogue] = {
    "mailbox-not-seen": Entry(
        "No mailbox has answered for {hours:an hour|# hours}. It may still be on its way, the user"
        " may have no licence with a mailbox, the mailbox may be on-premises, or there never was"
        " one.",
        f"{_LOOK} To have it looked at again, {AGAIN}.",
        fix_admin=f"{_LOOK} To have it looked at again, retry the restore.",
    ),
    "mailbox-not-seen/licensed": Entry(
        "{user} is active and has a licence with a mailbox, but no mailbox has answered, also not"
        " some minutes later. It may be on-premises, be blocked by another deleted mailbox of the"
        " same name, or still be being made.",
        "Look it up in the Exchange admin centre, also among the deleted mailboxes. To have it"
        f" looked at again, {AGAIN}.",
        fix_admin="Look it up in the Exchange admin centre, also among the deleted mailboxes. To"
        " have it looked at again, retry the restore.",
    ),
    "lost-again": Entry(
        "The user was deleted again while the restore was being verified.",
        f"Find out who or what deletes the user, then {AGAIN}.",
    ),
    "lost-again/license": Entry(
        "The user lost the licence again while the restore was being verified.",
        f"Find out who or what takes the licence away, then {AGAIN}.",
    ),
    "mailbox-not-verified": Entry(
        "Whether the mailbox is back was not looked at: the service lacks a permission. {said}",
        "See in the Exchange admin centre that the mailbox is there. To have it looked at, an"
        " administrator grants the service's identity the permission {permission}.",
    ),
    "mailbox-not-verified/refused": Entry(
        "Whether the mailbox is back could not be looked at. {said}",
        "See in the Exchange admin centre that the mailbox is there.",
    ),
    "mailbox-not-verified/silent": Entry(
        "No mailbox has answered for {hours:an hour|# hours}. It may still be on its way, be"
        " on-premises, or the user never had one.",
        "If the user had a mailbox, look it up in the Exchange admin centre.",
    ),
    "mailbox-may-be-gone": Entry(
        "The account comes back; its mailbox was probably lost with the licence, at {at:time}.",
        f'To have the mailbox looked after as well, use kind "mailbox": {AGAIN}.',
    ),
    "mailbox-may-be-gone/unknown": Entry(
        "The account comes back; when its licence was lost is not known, so the mailbox may be lost"
        " already.",
        f'To have the mailbox looked after as well, use kind "mailbox": {AGAIN}.',
    ),
    "mailbox-still-there": Entry(
        "The user has no licence with a mailbox, and the mailbox still answers: nothing is lost"
        " yet. It may go at any time.",
        "Give the licence back soon.",
    ),
    "mailbox-still-there/until": Entry(
        "The user has no licence with a mailbox, and the mailbox still answers: nothing is lost"
        " yet. It may go from {until:time} on.",
        "Give the licence back before then.",
    ),
    "mailbox-still-there/twice": Entry(
        "The user has no licence with a mailbox, and the mailbox still answers. A restore looks"
        " twice, some minutes apart, before it believes that.",
        "Give the licence back soon.",
    ),
    "mailbox-not-answering": Entry(
        "{user} is active and licensed, and no mailbox answers.",
        "Look it up in the Exchange admin centre: it may be on-premises, or never have been made.",
    ),
    "account-is-new": Entry(
        "The account was created at {created:time}. An older mailbox of this person belonged to"
        " another account and is not in it.",
        "If mail from before that day is missing, look for the deleted account of the same name, or"
        " for a backup.",
    ),
    "account-is-new/namesake": Entry(
        "An earlier account was called {user}, too, and is gone for good. Its mailbox was another"
        " one, and what was in it is not in this one.",
        "If older mail is missing, ask an Exchange administrator whether the earlier mailbox is"
        " still kept (Get-Mailbox -SoftDeletedMailbox), or look for a backup.",
    ),
    "mailbox-is-new": Entry(
        "The user was without a licence for more than 30 days, until {until:time}: the mailbox"
        " began anew then. What was before is not in it.",
        "If mail from before that day is missing, look for a backup.",
    ),
    "not-looked-at": Entry(
        "Nobody looked at: telephone number in Teams, forwarding, automatic replies, delegates,"
        " distribution groups, link to OneDrive.",
        "See to these by hand, as far as the person needs them.",
    ),
}
