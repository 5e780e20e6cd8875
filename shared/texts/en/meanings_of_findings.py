"""Texts that say what each finding code means, for the description of the API."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "meaning/window-not-proven": Entry(
        "When the licence was lost is not certain; the mailbox may be empty."
    ),
    "meaning/window-declared": Entry(
        "Only the request says when the licence was lost; the mailbox may be empty."
    ),
    "meaning/evidence-disagrees": Entry("Sources name different times for the loss."),
    "meaning/declared-not-used": Entry("licenseRemovedAt was not used, and why."),
    "meaning/declared-in-future": Entry("licenseRemovedAt lies in the future."),
    "meaning/audit-not-checked": Entry("The audit log could not be read."),
    "meaning/conflicts-not-checked": Entry("Whether names are in use was not looked up."),
    "meaning/roles-not-checked": Entry("Administrator roles were not looked up."),
    "meaning/mailbox-not-verified": Entry("Whether the mailbox is back was not seen."),
    "meaning/mailbox-may-be-gone": Entry(
        "The request has the kind user; the mailbox was probably lost before."
    ),
    "meaning/mailbox-still-there": Entry("No licence, and the mailbox still answers."),
    "meaning/account-is-new": Entry("The account is younger than the mailbox that may be meant."),
    "meaning/mailbox-is-new": Entry("The mailbox began anew after an earlier loss."),
    "meaning/delayed-delicensing": Entry("The tenant keeps mailboxes longer than 30 days."),
    "meaning/license-chosen": Entry("Which licences are given, and why."),
    "meaning/licenses-come-back": Entry("Which licences come back with the user."),
    "meaning/license-left-out": Entry("Which licences are not given back, and why."),
    "meaning/license-not-used": Entry("The licence in the request is not given."),
    "meaning/plan-not-in-sku": Entry("disabledPlans names plans that are not in the licence."),
    "meaning/license-smaller": Entry("The mailbox of the licence is smaller than the old one."),
    "meaning/license-missing": Entry(
        "The request has the kind user; the person is active and has lost the mailbox licence."
    ),
    "meaning/archive-lost": Entry(
        "The licence of the archive is gone; the archive has 30 days of its own."
    ),
    "meaning/shared-unlicensed": Entry("A shared, room or equipment mailbox lost a licence."),
    "meaning/mailbox-may-be-on-premises": Entry(
        "The mailbox may be on your own Exchange servers (on-premises)."
    ),
    "meaning/moved-to-another-tenant": Entry("The person may have moved to another tenant."),
    "meaning/seats-free": Entry("How many licences are free."),
    "meaning/no-free-seat": Entry("No licence is free: the restore waits for one."),
    "meaning/seats-overdrawn": Entry("The user comes back with a licence beyond those bought."),
    "meaning/subscription-suspended": Entry(
        "The subscription has run out or was not paid for (suspended)."
    ),
    "meaning/removed-in-exchange": Entry("Deleted in Exchange: the old name has to come back."),
    "meaning/new-name-not-used": Entry("newUserPrincipalName was not needed."),
    "meaning/addresses-dropped": Entry("Which addresses the restored user does not have."),
    "meaning/user-renamed": Entry("The user comes back under another name."),
    "meaning/aliases-missing": Entry("Which further addresses are missing."),
    "meaning/next-sync": Entry("What the next directory synchronisation does."),
    "meaning/sign-in-blocked": Entry("The user is back and cannot sign in."),
    "meaning/sign-in-open": Entry("A shared mailbox whose account can be signed in to."),
    "meaning/usage-location-late": Entry("The country is set and not taken into account yet."),
    "meaning/mailbox-not-answering": Entry("Active and licensed, and no mailbox answers."),
    "meaning/similar-names": Entry("People of nearly this name."),
    "meaning/groups-come-back": Entry("Group memberships come back."),
    "meaning/mailbox-comes-back": Entry("How the mailbox comes back."),
    "meaning/password-may-need-reset": Entry("The old password may not be accepted."),
    "meaning/sign-in-state": Entry("Whether sign-in is shown as allowed."),
    "meaning/not-looked-at": Entry("What nobody looked at."),
    "meaning/directory-unsettled": Entry(
        "Entra ID contradicts itself about the user, or a restore of the user is not over."
    ),
    "meaning/callback-failed": Entry("The callback was not taken."),
}
