"""Texts about the 30 days: over, unknown, not proven, or longer than it seems."""

from typing import Final

from shared.texts.en.phrases import (
    AGAIN,
    GRANT,
    HOW_TO_TELL,
    LOOK_ELSEWHERE,
    LOOK_FOR_COPY,
    NOTHING,
    sentence,
)
from shared.texts.entry import Catalogue, Entry

_SHARED: Final = (
    f'If it was a shared, room or equipment mailbox, which needs no licence, use kind "user":'
    f" {AGAIN}."
)
_BY_HAND: Final = (
    "By hand: give the user a licence (Microsoft 365 admin centre, Users, Active"
    " users, the user, Licenses and apps), and look into the mailbox; if it is empty,"
    " the old one is lost."
)
_ATTEMPT: Final = (
    "An administrator of the function app can set UNKNOWN_WINDOW=attempt, or AUTH_MODE=entra so"
    " that somebody can hold the role Restore.Override."
)
_SAY_WHEN: Final = (
    "if you know when the licence was taken away, say so in licenseRemovedAt; else set"
    f" acceptUnknownWindow: true. Then {AGAIN}."
)
_GRANT: Final = (
    "Have a Privileged Role Administrator grant this service's identity the permission"
    " {permission} (infra/graph/grant.py)"
)
_HAVE_IT_SENT: Final = (
    "Have somebody with the role Restore.Override send the request, with licenseRemovedAt if the"
    " day is known, else with acceptUnknownWindow: true."
)

ENTRIES: Final[Catalogue] = {
    "window-closed/deleted": Entry(
        "{user} was deleted at {since:time} and could come back until {until:time}; that is over.",
        LOOK_FOR_COPY,
    ),
    "window-closed/license": Entry(
        "{user} lost the licence at {since:time} at the latest, according to {evidence}."
        " The mailbox could come back until {until:time}; that is over.",
        LOOK_ELSEWHERE,
    ),
    "window-closed/never-seen": Entry(
        "{user} was without a licence with a mailbox at {since:time} at the latest,"
        " according to {evidence}. If there was a mailbox, it could come back until"
        " {until:time}; that is over.",
        LOOK_ELSEWHERE,
    ),
    "window-closed/license-then-deleted": Entry(
        "{user} lost the licence at {since:time} at the latest, according to {evidence},"
        " and was deleted afterwards. The mailbox could come back until {until:time}; that"
        " is over.",
        f"{LOOK_ELSEWHERE} {_SHARED}",
    ),
    "window-closed/not-before": Entry(
        "The mailbox can come back until {until:time}, and the restore was to begin at"
        " {not_before:time}: too late.",
        f"Choose an earlier notBefore, or none: {AGAIN}.",
    ),
    "window-closed/just-now": Entry(
        "The mailbox could come back until {until:time}; that was over before the restore began.",
        LOOK_ELSEWHERE,
    ),
    "window-unknown": Entry(
        "It is not known when {user} lost the licence. After 30 days a new licence gives an empty"
        " mailbox, so nothing was changed.",
        f"{_HAVE_IT_SENT} {_BY_HAND}",
        fix_override=sentence(_SAY_WHEN),
        fix_keys=f"{_ATTEMPT} {_BY_HAND}",
    ),
    "window-unknown/perhaps": Entry(
        "{user} has licences that the tenant does not list ({licenses}), so it is not known whether"
        " it has lost its mailbox, nor when. After 30 days a new licence gives an empty mailbox, so"
        " nothing was changed.",
        f"{_HAVE_IT_SENT} {_BY_HAND}",
        fix_override=sentence(_SAY_WHEN),
        fix_keys=f"{_ATTEMPT} {_BY_HAND}",
    ),
    "window-unknown/no-audit": Entry(
        "It is not known when {user} lost the licence, and the audit log could not be read. After"
        " 30 days a new licence gives an empty mailbox, so nothing was changed.",
        f"{_GRANT}, then {AGAIN}. {_HAVE_IT_SENT} {_BY_HAND}",
        fix_override=f"{_GRANT}. Or, {_SAY_WHEN}",
        fix_keys=f"{_GRANT}, then {AGAIN}. {_ATTEMPT} {_BY_HAND}",
    ),
    "window-not-proven": Entry(
        "It is not known when the licence was lost: the mailbox may come back empty.",
        HOW_TO_TELL,
    ),
    "window-not-proven/delayed": Entry(
        "The licence was last seen at {at:time}, more than 30 days ago. That the mailbox is kept"
        " for longer is known from the setting DELAYED_DELICENSING alone: it may come back empty.",
        HOW_TO_TELL,
    ),
    "window-not-proven/hint": Entry(
        "When the licence was lost is taken from {evidence}: a change of {at:time}, which may have"
        " been another licence. The mailbox may come back empty.",
        HOW_TO_TELL,
    ),
    "window-not-proven/never-seen": Entry(
        "The user was never seen with a mailbox: there may have been none, and then a new, empty"
        " one is made.",
        HOW_TO_TELL,
    ),
    "window-declared": Entry(
        "Only the request says that the licence was lost at {declared:time}; nothing else"
        " shows it. The mailbox may come back empty.",
        HOW_TO_TELL,
    ),
    "evidence-disagrees": Entry(
        "The sources name different times for the loss. The first of these counts; at the others"
        " it may have been another licence: {sources:; }.",
        "If licenseRemovedAt is one of them and wrong, correct it; else there is nothing to do.",
    ),
    "declared-not-used": Entry(
        "licenseRemovedAt ({declared:time}) was not used: no licence is to be given back"
        " to this user, so the 30 days begin with the deletion.",
        "Nothing to do; or, if a licence was taken away before the deletion, name it in license.",
    ),
    "declared-not-used/active": Entry(
        "licenseRemovedAt ({declared:time}) was not used: this restore gives no lost licence back.",
        "Nothing to do; or leave licenseRemovedAt out.",
    ),
    "declared-not-used/no-override": Entry(
        "licenseRemovedAt ({declared:time}) was not used: it counts only from somebody with the"
        " role Restore.Override.",
        "If the date is needed, have somebody with that role send the request.",
        fix_keys="If the date is needed, an administrator of the function app sets AUTH_MODE=entra"
        " so that somebody can hold that role.",
    ),
    "declared-not-used/ruled-out": Entry(
        "licenseRemovedAt ({declared:time}) was not used, since a better source is known:"
        " {evidence}, {at:time}.",
        "Correct licenseRemovedAt, or leave it out.",
    ),
    "declared-not-used/still-there": Entry(
        "licenseRemovedAt ({declared:time}) was not used: the mailbox still answers, so"
        " nothing is lost yet.",
        "Nothing to do.",
    ),
    "declared-not-used/contradicted": Entry(
        "licenseRemovedAt ({declared:time}) was not used: it does not go together with what"
        " was seen of the licences at other times.",
        "Correct licenseRemovedAt, or leave it out.",
    ),
    "declared-not-used/too-old": Entry(
        "licenseRemovedAt ({declared:time}) was not used: with it the 30 days would be"
        " over, and nothing else shows that they are.",
        "Correct licenseRemovedAt, or leave it out.",
    ),
    "declared-in-future": Entry(
        "licenseRemovedAt ({declared:time}) lies in the future and was not used.",
        f"Send the time at which the licence was taken away: {AGAIN}.",
    ),
    "audit-not-checked": Entry(
        "The audit log could not be read, so it says nothing about when a licence was lost.",
        GRANT,
    ),
    "audit-not-checked/license": Entry(
        "The tenant has no licence with which the audit log may be read, so the log says"
        " nothing about when a licence was lost.",
        "To have it read, the tenant needs Microsoft Entra ID P1 or P2.",
    ),
    "audit-not-checked/refused": Entry(
        "The audit log could not be read, although this service's identity has the permissions for"
        " it, so it says nothing about when a licence was lost.",
        "Look into the audit log by hand (Entra admin centre, Monitoring and health, Audit logs):"
        " a licence that was taken away shows there for 30 days at most.",
    ),
    "audit-not-checked/unavailable": Entry(
        "There is no audit log to be read in this cloud, so it says nothing about when a"
        " licence was lost.",
        "Ask whoever takes licences away when that was, or look into the audit log of"
        " Microsoft Purview.",
    ),
    "audit-not-checked/sign-ins": Entry(
        "Whether the user was signed in to since the restore could not be looked up.",
        "Ask the user before anything is lost to them. To have it looked up, the service's identity"
        " needs the permission {permission}, and the tenant Microsoft Entra ID P1.",
    ),
    "delayed-delicensing": Entry(
        "This tenant keeps mailboxes longer after a licence is taken away (delayed delicensing): it"
        " may be there until {until:time}.",
        NOTHING,
    ),
    "evidence/deleted": Entry("the day of the deletion in Entra ID"),
    "evidence/observed": Entry("what this service itself has seen"),
    "evidence/audit": Entry("the audit log"),
    "evidence/created": Entry("the day on which the account was created"),
    "evidence/mailbox": Entry("the mailbox, which still answers"),
    "evidence/declared": Entry("the date given in the request"),
    "evidence/none": Entry("no source"),
    "evidence-at": Entry("{evidence}: {at:time}"),
}
