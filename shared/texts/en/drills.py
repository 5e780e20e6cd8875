"""Texts of the drill: a throw-away account is deleted and brought back, to see that it works."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_ANOTHER: Final = (
    "Make a throw-away account of its own for drills, and write its object id into the setting"
    " DRILL_USER."
)
_SETTINGS: Final = "Whoever looks after the settings of this service:"

ENTRIES: Final[Catalogue] = {
    "before/drill-untouched": Entry("The drill has deleted nothing."),
    "before/drill-would": Entry(
        "The drill has deleted nothing, since {user} would not have come back. What a restore"
        " would say:"
    ),
    "before/drill-away": Entry(
        "The drill has deleted {user}, or may have, and has not seen it come back: look in the"
        " Entra admin centre under Deleted users, and restore it there if it is in the list."
    ),
    "cancelled/drill-off": Entry(
        "The setting DRILL_USER does not name {asked} any more.",
        "Nothing to do. The next drill begins by itself if DRILL_USER names an account.",
    ),
    "user-is-deleted/drill": Entry(
        "{user} is deleted, and not by this drill.",
        'If it is still wanted, restore it with a request of kind "mailbox"; the next drill'
        " begins with it then.",
    ),
    "user-not-found/drill": Entry(
        "The setting DRILL_USER names {user}, and that is the object id or the user principal name"
        " of no active and of no deleted user.",
        f"{_SETTINGS} write the object id of the account for drills into DRILL_USER (Entra admin"
        " centre, Users, the user, Overview). If it is gone for good, make another one. The next"
        " drill looks again.",
    ),
    "cancelled/drill-again": Entry(
        "Another drill ({restore_id}) has deleted this account within the last day.",
        "Nothing to do. The next drill begins at its time.",
    ),
    "permission-missing/drill": Entry(
        "The service's identity lacks {permissions}, and without that it does not know whose"
        " account it is, or cannot bring it back.",
        "Have a Privileged Role Administrator grant it (infra/graph/grant.py); the next drill"
        " looks again.",
    ),
    "privileged-user/drill": Entry(
        "{user} holds {count:an administrator role|# administrator roles}, or may activate"
        " {count:it|them}: it is no throw-away account.",
        f"{_SETTINGS} {_ANOTHER}",
        message_read="{user} holds, or may activate: {other_roles}. It is no throw-away account.",
    ),
    "privileged-user/drill-unseen": Entry(
        "Whether {user} holds an administrator role, may activate one, or has one by a group could"
        " not be looked at in full, so it may be no throw-away account.",
        "Take the account out of all role-assignable groups, and have a Privileged Role"
        " Administrator grant the features eligible and groups (infra/graph/grant.py); the next"
        " drill looks again.",
    ),
    "rehire-blocked/drill-guarded": Entry(
        "A guard watches over {user}, so somebody wants it kept.",
        f"Remove the guard if the account is for drills alone. If it is not: {_ANOTHER}",
    ),
    "rehire-blocked/drill-used": Entry(
        "{user} was signed in to at {at:time}, so somebody may use it. A drill deletes only an"
        " account that nobody has signed in to for 30 days.",
        "If nobody uses the account, let nobody sign in to it: the next drill after the 30 days"
        f" deletes it. If somebody does: {_ANOTHER}",
    ),
    "directory-error/drill-unseen": Entry(
        "Not all that would stop a drill of {user} could be looked at: {unseen}",
        "Have whoever looks after the permissions of the service see to it that this can be looked"
        " at (infra/graph/grant.py); the next drill looks again.",
    ),
    "directory-error/drill-active": Entry(
        "{user} shows as active, an hour after the drill has deleted it or may have: somebody has"
        " restored it, or the deletion never arrived.",
        "Look in the Entra admin centre under Deleted users. If the account is not in the list,"
        " all is well with it, and the next drill begins at its time. If it is, restore it there.",
    ),
    "directory-error/drill": Entry(
        "Microsoft Graph refused to delete the account for the drill. {said}",
        "Look up what Microsoft says there, and look at the account in the Entra admin centre; the"
        " next drill tries again.",
    ),
    "permission-missing/drill-delete": Entry(
        "Microsoft Graph refused to delete the account for the drill, and the service's identity"
        " lacks {permission}. {said}",
        "Have a Privileged Role Administrator grant it (infra/graph/grant.py); the next drill"
        " tries again.",
    ),
    "out-of-reach/drill": Entry(
        "The service has the permission {permission}, but may not delete this account: an"
        " administrator role, an administrative unit or a policy of the tenant keeps it away."
        " {said}",
        f"{_SETTINGS} {_ANOTHER} It belongs to no administrative unit.",
    ),
    "rehire-blocked/drill": Entry(
        "{user} has an employee number, so it may belong to a person.",
        f"{_SETTINGS} {_ANOTHER} It has no employee number.",
    ),
    "synced-from-on-premises/drill": Entry(
        "{user} is synchronised from Active Directory, and the next synchronisation would meddle"
        " with what a drill does.",
        f"{_SETTINGS} {_ANOTHER} It is made in the cloud, in the Entra admin centre.",
    ),
    "license-without-mailbox/drill": Entry(
        "{user} has no licence with a mailbox, so a drill would prove little.",
        "Give the account a licence with Exchange Online, directly and not by a group (Microsoft"
        " 365 admin centre, Users, Active users, the user, Licenses and apps); the next drill"
        " looks again.",
    ),
    "license-from-group/drill": Entry(
        "Nobody can tell that the licence of {user} is its own: a group gives it, or Microsoft"
        " does not say. A drill deletes only an account with a licence of its own.",
        "Give the account a licence with Exchange Online directly (Microsoft 365 admin centre,"
        " Users, Active users, the user, Licenses and apps); the next drill looks again.",
    ),
    "mailbox-not-seen/drill": Entry(
        "No mailbox of a person answers for {user}, so nobody could tell whether it came back.",
        "Look for it in the Exchange admin centre, under Recipients, Mailboxes: a new mailbox"
        " takes some hours, and a shared one is not for drills. The next drill looks again.",
    ),
    "gave-up/drill": Entry(
        "The drill could not begin within an hour of its time: Microsoft Graph could not be"
        " asked, or another restore held the account.",
        "Nothing to do: the next drill begins at its time.",
    ),
    "wait/deletion": Entry(
        "The account is deleted, and Entra ID does not show it among the deleted users yet.",
        "Nothing to do: the drill goes on by itself.",
    ),
    "status/drill": Entry(
        "The last one began at {at:time} and took {seconds:a second|# seconds}: {said} {steps}."
    ),
    "status/drill-step": Entry("{step} {seconds} s"),
    "status/drill-none": Entry("None has begun yet, or the last one is past its keep time."),
    "status/drill-under-way": Entry(
        "The last one began at {at:time} and is under way ({restore_id})."
    ),
    "status/drill-failed": Entry(
        "The last one began at {at:time} and did not come through ({restore_id}): {said}",
        "Read that restore (GET /api/restores/{restore_id}): its fix says what to do.",
    ),
    "status/drill-failed-before": Entry(
        "The last one began at {at:time} and did not come through ({restore_id}): {before} {said}",
        "Read that restore (GET /api/restores/{restore_id}): its fix says what to do.",
    ),
    "status/drill-failed-then": Entry(
        "The last one began at {at:time} and did not come through ({restore_id}): {before} {said}",
        "Read that restore (GET /api/restores/{restore_id}): its fix says what to do. The service"
        " tries again by itself to bring the account back. If it is still deleted after that,"
        " restore it in the Entra admin centre under Deleted users.",
        fix_admin="Read that restore (GET /api/restores/{restore_id}): its fix says what to do. If"
        " the account is still deleted, retry that restore, which deletes nothing more. The service"
        " tries it by itself, too, after an hour and then more rarely.",
    ),
    "status/drill-unreadable": Entry(
        "Another release of this service has written the last one, and the one that runs now cannot"
        " read how it went. Its account may still be deleted.",
        "If the account is in the Entra admin centre under Deleted users, restore it there. No"
        " drill begins until that release is back.",
    ),
    "journal/drill-planned": Entry("the account may be deleted; its way back is decided after it"),
}
