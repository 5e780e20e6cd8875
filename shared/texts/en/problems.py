"""Texts of problem documents, which are answered instead of a result."""

from typing import Final

from shared.texts.en.phrases import AGAIN, KEPT_AWAY
from shared.texts.entry import Catalogue, Entry

_ID_FROM_ANSWER: Final = "Use the id from the answer to your request."
_ASSIGN: Final = (
    "Have an administrator give you the role {role} (Entra admin centre, Enterprise"
    " apps, this service, Users and groups), and sign in again."
)
_NOBODY_HAS_IT: Final = (
    "While callers use function keys, nobody can hold that role. An administrator of the function"
    " app sets AUTH_MODE=entra, turns its sign-in on, and assigns the role."
)
_WAIT: Final = "Wait as long as the header Retry-After says, then ask again."

ENTRIES: Final[Catalogue] = {
    "invalid-request": Entry(
        "The request could not be understood: {faults:; }",
        "Put right what errors names and send the request again; nothing was begun.",
    ),
    "invalid-request/shape": Entry(
        "The request could not be understood: {faults:; }",
        "Put right what errors names and send the request again; nothing was begun. Such a request"
        " looks like this: {example}",
    ),
    "invalid-request/item": Entry(
        "This item could not be understood: {faults:; }",
        "Put right what errors names and send this item again, in a batch with a new key; the"
        " items that are valid go on.",
        fix_table="Put right what this line says under message, and send it again, in a batch with"
        " a new key; the lines that are valid go on.",
    ),
    "warned-of": Entry("Warning: {warning}"),
    "item-repeats": Entry(
        "Asks for the same as the item with the index {index}; one of the two is enough."
    ),
    "body-too-large": Entry(
        "The request has {size} bytes, and at most {most} are taken.",
        "Leave out what is not needed, or spread it over several requests.",
    ),
    "body-too-large/to-keep": Entry(
        "The request is too large to be kept.",
        "Leave out what is not needed, or spread it over several requests.",
    ),
    "wrong-content-type": Entry(
        "The request does not say that it is JSON.",
        "Send JSON, with the header Content-Type: application/json.",
    ),
    "wrong-content-type/csv": Entry(
        "This address takes JSON, and no CSV.",
        "Send JSON, with the header Content-Type: application/json. To bring back the people in a"
        " CSV file, send it to POST /api/batches.",
    ),
    "wrong-content-type/workbook": Entry(
        "The request is an Excel workbook, and a list is taken as CSV.",
        'Save it in Excel as "CSV UTF-8" (File, Save as), and send that file with the header'
        " Content-Type: text/csv.",
    ),
    "wrong-content-type/form": Entry(
        "The request is a form with a file in it, and a list is taken as it stands.",
        "Send the file itself, with the header Content-Type: text/csv (curl: --data-binary"
        " @leavers.csv and no -F; PowerShell: -InFile leavers.csv and no -Form).",
    ),
    "wrong-content-type/or-csv": Entry(
        "The request says neither that it is JSON nor that it is CSV.",
        "Send JSON with the header Content-Type: application/json, or CSV with the header"
        " Content-Type: text/csv.",
    ),
    "not-signed-in": Entry(
        "Nobody is signed in: the request carries no identity.",
        "Sign in with Entra ID and send its token in the header Authorization.",
    ),
    "not-signed-in/off": Entry(
        "The sign-in of the function app is off (WEBSITE_AUTH_ENABLED is not true), so the"
        " service cannot know who asks.",
        "An administrator of the function app turns its sign-in on (Azure portal, the"
        " function app, Authentication), or sets AUTH_MODE=keys.",
    ),
    "not-signed-in/nameless": Entry(
        "The identity in the request names neither a user nor an application.",
        "Sign in with Entra ID, as a user or as an application.",
    ),
    "not-signed-in/malformed": Entry(
        "The identity that the platform added to the request cannot be read.",
        "Sign in again; if it stays so, an administrator looks at the sign-in of the function app.",
    ),
    "role-missing": Entry(
        "This takes the role {role}.",
        _ASSIGN,
        fix_keys=_NOBODY_HAS_IT,
    ),
    "role-missing/fields": Entry(
        "These parts of the request take the role {role}: {fields}.",
        "Leave them out, or have somebody with that role send the request.",
        fix_keys=f"Leave them out. {_NOBODY_HAS_IT}",
    ),
    "role-missing/cancel": Entry(
        "To cancel a restore that somebody else asked for takes the role {role}.",
        "Have whoever asked for it cancel it, or somebody with that role.",
        fix_keys=f"Have whoever asked for it cancel it. {_NOBODY_HAS_IT}",
    ),
    "role-missing/event": Entry(
        "To subscribe to {event} takes the role {role}.",
        _ASSIGN,
        fix_keys=_NOBODY_HAS_IT,
    ),
    "cross-site": Entry(
        "The request came from a browser that is signed in, but not from a page of this service.",
        "From a page of this service, send the header X-Requested-With: reprieve; from"
        " elsewhere, send a token in the header Authorization.",
    ),
    "own-request": Entry(
        "Nobody can decide about a restore that they asked for themselves.",
        "Have somebody else with the role Restore.Approve decide.",
    ),
    "restore-not-found": Entry(
        "There is no restore of this id, or you may not see it. Restores are kept for some time"
        " after their end: 90 days, unless the setting LEDGER_KEEP_DAYS says otherwise.",
        _ID_FROM_ANSWER,
        fix_read=f"{_ID_FROM_ANSWER} GET /api/restores lists all that are kept, and GET"
        " /api/restores?user= with an address those of one person.",
    ),
    "batch-not-found": Entry(
        "There is no batch of this id, or you may not see it.",
        _ID_FROM_ANSWER,
    ),
    "guard-not-found": Entry(
        "There is no guard of this id; it may have been removed already.",
        "GET /api/guards lists the guards with their ids.",
    ),
    "subscription-not-found": Entry(
        "There is no subscription of this id that you could end.",
        "GET /api/subscriptions lists yours with their ids.",
    ),
    "key-reused": Entry(
        "This idempotencyKey belongs to another request of yours, restore {restore_id}.",
        "Use another key, or ask for that restore.",
    ),
    "key-reused/batch": Entry(
        "This idempotencyKey belongs to another request of yours, batch {batch_id}.",
        "Use another key, or ask for that batch.",
    ),
    "not-cancellable": Entry(
        "Too late to cancel: a change was sent to Microsoft, or may have been.",
        "Wait until the restore has ended, and see then what it has done.",
    ),
    "not-cancellable/ended": Entry(
        "Too late to cancel: the restore has ended ({status}).",
        "Look at its outcome; there is nothing left to cancel.",
    ),
    "not-cancellable/erasing": Entry(
        "Nothing was erased: restore {restore_id} of this person is not over, and has changed"
        " something, or may have.",
        "Wait until it has ended, and send the same again.",
    ),
    "not-retryable": Entry(
        "The restore has not ended ({status}), so there is nothing to retry.",
        "Wait until it has ended.",
    ),
    "not-retryable/succeeded": Entry(
        "The restore has succeeded, so there is nothing to retry.",
        "If something is missing all the same, send a new request, with a new idempotencyKey if it"
        " had one.",
    ),
    "not-retryable/cancelled": Entry(
        "The restore was cancelled, and is not taken up again.",
        f"To bring the person back after all, {AGAIN}.",
    ),
    "not-retryable/taken-back": Entry(
        "The restore is being taken back by {restore_id}.",
        "Wait until that one has ended, and send the same again if it is still wanted then.",
    ),
    "not-retryable/drill": Entry(
        "The drill has changed nothing, so there is nothing to bring back. It is not begun at"
        " another time of the day.",
        "Nothing to do: the next drill begins at its time.",
    ),
    "not-retryable/unreadable": Entry(
        "The message behind this restore could not be understood, and never will be.",
        "Have whoever sent it send a corrected one.",
    ),
    "not-waiting-for-approval": Entry(
        "The restore does not wait for an approval ({status}).",
        "Look at it: it was decided about already, or has gone on.",
    ),
    "not-waiting-for-approval/batch": Entry(
        "In this batch nothing waits for an approval ({status}).",
        "Look at its restores: they were decided about already, have gone on, or have not"
        " come so far.",
    ),
    "plan-changed": Entry(
        "What would be done is not what you have seen: the plan has changed since.",
        "Read the restore again, and decide about the plan that it has now.",
    ),
    "not-undoable": Entry(
        "The restore has changed nothing, so there is nothing to take back.",
        "Nothing to do.",
    ),
    "not-undoable/unfinished": Entry(
        "The restore has not ended yet ({status}).",
        "Cancel it, as long as nothing was changed; else wait for its end, and take it back then.",
    ),
    "not-undoable/of-its-own": Entry(
        "What the service has taken back or tried out by itself cannot be taken back.",
        "To have the person back, send a new request.",
    ),
    "not-undoable/off": Entry(
        "Taking restores back (undo) is turned off.",
        "An administrator of the function app sets UNDO=true; or take it back by hand in"
        " the Microsoft 365 admin centre (Users, Active users).",
    ),
    "too-many/restores": Entry(
        "You have {most} unfinished restores, which is as many as one caller may have.",
        f"{_WAIT} Many at once are better sent as a batch (POST /api/batches).",
    ),
    "too-many/batches": Entry(
        "You have {most} unfinished batches, which is as many as one caller may have.",
        f"{_WAIT} Each batch may have up to 1,000 restores.",
    ),
    "too-many/schedules": Entry(
        "You have {most} restores with a time to come (notBefore), which is as many as one caller"
        " may have.",
        "Cancel some of them, or wait until some have begun.",
    ),
    "too-many/checks": Entry(
        "You have asked for {most} checks within a minute, which is as many as one caller may ask"
        " for.",
        _WAIT,
    ),
    "too-many/check-calls": Entry(
        "You have asked for checks {most} times within a minute, which is as often as one caller"
        " may ask.",
        f"{_WAIT} Up to 100 people can be checked at once (restores).",
    ),
    "too-many/subscriptions": Entry(
        "You have {most} subscriptions, which is as many as one caller may have.",
        "End those that nobody needs (GET and DELETE /api/subscriptions).",
    ),
    "busy": Entry(
        "The restore is changing at this very moment.",
        "Send the same again in some seconds.",
    ),
    "storage-unavailable": Entry(
        "The service's storage does not answer. What was asked for may have been begun or not.",
        f"{_WAIT} Sending the very same request again does nothing twice.",
    ),
    "storage-unavailable/other-release": Entry(
        "Another release of this service has written what was asked about, and the one that runs"
        " now cannot read it. Nothing was changed.",
        "Ask whoever runs the service to bring that release back. Until then it stays as it is.",
    ),
    "directory-unavailable": Entry(
        "Microsoft Graph could not be asked: {why}",
        _WAIT,
    ),
    "directory-unavailable/permission": Entry(
        "Microsoft does not show this to the service. {said}",
        "Have a Privileged Role Administrator grant this service's identity the permission"
        " {permission} (infra/graph/grant.py), then ask again.",
    ),
    "directory-unavailable/held": Entry(
        "Microsoft Graph does not show this to the service, although its identity has the"
        " permissions for it, as far as the service can tell ({permission}). {said}",
        f"{KEPT_AWAY} It needs {{permission}}. Then ask again.",
    ),
    "directory-unavailable/refused": Entry(
        "Microsoft Graph refuses to answer. {said}",
        "Ask again in some minutes; if it stays so, show an administrator what it said.",
    ),
    "configuration-wrong": Entry(
        "Settings of the service are wrong, so it cannot work.",
        "An administrator of the function app finds in its log which ones, and what to write.",
    ),
}
