"""Words of the view Bring back: one restore, and what can be done with it."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "restore.who": "Who",
    "restore.who-hint": "User name, address or object id, as it was before the loss.",
    "restore.look-up": "Look up",
    "restore.checking": "Looking at the person, the window, licences and conflicts …",
    "restore.recent": "Sent from this browser",
    "restore.no-list": (
        "To list all restores takes the role Restore.Read. One of yours opens here by its id."
    ),
    "restore.id": "Id of a restore",
    "restore.open": "Open",
    "restore.choices": "Choices for this person",
    "restore.reason": "Reason",
    "restore.ticket": "Ticket",
    "restore.more": "Another kind, or later",
    "restore.kind": "What to bring back",
    "restore.not-before": "Not before",
    "restore.not-before-hint": "In your time zone. Left empty, it begins at once.",
    "restore.the-license": "the licence",
    "restore.button-blocked": "Bring {name} back",
    "restore.button-both": "Restore {name} and give back {license}",
    "restore.button-license": "Give back {license} to {name}",
    "restore.button-user": "Restore {name}",
    "restore.button-verify": "Look whether the mailbox of {name} answers",
    "restore.button-later": "Restore {name} {when}",
    "restore.button-unchecked": "Restore {name} without this check",
    "restore.unchecked-hint": "The restore checks everything again before it changes anything.",
    "restore.sending": "Sending …",
    "restore.send-hint": "Every step is looked at before and after, and done at most once.",
    "restore.blocked": "{count:One thing stands|# things stand} in the way.",
    "restore.said-ready": "Checked: can be restored",
    "restore.said-blocked": "Checked: something stands in the way",
    "restore.act-kind": "Bring back whatever is missing instead",
    "restore.act-license": "Choose a licence",
    "restore.act-new-name": "Give a new name",
    "restore.act-drop": "Drop the addresses",
    "restore.act-unknown-window": "Say when, or go on without",
    "restore.act-rehire": "Go on all the same",
    "restore.act-synced": "Restore in the cloud all the same",
    "choice.license": "Licence",
    "choice.license-lost": "What was lost: {names}",
    "choice.license-found": "What the service finds",
    "choice.license-lost-hint": "As far as the evidence tells.",
    "choice.license-all": "Everything that went in the same loss",
    "choice.free-seats": "{count:# free seat|# free seats}",
    "choice.suspended": "the subscription is suspended",
    "choice.deleted": "the subscription is deleted",
    "choice.new-name": "New user name",
    "choice.new-name-hint": (
        "In a verified domain of the tenant. Used only where the old name cannot be had."
    ),
    "choice.always": "Use it in any case",
    "choice.always-hint": "Even if the old name is free.",
    "choice.drop": "Leave out addresses that somebody else has now",
    "choice.drop-hint": "The record keeps which.",
    "choice.removed-at": "When the licence was taken away",
    "choice.removed-at-hint": (
        "Your own knowledge, in your time zone. It is written down as declared."
    ),
    "choice.unknown-window": "Go on although nobody can tell",
    "choice.unknown-window-hint": "The mailbox that comes back may be a new, empty one.",
    "choice.rehire": "Bring back all the same",
    "choice.rehire-hint": (
        "Although the name belongs to somebody else, or the person is marked not to be brought "
        "back."
    ),
    "choice.synced": "Restore in the cloud",
    "choice.synced-hint": "The next directory synchronisation may undo it.",
    "candidates.title": "Did you mean",
    "candidates.deleted": "deleted {when}",
    "findings.to-know": "{count:# thing to know|# things to know}",
    "one.title": "Restore",
    "one.loading": "Reading the restore …",
    "one.steps": "Steps",
    "one.no-steps": "Nothing is planned yet.",
    "one.no-steps-ended": "No step was begun.",
    "one.facts": "Facts",
    "one.journal": "Journal",
    "one.journal-empty": "Nothing is written down yet.",
    "one.no-journal": "The journal could not be read.",
    "one.received": "What was received",
    "one.request-id": "Graph request id",
    "one.looks-again": "The service looks again {when}.",
    "one.at-most": "It waits at most until the window ends, {when}.",
    "one.the-other": "The other restore",
    "one.undoes": "undoes another restore",
    "one.undone-by": "was undone",
    "one.save-csv": "Save as CSV",
    "one.print": "Print",
    "one.erase": "Erase this person …",
    "one.approval-open": "not decided yet",
    "one.approved": "approved by {who}, {when}",
    "one.rejected": "rejected by {who}, {when}",
    "one.somebody-else": "somebody else",
    "journal.by": "by {who}",
    "journal.nameless": "a function key, or somebody else",
    "journal.evidence": "Evidence and ids",
    "journal.worker": "Worker",
    "journal.evidence-is": "Evidence",
    "journal.request-id": "Graph request id",
    "journal.hash": "Hash",
    "journal.previous": "Hash before",
    "journal.attempt": "Attempt {count:#|#}",
    "action.cancel": "Call it off",
    "action.retry": "Try again",
    "action.undo": "Undo",
    "action.approve": "Approve",
    "action.reject": "Reject",
    "action.anew": "Ask for it anew",
    "action.own-request": "You asked for this yourself: somebody else has to decide.",
    "ask.cancel": "Call off the restore of {name}?",
    "ask.cancel-text": "Nothing was changed in the directory yet, and nothing will be.",
    "ask.retry": "Try again for {name}?",
    "ask.retry-text": (
        "The next attempt of the same record, with the rights of whoever asked first."
    ),
    "ask.undo": "Undo the restore of {name}?",
    "ask.undo-text": (
        "What this restore did is taken back: the licence is removed, or the user is deleted "
        "again. A restore of its own writes it down."
    ),
    "ask.approve": "Approve the restore of {name}?",
    "ask.approve-text": (
        "It is carried out as shown. If the plan has changed by now, nothing happens and you are "
        "told."
    ),
    "ask.reject": "Reject the restore of {name}?",
    "ask.reject-text": "It ends as not approved, and whoever asked for it reads your reason.",
    "ask.approve-all": "Approve {count:# restore|all # restores} of this batch?",
    "ask.approve-all-text": (
        "They are carried out as shown. If one of the plans has changed by now, nothing happens "
        "and you are told."
    ),
    "ask.reject-all": "Reject {count:# restore|all # restores} of this batch?",
    "ask.reject-all-text": (
        "They end as not approved, and whoever asked for them reads your reason."
    ),
    "ask.remove-guard": "Guard {name} no more?",
    "ask.remove-guard-text": (
        "The next loss will not be answered. Restores that the guard has begun go on."
    ),
    "ask.end-subscription": "End this subscription?",
    "ask.end-subscription-text": "{host} will not be told any more.",
}
