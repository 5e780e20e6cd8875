"""Texts of restores that succeeded, or were cancelled."""

from typing import Final

from shared.texts.en.phrases import AGAIN, HOW_TO_TELL, NOT_YOURS, NOTHING
from shared.texts.entry import Catalogue, Entry

_SIGNING_IN: Final = "If signing in with the old password fails, reset the password."
_LOOK_AFTER: Final = (
    "Look after what this service does not look at and the person needs: forwarding, automatic"
    " replies, who may read or send for it, distribution groups, the telephone number in Teams, the"
    " link to OneDrive."
)

_MISSING_AFTER_ALL: Final = (
    "Nothing to do. If the mailbox is missing after all: where the request had another kind, use"
    f' kind "mailbox", which looks at the mailbox: {AGAIN}. Else have an Exchange administrator'
    " look for it."
)

ENTRIES: Final[Catalogue] = {
    "user-restored": Entry(
        "The user is back and active.",
        f"{_SIGNING_IN} {_LOOK_AFTER}",
    ),
    "user-restored/shared": Entry(
        "The account of the shared, room or equipment mailbox is back.",
        "It needs no licence, and nobody signs in to it. Have those who use it open it: what is in"
        " it, forwarding, automatic replies and who may read or send was not looked at.",
    ),
    "user-restored/without-mailbox": Entry(
        "The user is back and active. Guests and mail users have no mailbox in this tenant.",
        "Have the person sign in and open what it needs: that was not tried. A mail user whose old"
        " password fails needs a new one.",
    ),
    "user-restored/unproven": Entry(
        "The user is back and active. It is not proven that its mailbox could still come back.",
        HOW_TO_TELL,
    ),
    "license-restored": Entry(
        "The licence is back on the user.",
        "See in the next hours that the mailbox opens; what is in it was not looked at.",
    ),
    "license-restored/unproven": Entry(
        "The licence is back on the user. It is not proven that the old mailbox could still come"
        " back.",
        HOW_TO_TELL,
    ),
    "license-restored/added": Entry(
        "The licence is on the user, who had one with a mailbox before: no mailbox was lost.",
        NOTHING,
    ),
    "license-restored/still-there": Entry(
        "The licence is back on the user. The mailbox answered before that, too: it was not gone"
        " yet.",
        NOTHING,
    ),
    "mailbox-restored": Entry(
        "The mailbox is back and answers.",
        "Have the person open the mailbox: what is in it was not looked at.",
    ),
    "mailbox-restored/with-user": Entry(
        "The user is back and active, and the mailbox is back and answers.",
        "Have the person open the mailbox: what is in it was not looked at."
        f" {_SIGNING_IN} {_LOOK_AFTER}",
    ),
    "mailbox-restored/shared": Entry(
        "The account of the shared, room or equipment mailbox is back, and the mailbox answers.",
        "It needs no licence, and nobody signs in to it. Have those who use it open it: what is in"
        " it, forwarding, automatic replies and who may read or send was not looked at.",
    ),
    "see-warnings": Entry("See what the warnings of this restore say, too."),
    "see-warnings/in-the-way": Entry(
        "{count:One more thing is|# more things are} in the way, and told under warnings ({codes})."
        " See to all of it before you send the request again."
    ),
    "already-active": Entry(
        "{user} is active and has a licence with a mailbox. Whether the mailbox answers was not"
        " looked at.",
        "Nothing to do here. If the mailbox does not open, look it up in the Exchange admin"
        " centre.",
    ),
    "already-active/answers": Entry(
        "{user} is active and has a licence with a mailbox, and the mailbox answers.",
        "Nothing to do. What is in the mailbox was not looked at.",
    ),
    "already-active/perhaps": Entry(
        "{user} is active, and the mailbox answers. Whether one of its licences carries it cannot"
        " be told, since the tenant does not list all of them: {licenses}.",
        "Nothing to do while the mailbox works. To give the user another licence all the same, name"
        f" it in license: {AGAIN}.",
    ),
    "already-active/restored": Entry(
        "{seen}",
        _MISSING_AFTER_ALL,
        message_read="{seen} Restore {other_restore_id} of {other_at:time} has brought it back.",
    ),
    "already-active/restored-for-you": Entry(
        "{seen} Your restore {restore_id} of {at:time} has brought it back.",
        _MISSING_AFTER_ALL,
    ),
    "already-active/silent": Entry(
        "{user} is active and has a licence with a mailbox, but no mailbox answers.",
        "Have an Exchange administrator look: the mailbox may be on your own Exchange"
        " servers (on-premises), or may never have been made.",
    ),
    "already-active/suspended": Entry(
        "{user} is active and still has {licenses}, but that subscription is not paid for at the"
        " moment. Nothing is lost yet.",
        'Renew the subscription. Or give another licence that has free seats: use kind "license"'
        f" and name one of these in license.skuPartNumbers: {{others}}. {NOT_YOURS}",
        fix_override="Renew the subscription. Or give another licence that has free seats: use kind"
        ' "license" and name one of these in license.skuPartNumbers: {others}.',
    ),
    "already-active/suspended-alone": Entry(
        "{user} is active and still has {licenses}, but that subscription is not paid for at the"
        " moment. Nothing is lost yet.",
        "Renew the subscription; no other licence with a mailbox has a free seat.",
    ),
    "already-active/suspended-person": Entry(
        "{user} is active and still has {licenses}. Microsoft 365 shows that licence as not paid"
        " for with this person, although the subscription itself can be used. Nothing is lost yet.",
        "If the subscription was renewed lately, look again in some hours. Or give another licence"
        ' that has free seats: use kind "license" and name one of these in'
        f" license.skuPartNumbers: {{others}}. {NOT_YOURS}",
        fix_override="If the subscription was renewed lately, look again in some hours. Or give"
        ' another licence that has free seats: use kind "license" and name one of these in'
        " license.skuPartNumbers: {others}.",
    ),
    "already-active/suspended-person-alone": Entry(
        "{user} is active and still has {licenses}. Microsoft 365 shows that licence as not paid"
        " for with this person, although the subscription itself can be used. Nothing is lost yet.",
        "If the subscription was renewed lately, look again in some hours. If it stays so, have an"
        " administrator ask Microsoft (Microsoft 365 admin centre, Support); no other licence with"
        " a mailbox has a free seat.",
    ),
    "already-active/user": Entry(
        "{user} is active, so there is no deleted user to bring back. Whether its mailbox answers"
        " was not looked at.",
        f'If the mailbox is missing, use kind "mailbox": {AGAIN}.',
    ),
    "already-active/user-unlicensed": Entry(
        "{user} is active, so there is no deleted user to bring back. It has no licence with a"
        " mailbox; the mailbox was not looked at.",
        f'If the mailbox is missing, use kind "mailbox", which looks at both: {AGAIN}.',
    ),
    "already-active/shared": Entry(
        "{user} is active, and its mailbox answers as a shared, room or equipment mailbox, which"
        " needs no licence.",
        f"Nothing to do. To give it a licence all the same, name one in license: {AGAIN}.",
    ),
    "already-active/shared-seen": Entry(
        "{user} is active, and its mailbox was last seen as a shared, room or equipment mailbox,"
        " which needs no licence. It was not seen to answer now.",
        "See that the mailbox opens; if it does not, look for it in the Exchange admin centre,"
        " under Recipients, Mailboxes. To give it a licence all the same, name one in license:"
        f" {AGAIN}.",
    ),
    "already-active/shared-unsaid": Entry(
        "{user} is active, and its mailbox answers without saying what kind it is. It was last seen"
        " as a shared, room or equipment mailbox, which needs no licence.",
        "Nothing to do while that is what it is. To give it a licence, name one in license:"
        f" {AGAIN}.",
    ),
    "already-active/without-mailbox": Entry(
        "{user} is active. Guests have no mailbox in this tenant, and none was ever seen here.",
        "Nothing to do. A licence for a new mailbox is given in the Microsoft 365 admin centre.",
    ),
    "already-active/mail-user": Entry(
        "{user} is active, and its mail address {address} is on none of the tenant's domains: the"
        " mailbox of such a person (mail user) is elsewhere, and none was ever seen here.",
        "Nothing to do. If the person had a mailbox here all the same, name its licence in"
        f" license.skuPartNumbers: {AGAIN}.",
    ),
    "already-active/license": Entry(
        "{user} is active and has the licence already.",
        NOTHING,
    ),
    "dry-run": Entry(
        "Nothing was changed, since this was a trial run. A restore would do: {plan}.",
        f"To carry it out, leave dryRun out: {AGAIN}.",
    ),
    "undone": Entry(
        "What restore {restore_id} had done was taken back.",
        NOTHING,
    ),
    "undone/by-hand": Entry(
        "What restore {restore_id} had done was taken back, as far as Microsoft Graph can."
        " Not put back: {changes:; }.",
        "Put this back by hand in the Exchange admin centre, if it is wanted: {changes:; }.",
    ),
    "by-hand/name": Entry("user name {old} (it is {new} now)"),
    "by-hand/addresses": Entry("addresses {addresses}"),
    "cancelled": Entry(
        "The restore was called off before anything was changed.",
        f"To bring the person back after all, {AGAIN}.",
    ),
    "cancelled/undo": Entry(
        "The undo of restore {restore_id} was called off: nothing was taken back.",
        "Nothing to do if the person is to stay as that restore left it. Else take it back by hand:"
        " delete the user, or take the licence off (Microsoft 365 admin centre, Users, Active"
        " users).",
    ),
    "cancelled/drill": Entry(
        "The drill was called off.",
        "Nothing to do. The next drill begins at its time.",
    ),
    "cancelled/rights-gone": Entry(
        "The restore was called off before anything was changed: when its time came, whoever had"
        " asked for it did not have {roles} any more.",
        "If the person is to come back after all, somebody who has {roles} asks for it.",
    ),
}
