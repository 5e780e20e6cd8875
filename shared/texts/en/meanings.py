"""Texts that say what each outcome code means, for the description of the API."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "meaning/user-restored": Entry("The user is back; this does not say that the mailbox is."),
    "meaning/license-restored": Entry(
        "The licence is back; this does not say that the mailbox is."
    ),
    "meaning/mailbox-restored": Entry(
        "The mailbox was seen to answer, and it was proven before that it could still come back."
    ),
    "meaning/already-active": Entry("There was nothing to do."),
    "meaning/dry-run": Entry("A trial run came to its plan; nothing was changed."),
    "meaning/undone": Entry("What an earlier restore had done was taken back."),
    "meaning/invalid-request": Entry("A queue message could not be understood; it is kept."),
    "meaning/user-not-found": Entry("Nobody, active or deleted, was found under the name or id."),
    "meaning/user-purged": Entry("The person was known and is gone for good."),
    "meaning/ambiguous-user": Entry("The name fits several people; candidates lists them."),
    "meaning/window-closed": Entry("The 30 days were over before anything was changed."),
    "meaning/window-unknown": Entry("It is not known when the licence was lost."),
    "meaning/upn-conflict": Entry("The user name is in use, or on a domain that is gone."),
    "meaning/address-conflict": Entry(
        "A mail address is in use by another object, or on a domain that is gone."
    ),
    "meaning/immutable-id-conflict": Entry(
        "Another user has the same link to Active Directory (immutable ID)."
    ),
    "meaning/property-conflict": Entry("Another property that no two may share is in use."),
    "meaning/new-name-needed": Entry(
        "Deleted in Exchange, and the old main address, which has to come back, is not known."
    ),
    "meaning/new-name-not-allowed": Entry(
        "The new name may not be given by this caller, or not in this tenant."
    ),
    "meaning/user-is-deleted": Entry("The request has the kind license, and the user is deleted."),
    "meaning/rehire-blocked": Entry(
        "The name belongs to a new person, or the user is marked not to be brought back."
    ),
    "meaning/synced-from-on-premises": Entry("The user is synchronised from Active Directory."),
    "meaning/license-unknown": Entry("It is not known, or not clear, which licence is meant."),
    "meaning/license-not-allowed": Entry("A licence that this caller may not name."),
    "meaning/license-not-in-tenant": Entry("The tenant does not have the licence."),
    "meaning/license-without-mailbox": Entry("The licence gives no mailbox."),
    "meaning/license-from-group": Entry("The licence comes from a group, which does not give it."),
    "meaning/usage-location-missing": Entry("The user has no country (usage location)."),
    "meaning/license-conflict": Entry("The licence does not fit the others of the user."),
    "meaning/privileged-user": Entry("The user holds, or may activate, an administrator role."),
    "meaning/not-approved": Entry("The restore was rejected, or nobody decided in time."),
    "meaning/undo-refused": Entry("Something has changed since, so nothing was taken back."),
    "meaning/no-seat": Entry("No licence came free while the mailbox could still come back."),
    "meaning/window-closed-while-waiting": Entry(
        "The time for the mailbox to come back ran out while the restore waited."
    ),
    "meaning/mailbox-not-seen": Entry("No mailbox answered for as long as was waited."),
    "meaning/lost-again": Entry(
        "The user was deleted or lost the licence again while the restore was still looking."
    ),
    "meaning/permission-missing": Entry("The service lacks a Microsoft Graph permission."),
    "meaning/out-of-reach": Entry(
        "The service has the permission, and this person is protected from it."
    ),
    "meaning/directory-error": Entry("Microsoft Graph refused for another reason."),
    "meaning/gave-up": Entry(
        "The service could not carry it out: it failed several times in a row."
    ),
    "meaning/cancelled": Entry("The restore was called off before anything was changed."),
}
