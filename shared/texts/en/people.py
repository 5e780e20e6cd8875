"""Texts about which person is meant: nobody, several, a deleted one, a similar name."""

from typing import Final

from shared.texts.en.phrases import AGAIN
from shared.texts.entry import Catalogue, Entry

_MERGE: Final = (
    "The account cannot come back: create a new user. Then an Exchange administrator"
    " looks whether the old mailbox is still kept (Get-Mailbox -SoftDeletedMailbox"
    " lists deleted mailboxes) and copies it into the new one"
    " (New-MailboxRestoreRequest)."
)

_SPELLING: Final = (
    "check the spelling, or use the object ID (in the Entra admin centre, under Users or Deleted"
    f" users) as user: {AGAIN}."
)

_OTHER_GUARD: Final = (
    "Check the spelling. If the name is wrong, remove this guard and add one with the right name,"
    " or with the object ID (in the Entra admin centre, under Users or Deleted users). If it is"
    " right, leave the guard: it begins when the person is found."
)

_ADDRESSED_GUARD: Final = (
    "Remove this guard and add one with the user name (name@domain), the mail address or the object"
    " ID (in the Entra admin centre, under Users or Deleted users)."
)

ENTRIES: Final[Catalogue] = {
    "user-not-found": Entry(
        "No active and no deleted user was found under {asked}. Deleted users are kept for 30 days"
        " only.",
        "Check the spelling, or use the object ID (in the Entra admin centre, under Users or"
        " Deleted users) as user. Who was deleted in the last minutes may not be found yet: wait"
        f" five minutes. Then {AGAIN}.",
        fix_read="Look for the person with GET /api/losses?search=, which also finds parts of a"
        " name, and use the object ID as user. Who was deleted in the last minutes may not be found"
        f" yet: wait five minutes. Then {AGAIN}.",
    ),
    "user-not-found/similar": Entry(
        "No active and no deleted user was found under {asked}."
        " {count:One person has|# people have} a similar name: candidates lists them by id and"
        " date.",
        f"If it is one of them, use that id as user: {AGAIN}. If not, {_SPELLING}",
        message_table="No active and no deleted user was found under {asked}."
        " {count:One person has|# people have} a similar name.",
        message_read="No active and no deleted user was found under {asked}. Similar names:"
        " {other_names}.",
        fix_read="If it is one of them, use the id of that one as user:"
        f" {AGAIN}. If not, {_SPELLING}",
    ),
    "user-not-found/display-name": Entry(
        "A person is looked up by user name, address or object ID, and {asked} is none of these."
        " {count:One person has|# people have} a similar name: candidates lists them by id and"
        " date.",
        f"If it is one of them, use that id as user: {AGAIN}.",
        message_table="A person is looked up by user name, address or object ID, and {asked} is"
        " none of these. {count:One person has|# people have} a similar name.",
        message_read="A person is looked up by user name, address or object ID, and {asked} is a"
        " display name, which several may have. One is called exactly so: {other_name}.",
        fix_read=f"If that is the one, use the user name in brackets as user: {AGAIN}.",
    ),
    "user-not-found/no-address": Entry(
        "A person is looked up by user name, address or object ID, and {asked} is none of these.",
        "Use the user name (name@domain) or the mail address, or use the object ID (in the Entra"
        f" admin centre, under Users or Deleted users) as user: {AGAIN}.",
        fix_read="Look for the person with GET /api/losses?search=, which also finds parts of a"
        f" name, and use the object ID as user, or the user name (name@domain). Then {AGAIN}.",
    ),
    "user-not-found/elsewhere": Entry(
        "No active and no deleted user was found under {asked}, and {domain} is not one of the"
        " tenant's verified domains.",
        f"Check what stands after the @. If it is right, {_SPELLING}",
    ),
    "user-not-found/by-id": Entry(
        "No active and no deleted user has the object ID {asked}. Deleted users are kept for 30"
        " days only.",
        "Check the object ID in the Entra admin centre, under Users and Deleted users, or use the"
        " user name. Groups and devices have object IDs, too, and only users were looked through:"
        f" it may be the ID of one of those. Then {AGAIN}.",
    ),
    "user-not-found/guard": Entry(
        "No active and no deleted user was found under {asked}, so the guard protects nobody yet."
        " The name is looked up again about once an hour.",
        _OTHER_GUARD,
    ),
    "user-not-found/guard-similar": Entry(
        "No active and no deleted user was found under {asked}, so the guard protects nobody yet."
        " {count:One person has|# people have} a similar name.",
        _OTHER_GUARD,
        message_read="No active and no deleted user was found under {asked}, so the guard protects"
        " nobody yet. Similar names: {other_names}.",
        fix_read="If it is one of them, remove this guard and add one with the user name in"
        f" brackets. {_OTHER_GUARD}",
    ),
    "user-not-found/guard-by-id": Entry(
        "No active and no deleted user has the object ID {asked}, so the guard protects nobody"
        " yet.",
        "Check the object ID in the Entra admin centre, under Users and Deleted users. Groups and"
        " devices have object IDs, too, and only users were looked through. If it is"
        " wrong, remove this guard and add one with the right one or with the user name.",
    ),
    "user-not-found/guard-no-address": Entry(
        "A person is looked up by user name, address or object ID, and {asked} is none of these, so"
        " the guard protects nobody.",
        _ADDRESSED_GUARD,
    ),
    "user-not-found/guard-no-address-similar": Entry(
        "A person is looked up by user name, address or object ID, and {asked} is none of these, so"
        " the guard protects nobody. {count:One person has|# people have} a similar name.",
        _ADDRESSED_GUARD,
        message_read="A person is looked up by user name, address or object ID, and {asked} is none"
        " of these, so the guard protects nobody. Similar names: {other_names}.",
        fix_read="If it is one of them, remove this guard and add one with the user name in"
        " brackets. If not, remove it all the same, and add one with the object ID (in the Entra"
        " admin centre, under Users or Deleted users).",
    ),
    "user-purged/guard": Entry(
        "{asked} was known to this service, and is now neither among the active nor among the"
        " deleted users, so the guard protects nobody.",
        "Remove this guard. If the person has a new account, add a guard with its user name.",
    ),
    "user-purged": Entry(
        "{asked} was known to this service, and is now neither among the active nor among the"
        " deleted users.",
        _MERGE,
    ),
    "user-purged/purging": Entry(
        "The user is still listed as deleted, but cannot be restored any more. {said}",
        _MERGE,
    ),
    "user-purged/meanwhile": Entry(
        "User {user_id} is neither among the active nor among the deleted users any more.",
        _MERGE,
    ),
    "ambiguous-user": Entry(
        "{asked} fits {count} people; they are listed in candidates.",
        f"Use the id of the one you mean as user: {AGAIN}.",
        message_table="{asked} fits {count} people.",
    ),
    "ambiguous-user/guard": Entry(
        "{asked} fits {count} people, and a guard is about one of them.",
        "Look up the object ID of the one you mean (in the Entra admin centre, under Users or"
        " Deleted users), remove this guard and add one with that ID.",
        message_read="{asked} fits {count} people, and a guard is about one of them:"
        " {other_names}.",
    ),
    "candidates": Entry("One of these may be meant: {people:; }."),
    "candidates/deleted": Entry(
        "{id}, deleted {at:time}",
        message_read="{other_name}, {id}, deleted {at:time}",
    ),
    "candidates/active": Entry(
        "{id}, active",
        message_read="{other_name}, {id}, active",
    ),
    "user-is-deleted": Entry(
        "{user} is deleted, and a licence can only be given to an active user.",
        f'Use kind "mailbox", which restores the user first: {AGAIN}.',
    ),
    "user-is-deleted/meanwhile": Entry(
        "User {user_id} was deleted while the restore waited to give the licence back.",
        f'Use kind "mailbox", which restores the user first: {AGAIN}.',
    ),
    "similar-names": Entry(
        "{count:One person has|# people have} a similar name; candidates lists them.",
        f"If it is one of them, use that id as user: {AGAIN}.",
        message_read="Similar names: {other_names}.",
        fix_read=f"If it is one of them, use the id of that one as user: {AGAIN}.",
    ),
    "directory-unsettled": Entry(
        "Entra ID contradicts itself about whether this user is active or deleted, as it"
        " does in the first minutes after a deletion or a restore.",
        "Check again in a few minutes. A restore may be started all the same: it looks"
        " again before it changes anything.",
    ),
    "directory-unsettled/own-restore": Entry(
        "Your restore {restore_id} of this person is not over: what is said here may be otherwise"
        " when it is.",
        "Wait until it has ended, then check again. Another restore may be asked for; it waits for"
        " this one.",
    ),
    "directory-unsettled/restore-at-work": Entry(
        "A restore of this person that somebody else asked for is not over: what is said here may"
        " be otherwise when it is.",
        "Check again in a few minutes. Another restore may be asked for; it waits for that one.",
        message_read="Restore {other_restore_id} of this person is not over: what is said here may"
        " be otherwise when it is.",
    ),
    # A person in a form under which nobody is looked up; each continues from the name of the field.
    "fault/no-person": Entry(
        "is empty; write the user name, the mail address or the object id of the person"
    ),
    "fault/person-in-braces": Entry("stands in braces; write the object ID without {{ and }}"),
    "fault/person-with-name": Entry(
        "has more than the address; write only what stands between < and >"
    ),
    "fault/person-of-domain": Entry(
        "is a user name of Active Directory (DOMAIN\\name); write the one in Microsoft 365"
        " (name@domain), the mail address or the object ID"
    ),
    "fault/person-inside": Entry(
        "is a name that only Active Directory or Exchange uses inside; write the user name in"
        " Microsoft 365 (name@domain), the mail address or the object ID"
    ),
    "fault/person-in-link": Entry(
        "is a link; write the user name, the mail address or the object ID of the person"
    ),
    "fault/person-number": Entry(
        "is a number, and nobody is looked up by a telephone or employee number; write the user"
        " name (name@domain), the mail address or the object ID"
    ),
    "fault/person-broken-id": Entry(
        "looks like an object ID and is not a whole one; write its 32 digits with hyphens, like"
        " 6fd2c87f-b296-42f0-b197-1e91e994b900"
    ),
    "fault/person-behind": Entry("begins with {prefix}; write only what stands behind it"),
    "fault/person-in-quotes": Entry("stands in quotation marks; leave them out"),
    "fault/person-with-mark": Entry(
        'ends with "{mark}", which belongs to no address; leave it out'
    ),
    "fault/person-wide": Entry(
        "holds full-width characters, which only look like those of an address; type it anew"
    ),
    "fault/several-people": Entry(
        "names {count} people, and each needs a request or a line of its own"
    ),
}
