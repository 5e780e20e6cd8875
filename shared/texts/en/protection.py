"""Texts about people who are protected: synchronised, administrators, not to be brought back."""

from typing import Final

from shared.texts.en.phrases import AGAIN, BY_KEYS, GRANT, LOOK_FOR_COPY
from shared.texts.entry import Catalogue, Entry

_IN_ACTIVE_DIRECTORY: Final = (
    "If the account was deleted in Active Directory, restore it there (recycle bin); if it is still"
    " there, move it back into an organisational unit that is synchronised. The next"
    " synchronisation then brings the user back."
)

ENTRIES: Final[Catalogue] = {
    "synced-from-on-premises": Entry(
        "{user} is synchronised from Active Directory. Restored in the cloud alone, the user may be"
        " deleted again, or made twice, by the next synchronisation.",
        f"{_IN_ACTIVE_DIRECTORY} Or have somebody with the role Restore.Override send the request"
        " with allowSynced: true.",
        fix_override=f"{_IN_ACTIVE_DIRECTORY} Or set allowSynced: true: {AGAIN}.",
        fix_keys=f"{_IN_ACTIVE_DIRECTORY} A restore in the cloud takes the role Restore.Override,"
        f" and {BY_KEYS}.",
    ),
    "next-sync": Entry(
        "{user} is synchronised from Active Directory: the next synchronisation may delete"
        " the restored user again.",
        "Have whoever looks after Active Directory restore the account there, too. If the"
        " user is to live in the cloud alone: keep the account out of what is synchronised,"
        " and clear its onPremisesImmutableId.",
    ),
    "privileged-user": Entry(
        "{user} holds {count:an administrator role|# administrator roles}, or may activate"
        " {count:it|them}.",
        "Have a Privileged Authentication Administrator restore this user by hand, in the Entra"
        " admin centre under Deleted users.",
        message_read="{user} holds, or may activate: {other_roles}.",
        fix_admin="Have a Privileged Authentication Administrator restore this user by hand, in the"
        " Entra admin centre under Deleted users. To let the service do it:"
        " PROTECT_PRIVILEGED=false in its settings, and that role for its identity.",
    ),
    "privileged-user/after": Entry(
        "{user} is back, and holds {count:an administrator role|# administrator roles}, which could"
        " not be seen before the restore.",
        "Tell whoever looks after administrator roles, so that they can take away what the user"
        " should not hold any more.",
        message_read="{user} is back, and holds, or may activate: {other_roles}. That could not be"
        " seen before the restore.",
    ),
    "roles-not-checked": Entry(
        "Whether the user holds an administrator role could not be looked up. Microsoft"
        " decides that when the restore is carried out.",
        GRANT,
    ),
    "roles-not-checked/groups": Entry(
        "The groups of a deleted user cannot be seen, and so neither can an administrator role that"
        " a group gives. It is looked up once the user is back.",
        "If the person was no administrator, there is nothing to do. If the person was one, the"
        " role may come back with the group: the finished restore then warns of it, or says that it"
        " could not be looked up.",
    ),
    "roles-not-checked/eligible": Entry(
        "Whether the user may take up an administrator role for a time (Privileged"
        " Identity Management) could not be looked up.",
        "See in the Entra admin centre (Users, the user, Assigned roles) that the user may"
        f" take up only the roles that are meant for it. {GRANT}",
    ),
    "roles-not-checked/groups-hidden": Entry(
        "Whether the user holds an administrator role through a group could not be looked"
        " up after the restore.",
        "See in the Entra admin centre (Users, the user, Assigned roles) that the user"
        f" holds only the roles that are meant for it. {GRANT}",
    ),
    "rehire-blocked": Entry(
        "{names} belongs to somebody with another employee number now.",
        "Bring this person back under another name only if it is the same person; somebody with the"
        " role Restore.Override can do it with acceptRehire: true.",
        message_read="In use by somebody with another employee number: {other_holders}.",
        fix_override=f"If it is the same person after all, set acceptRehire: true: {AGAIN}.",
        fix_keys="To restore this person all the same takes the role Restore.Override, and"
        f" {BY_KEYS}.",
    ),
    "rehire-blocked/marked": Entry(
        "{user} is marked as somebody who is not to be brought back ({mark}).",
        "Ask whoever set the mark to take it off, or somebody with the role"
        " Restore.Override to send the request with acceptRehire: true.",
        fix_override="If the person is to come back all the same, set acceptRehire:"
        f" true: {AGAIN}.",
        fix_keys="Ask whoever set the mark to take it off. To go on in spite of it"
        f" takes the role Restore.Override, and {BY_KEYS}.",
    ),
    "rehire-blocked/member": Entry(
        "{user} is marked as somebody who is not to be brought back: it is a member of the"
        " group {group}.",
        "Ask whoever looks after that group to take the person out, or somebody with the"
        " role Restore.Override to send the request with acceptRehire: true.",
        fix_override="If the person is to come back all the same, set acceptRehire:"
        f" true: {AGAIN}.",
        fix_keys="Ask whoever looks after that group to take the person out. To go"
        f" on in spite of it takes the role Restore.Override, and {BY_KEYS}.",
    ),
    "conflicts-not-checked/mark": Entry(
        "Whether {user} is marked as not to be brought back ({attribute}) could not be looked up.",
        "Look at that property in the Entra admin centre, or ask the personnel department.",
    ),
    "conflicts-not-checked/mark-group": Entry(
        "Whether {user} is a member of the group {group}, which marks whom nobody may bring back,"
        " could not be looked up.",
        "Ask whoever looks after that group. Microsoft Graph tells of groups with the permission"
        " {permission}, and of a deleted user perhaps not even then: look once the user is back.",
    ),
    "not-approved": Entry(
        "The restore was not approved. The reason given: {reason}",
        f"Settle the matter with whoever decided, then {AGAIN}.",
    ),
    "not-approved/wanted": Entry(
        "Somebody has to approve this restore before anything is changed: {rules:; }.",
        "Start it all the same: it waits until somebody with the role Restore.Approve, who is not"
        " the one who asked, has decided. Tell them of it, so that they decide while the mailbox"
        " can still come back.",
    ),
    "not-approved/wanted-then": Entry(
        "A restore that goes on in spite of the refusal has to be approved before anything is"
        " changed: {rules:; }.",
        "Tell somebody with the role Restore.Approve, who is not the one who sends that request,"
        " that it will wait for them.",
    ),
    "not-approved/no-reason": Entry(
        "The restore was not approved; no reason was given.",
        f"Settle the matter with whoever decided, then {AGAIN}.",
    ),
    "not-approved/too-late": Entry(
        "Nobody decided about the restore before {until:time}, the last moment for the"
        " mailbox to come back.",
        f"A licence given now makes a new, empty mailbox. {LOOK_FOR_COPY}",
    ),
    "undo-refused": Entry(
        "Nothing was taken back: the user was signed in to since restore {restore_id}, at"
        " {at:time}.",
        "If it is to be taken back all the same, do it by hand in the Microsoft 365 admin centre.",
    ),
    "undo-refused/license": Entry(
        "Nothing was taken back: since restore {restore_id} the user was given {licenses}.",
        "If it is to be taken back all the same, do it by hand in the Microsoft 365 admin centre.",
    ),
    "undo-refused/plans": Entry(
        "Nothing was taken back: since restore {restore_id} somebody has switched services of"
        " {licenses} on or off for the user.",
        "If it is to be taken back all the same, switch them in the Microsoft 365 admin centre.",
    ),
    "undo-refused/restore": Entry(
        "Nothing was taken back: since restore {restore_id} another restore has changed this user.",
        "Look at the later restore first, and take that one back if that is what is meant.",
        message_read="Nothing was taken back: since restore {restore_id}, restore"
        " {other_restore_id} has changed this user.",
    ),
    "undo-refused/roles": Entry(
        "Nothing was taken back: the user holds {count:an administrator role|# administrator roles}"
        " by now, or may activate {count:it|them}.",
        "If it is to be taken back all the same, do it by hand in the Microsoft 365 admin centre.",
        message_read="Nothing was taken back: the user holds by now, or may activate:"
        " {other_roles}.",
    ),
    "undo-refused/forgotten": Entry(
        "Nothing was taken back: restore {restore_id} is past its keep time, and nothing is known"
        " of it any more.",
        "If it is to be taken back all the same, do it by hand in the Microsoft 365 admin centre.",
    ),
    "undo-refused/unreadable": Entry(
        "Nothing was taken back: the release of the service that runs now cannot read what restore"
        " {restore_id} has done. Another release has written it, or it is damaged.",
        "Ask whoever runs the service to bring the other release back. If it is to be taken back"
        " all the same, do it by hand in the Microsoft 365 admin centre.",
        fix_admin="Bring the other release back, or ask whoever runs the service to; then retry"
        " this undo. If it is to be taken back all the same, do it by hand in the Microsoft 365"
        " admin centre.",
    ),
    "undo-refused/doubt": Entry(
        "Nothing more was sent: a change was sent at {at:time}, its answer was lost, and no look"
        " has shown the change. Whether it was never made, or somebody has put it back since, is"
        " not known.",
        "Look at the user in the Microsoft 365 admin centre. If it is still to be taken back, do it"
        " by hand there.",
        fix_admin="Look at the user in the Microsoft 365 admin centre. If it is still to be taken"
        " back, retry this undo: it looks at everything anew first.",
    ),
    "undo-refused/half": Entry(
        "The licences of the restore were taken off {user}. The user was not deleted: something has"
        " changed since, or the answer about an earlier deletion was lost.",
        "Look at the user in the Microsoft 365 admin centre. If it is to be deleted all the same,"
        " delete it there; if it is to stay, give it its licence back.",
    ),
    "undo-refused/gone": Entry(
        "Nothing was taken back: what restore {restore_id} brought back is not there any more.",
        "Nothing to do: the user was deleted, or lost the licence, in the meantime.",
    ),
}
