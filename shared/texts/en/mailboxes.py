"""Texts about the mailbox: what it answered, and what nobody could look at."""

from typing import Final

from shared.texts.en.phrases import AGAIN, GRANT, HOW_TO_TELL
from shared.texts.entry import Catalogue, Entry

_LOOK: Final = (
    "See in the Exchange admin centre, under Recipients, Mailboxes, whether it is"
    " there by now. If the user has no licence with a mailbox, give it one (Microsoft"
    " 365 admin centre, Users, Active users)."
)

_ANOTHER: Final = (
    "Give the user another licence with a mailbox: Microsoft 365 admin centre, Users, Active"
    " users, the user, Licenses and apps; where none is free, buy one (Marketplace)."
    f" {HOW_TO_TELL}"
)
_RENEW: Final = (
    "Renew the subscription (Microsoft 365 admin centre, Billing, Your products), or give the user"
    " another licence with a mailbox (Users, Active users, the user, Licenses and apps)."
)

ENTRIES: Final[Catalogue] = {
    "mailbox-not-seen": Entry(
        "No mailbox has answered for {hours:an hour|# hours}. It may still be on its way,"
        " the user may have no licence with a mailbox, the mailbox may be on your own"
        " Exchange servers (on-premises), or there never was one.",
        f"{_LOOK} To have it looked at again, {AGAIN}.",
        fix_admin=f"{_LOOK} To have it looked at again, retry the restore.",
    ),
    "mailbox-not-seen/licensed": Entry(
        "{user} is active and has a licence with a mailbox, but no mailbox has answered,"
        " not even some minutes later. It may be on your own Exchange servers"
        " (on-premises), another deleted mailbox of the same name may be in its way, or it"
        " is still being made.",
        "Look for it in the Exchange admin centre, under Recipients, Mailboxes, also among"
        f" the deleted ones. To have it looked at again, {AGAIN}.",
        fix_admin="Look for it in the Exchange admin centre, under Recipients,"
        " Mailboxes, also among the deleted ones. To have it looked at"
        " again, retry the restore.",
    ),
    "mailbox-not-seen/subscription-deleted": Entry(
        "{user} is active, and no mailbox has answered, not even some minutes later. The"
        " subscription of {licenses} has been deleted, and the mailbox may be gone with it.",
        _ANOTHER,
    ),
    "mailbox-not-seen/came-without-subscription": Entry(
        "No mailbox has answered for {hours:an hour|# hours}. The subscription of {licenses} has"
        " been deleted, and the mailbox may be gone with it.",
        _ANOTHER,
    ),
    "mailbox-not-seen/came-unpaid": Entry(
        "No mailbox has answered for {hours:an hour|# hours}. The subscription of {licenses} has"
        " run out or was not paid for (suspended): a mailbox that depends on it does not open until"
        " that is put right.",
        f"{_RENEW} To have it looked at again, {AGAIN}.",
        fix_admin=f"{_RENEW} To have it looked at again, retry the restore.",
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
        "This service could not see whether the mailbox is back: it lacks a permission. {said}",
        "See in the Exchange admin centre, under Recipients, Mailboxes, that the mailbox"
        f" is there. {GRANT}",
    ),
    "mailbox-not-verified/unseen": Entry(
        "This service has no permission to look at mailboxes. So nobody saw whether the mailbox"
        " answers, and whether it is a shared one, which needs no licence.",
        f"Look it up in the Exchange admin centre, under Recipients, Mailboxes. {GRANT}",
    ),
    "mailbox-not-verified/switched-off": Entry(
        "Nobody looks whether the mailbox is back: the setting VERIFY_MAILBOX of this service is"
        " false.",
        "See in the next hours, in the Exchange admin centre, under Recipients, Mailboxes, that the"
        " mailbox is there. To have the service look, an administrator sets VERIFY_MAILBOX to"
        " true.",
    ),
    "mailbox-not-verified/policy": Entry(
        "This service could not see whether the mailbox is back: it has the permission"
        " {permission}, and may not look at this mailbox. {said}",
        "See in the Exchange admin centre, under Recipients, Mailboxes, that the mailbox"
        " is there. An access policy for applications (Exchange) may keep this service away from"
        " it.",
    ),
    "mailbox-not-verified/refused": Entry(
        "This service could not see whether the mailbox is back. {said}",
        "See in the Exchange admin centre, under Recipients, Mailboxes, that the mailbox is there.",
    ),
    "mailbox-not-verified/silent": Entry(
        "No mailbox has answered for {hours:an hour|# hours}. It may still be on its way, the user"
        " may have no licence with a mailbox, it may be on your own Exchange servers (on-premises),"
        " or the user never had one.",
        "If the user had a mailbox, look for it in the Exchange admin centre, under"
        " Recipients, Mailboxes.",
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
        "The user has no licence with a mailbox, and the mailbox still answers. To be"
        " sure, a restore looks twice, some minutes apart.",
        "Give the licence back soon.",
    ),
    "mailbox-still-there/shared": Entry(
        "The mailbox answers as a shared, room or equipment mailbox, which needs no licence:"
        " nothing is lost.",
        "Give it a licence only for more than 50 GB, an archive, or a legal hold.",
    ),
    "mailbox-not-answering": Entry(
        "{user} is active and has a licence, and no mailbox answers.",
        "Look for it in the Exchange admin centre, under Recipients, Mailboxes: it may be"
        " on your own Exchange servers (on-premises), or may never have been made.",
    ),
    "account-is-new": Entry(
        "The account was created at {created:time}. An older mailbox of this person belonged to"
        " another account and is not in it.",
        "If mail from before that day is missing, look for the deleted account of the same name, or"
        " for a backup.",
    ),
    "account-is-new/namesake": Entry(
        "An earlier account was called {user}, too, and is gone for good. It had a mailbox"
        " of its own, and what was in that one is not in this one.",
        "If older mail is missing, ask an Exchange administrator whether the earlier"
        " mailbox is still kept (Get-Mailbox -SoftDeletedMailbox lists deleted mailboxes),"
        " or look for a backup.",
    ),
    "mailbox-is-new": Entry(
        "The user was without a licence for more than 30 days, until {until:time}: the mailbox"
        " began anew then. What was before is not in it.",
        "If mail from before that day is missing, look for a backup.",
    ),
    "not-looked-at": Entry(
        "This service does not look at the telephone number in Teams, forwarding,"
        " automatic replies, who may read or send for the person (delegates), distribution"
        " groups, and the link to OneDrive.",
        "Look after those that the person needs: Teams admin centre; Exchange admin"
        " centre, Recipients; Microsoft 365 admin centre, Users, Active users, the user,"
        " OneDrive.",
    ),
}
