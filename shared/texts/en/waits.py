"""Texts about what a restore waits for, and who could shorten the wait."""

from typing import Final

from shared.texts.en.phrases import FREE_A_SEAT, NOTHING
from shared.texts.entry import Catalogue, Entry

_BY_ITSELF: Final = "Nothing to do: the restore goes on by itself."

ENTRIES: Final[Catalogue] = {
    "wait/schedule": Entry(
        "The restore begins at {at:time}, the time that was asked for.",
        "Nothing to do. To have it sooner, cancel it and send a new request.",
    ),
    "wait/approval": Entry(
        "The restore waits for somebody to approve it: {rules}.",
        "Have somebody with the role Restore.Approve decide, who is not the one who asked.",
    ),
    "approval-rule/kind": Entry("restores of this kind are approved first"),
    "approval-rule/override": Entry(
        "the request allows what is refused without it ({protections:; })"
    ),
    "approval-plan/new-name": Entry("the user comes back as {name}"),
    "approval-plan/dropped": Entry("the user comes back without {addresses}"),
    "protection/acceptRehire": Entry(
        "acceptRehire: also if the person is not to be brought back unasked"
    ),
    "protection/acceptUnknownWindow": Entry(
        "acceptUnknownWindow: also if nobody can tell when the licence was lost"
    ),
    "protection/allowSynced": Entry(
        "allowSynced: also if the user is synchronised from Active Directory"
    ),
    "protection/licenseRemovedAt": Entry(
        "licenseRemovedAt: the request alone says when the licence was lost"
    ),
    "protection/onAddressConflict": Entry(
        "onAddressConflict: addresses that somebody else has, if any, are left off"
    ),
    "protection/onUpnConflict": Entry("onUpnConflict: the user gets a new name in any case"),
    "approval-rule/reuse": Entry("a name or an address of the person is in use by somebody else"),
    "approval-rule/batch": Entry("it came with many others"),
    "approval-rule/gone": Entry("the person was lost long ago, or nobody knows when"),
    "wait/throttle": Entry(
        "Microsoft Graph takes no more requests from this tenant at the moment.",
        _BY_ITSELF,
    ),
    "wait/throttle-said": Entry(
        "Microsoft Graph takes no more requests from this tenant at the moment: {why}",
        _BY_ITSELF,
    ),
    "wait/log-in-use": Entry(
        "The audit log may be asked a few times in ten seconds only, and is being read for others:"
        " this restore waits its turn.",
        _BY_ITSELF,
    ),
    "wait/seat": Entry(
        "No licence of this kind is free: {licenses}.",
        f"{FREE_A_SEAT}; the restore goes on by itself within minutes.",
    ),
    "wait/group-seat": Entry(
        "The group {group} gives the licence, and none of this kind is free: {licenses}.",
        f"{FREE_A_SEAT}; the group then gives the licence by itself.",
    ),
    "wait/user-lock": Entry(
        "Another restore of the same person is not over.",
        "Nothing to do for now: this one goes on by itself when the other one has ended. If that"
        " takes long, have somebody with the role Restore.Read look what the other one waits for.",
        fix_read="Nothing to do: this one goes on by itself when the other one has ended.",
    ),
    "wait/user-free": Entry(
        "The other restore of the same person does not hold this one up any more.",
        "Nothing to do: this one goes on by itself.",
    ),
    "wait-behind": Entry(
        "That restore, {restore_id}, waits itself: {wait}",
        "This one goes on by itself when the other one has ended. What helps the other one, GET"
        " /api/restores/{restore_id} says under waiting. If only one of the two is wanted, cancel"
        " the other.",
    ),
    "wait-ends": Entry("The next look is at {at:time}."),
    "wait-ends/until": Entry(
        "The next look is at {at:time}; the restore waits until {until:time} at the longest."
    ),
    "wait-ends/approval": Entry("Without a decision, the restore ends at {until:time}."),
    "wait-decided": Entry(
        "Somebody decides about it.",
        "Where to decide: POST /api/restores/{restore_id}/approve with the planHash told under"
        " approval, or /reject; or Approvals at /api/desk.",
        fix_table="Where to decide: POST /api/restores/{restore_id}/approve or /reject; or"
        " Approvals at /api/desk.",
    ),
    "wait-decided/batch": Entry(
        "Somebody decides about it, or about all that wait in its batch.",
        "Where to decide: POST /api/restores/{restore_id}/approve with the planHash told under"
        " approval, or /reject; or Approvals at /api/desk. For all that wait in the same batch:"
        " POST /api/batches/{batch_id}/approve with the planHash of the batch, or /reject; or"
        " Approvals at /api/desk.",
        fix_table="Where to decide: POST /api/restores/{restore_id}/approve or /reject; or"
        " Approvals at /api/desk. For all that wait in the same batch: POST"
        " /api/batches/{batch_id}/approve or /reject; or Approvals at /api/desk.",
    ),
    "wait-called-off": Entry(
        "It can be called off as long as nothing is changed.",
        "To call this restore off: POST /api/restores/{restore_id}/cancel; or Call it off at"
        " /api/desk. Whoever asked for it may do so, and whoever has the role Restore.Admin.",
    ),
    "wait-called-off/by-keys": Entry(
        "It can be called off as long as nothing is changed.",
        "To call this restore off: POST /api/restores/{restore_id}/cancel.",
    ),
    "wait/mailbox": Entry(
        "The mailbox does not answer yet. That takes minutes as a rule, and at times hours.",
        _BY_ITSELF,
    ),
    "wait/mailbox-twice": Entry(
        "The mailbox still answers although the licence is gone. To be sure, the service"
        " looks once more in some minutes.",
        _BY_ITSELF,
    ),
    "wait/mailbox-silent": Entry(
        "The user has a licence, and no mailbox answers. The service looks once more in"
        " some minutes.",
        _BY_ITSELF,
    ),
    "wait/purpose": Entry(
        "The restored mailbox has not answered yet. If it is a shared one, it is given no licence.",
        _BY_ITSELF,
    ),
    "wait/audit-log": Entry(
        "The audit log may not show the change yet: it comes some minutes late.",
        _BY_ITSELF,
    ),
    "wait/unsettled": Entry(
        "A change of the last minutes does not show everywhere in Entra ID yet.",
        _BY_ITSELF,
    ),
    "wait/blank": Entry(
        "The directory shows the user without any of its properties, neither licences nor whether"
        " it may sign in. That is a read that failed.",
        _BY_ITSELF,
    ),
    "wait/nobody": Entry(
        "Nobody of this name is found so far. Whoever was deleted a moment ago may not show yet, so"
        " the service looks again until {until:time}.",
        "Nothing to do if the name is right. If it has a typing error, cancel this restore and send"
        " it again with the right name.",
    ),
    "wait/nobody-by-id": Entry(
        "Nobody with this object id is found so far. Whoever was deleted a moment ago may not show"
        " yet, so the service looks again until {until:time}.",
        "Nothing to do if the id is right. If it is wrong, cancel this restore and send it again"
        " with the right one.",
    ),
    "wait/nobody-similar": Entry(
        "Nobody of this name is found so far, but {count:one person has|# people have} a similar"
        " one: candidates lists them. Whoever was deleted a moment ago may not show yet, so the"
        " service looks again until {until:time}.",
        "Nothing to do if the name is right. If one of the candidates is meant, cancel this restore"
        " and send it again with that id.",
        message_table="Nobody of this name is found so far, but {count:one person has|# people"
        " have} a similar one. Whoever was deleted a moment ago may not show yet, so the service"
        " looks again until {until:time}.",
        fix_table="Nothing to do if the name is right. If one of those people is meant, cancel this"
        " restore and send it again with that id.",
    ),
    "wait/unreachable": Entry(
        "Microsoft Graph could not do what was asked: {why}",
        "Nothing to do for now: the restore tries again by itself. If it stays so, an administrator"
        " looks at GET /api/status.",
    ),
    "wait/in-doubt": Entry(
        "A change was sent, and the answer did not arrive. The service waits a minute and looks"
        " whether it was made, so that nothing is done twice.",
        _BY_ITSELF,
    ),
    "wait/not-found": Entry(
        "Microsoft Graph says that the user is not there, although it has just shown it.",
        _BY_ITSELF,
    ),
    "wait/not-shown": Entry(
        "The user does not show as active yet.",
        _BY_ITSELF,
    ),
    "wait/lost-again": Entry(
        "The user seems to be lost again, deleted or without its licence. It is looked at for some"
        " minutes before that is believed.",
        _BY_ITSELF,
    ),
    "wait/taken-back": Entry(
        "The change does not show yet.",
        _BY_ITSELF,
    ),
    "wait/licenses": Entry(
        "The licences of the restored user do not show yet.",
        _BY_ITSELF,
    ),
    "wait/renaming": Entry(
        "The name was taken a moment ago; the user is restored under the new name.",
        NOTHING,
    ),
    "wait/usage-location": Entry(
        "The country of the user (usage location) is set, and Microsoft does not take it"
        " into account yet.",
        _BY_ITSELF,
    ),
}
