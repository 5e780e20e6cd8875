"""Words of the views Many, History, Failed, Guards, Subscriptions, Approvals, Status, report."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "many.intro": "Paste a list or drop a file. Each row is checked before anything is sent.",
    "many.paste": "A list of people: addresses, or CSV with a header",
    "many.choose-file": "Choose a file",
    "many.or-drop": "or drop it here",
    "many.check": "Check the list",
    "many.columns": "Which columns are understood",
    "many.columns-text": (
        "One address on each line is enough, and so is one line of recipients from a mail. With a "
        "header: user (or upn, mail, email), kind, licenses (separated by |), reason, ticket, "
        "notBefore, newUserPrincipalName and the other "
        "fields of a request, in any case. Comma, semicolon or tab; UTF-8, or UTF-16 as Excel "
        "saves it."
    ),
    "many.recent": "Sent from this browser",
    "many.not-read": "The list cannot be read",
    "many.rows": "Rows of the list",
    "many.user-of-line": "Person of line {line}",
    "many.on-rows": "On {count:one row|# rows}",
    "many.unchecked": "not checked yet",
    "many.blocked": "blocked",
    "many.invalid": "not understood",
    "many.idle": "nothing lost",
    "many.twice": "named twice",
    "many.twice-of": "The same address as in line {line}: one restore is enough for one person.",
    "many.counts-twice": "{count:# row|# rows} named twice",
    "many.pass-over": "Leave {count:it|them} out and check the list",
    "many.counts": "{ready} ready, {blocked} blocked, {invalid} not understood",
    "many.counts-idle": "{idle} with nothing lost",
    "many.checking": "checking {count:one more|# more}",
    "many.progress": "Rows checked",
    "many.start-over": "Start over",
    "many.did-you-mean": "Did you mean",
    "many.send-anyway": "send it all the same",
    "many.reason": "Reason for all of them",
    "many.send": "Send {count:# request|# requests}",
    "many.send-hint": "{count:One row is|# rows are} left out.",
    "csv.encoding": 'The file is neither UTF-8 nor UTF-16. Save it as "CSV UTF-8" in Excel.',
    "csv.empty": "There is nothing in it.",
    "csv.quote": "The quotation mark that opens in line {line} is never closed.",
    "csv.header": "{count:This column is|These columns are} not known: {names}. Nothing was sent.",
    "csv.header-fix": (
        "Give {count:it|each} one of the names under “{columns}”, or leave {count:it|them} out: "
        "what stands there is not sent then."
    ),
    "csv.near": "Did you mean {field} by {title}? Then write it so in the first line.",
    "csv.column": "column {number} (no name)",
    "csv.no-user": (
        "No column says who is meant. The first line has {names}: call the column with the "
        "addresses “user”."
    ),
    "csv.twice": "The columns {names} mean the same: keep one of them.",
    "csv.too-many": "The list has {count:# row|# rows}; one order takes {most}. Split it.",
    "csv.too-many-cells": "More cells than the header has.",
    "csv.yes-or-no": "{title}: write true or false.",
    "csv.status": "The status is none that an answer has; empty it to send the row.",
    "csv.result": (
        "This is the answer about a batch, which does not have all that was asked for: add the"
        " column kind, and dryRun, reason and what else your first list had."
    ),
    "csv.done": (
        "Everybody in it is back, was called off or is under way. To send a row all the same,"
        " empty its status."
    ),
    "csv.nobody": "Nobody is named.",
    "csv.kind": "{title}: write mailbox, user or license.",
    "batch.title": "Batch",
    "batch.at-work": "{count:# person is|# people are} being brought back",
    "batch.done": "The batch of {count:# person|# people} has ended",
    "batch.progress": "{done} of {count:#|#} done",
    "batch.rows": "Rows of the batch",
    "batch.filter": "Show only",
    "batch.all": "All {count:#|#}",
    "batch.save-csv": "Save as CSV",
    "batch.repeats": "the same as row {line}",
    "batch.approval": "{count:One waits|# wait} for an approval.",
    "batch.to-approvals": "To the approvals",
    "history.rows": "Restores, newest first",
    "history.person": "Person",
    "history.status": "Status",
    "history.any-status": "Any",
    "history.from": "From",
    "history.to": "Until",
    "history.requested-by": "Asked for by (id)",
    "history.batch": "batch {id}",
    "history.none": "No restore fits.",
    "history.all-shown": "All {count:#|#} are shown",
    "history.some-shown": "{count:#|#} so far; scroll for more",
    "history.save-csv": "Save as CSV",
    "history.saving": "Reading …",
    "history.trail": "Audit trail …",
    "history.trail-title": "Audit trail",
    "history.trail-text": (
        "The journal of all restores between the two days, with what is needed to check it without "
        "this service."
    ),
    "history.trail-check": (
        "Whether a line was changed or taken out is told by check_trail.py, one file from "
        "infra/trail of the project. Save both in one folder, then run:"
    ),
    "history.trail-ndjson": "Save, to be checked (NDJSON)",
    "history.trail-csv": "Save as a table (CSV)",
    "failed.failed": "Failed",
    "failed.unreadable": "Not understood",
    "failed.refused": "Refused",
    "failed.which": "Which",
    "failed.rows": "Restores that did not go",
    "failed.intro-failed": "These were tried and did not go. Each says why, and what to do.",
    "failed.intro-unreadable": (
        "Messages from the queue that could not be understood. Nothing of them is lost."
    ),
    "failed.intro-refused": "These were looked at and refused before anything was changed.",
    "failed.none-failed": "Nothing has failed.",
    "failed.none-unreadable": "Every message was understood.",
    "failed.none-refused": "Nothing was refused.",
    "failed.none-yet": "None in what was read so far.",
    "failed.look-further": "Look further back",
    "failed.a-message": "A message from the queue",
    "failed.received": "What was received",
    "failed.pick": "Select for another try",
    "failed.retry": "Try {count:# again|# again}",
    "failed.retried": "{count:# restore begins|# restores begin} another attempt",
    "guards.intro": (
        "A guard is a standing order: when this person loses the mailbox, the service brings it "
        "back on its own."
    ),
    "guards.add-title": "Guard somebody",
    "guards.user": "User name, address or object id",
    "guards.act": "Acts",
    "guards.kind": "Brings back",
    "guards.add": "Add the guard",
    "guards.added": "{name} is guarded",
    "guards.added-but": "{name} is guarded, but a restore would be refused today",
    "guards.said-added": "The guard was added",
    "guards.none": "Nobody is guarded.",
    "guards.standing": "{count:# guard|# guards}",
    "guards.since": "by {who}, {when}",
    "guards.seen": "last seen {when}",
    "guards.last-loss": "last loss {when}, {evidence}",
    "guards.its-restore": "its restore",
    "guards.remove": "Remove",
    "act.when-closing": "when the window is closing",
    "act.at-once": "at once",
    "act.when-closing-long": "Acts when the window is closing.",
    "act.at-once-long": "Acts as soon as the loss is seen.",
    "subscriptions.intro": "A subscription sends every event of one kind to an address of yours.",
    "subscriptions.add-title": "Subscribe",
    "subscriptions.event": "Event",
    "subscriptions.url": "Address",
    "subscriptions.url-hint": "https, at a host that the service's settings allow.",
    "subscriptions.only": "Only those that end as (none ticked: all)",
    "subscriptions.add": "Subscribe",
    "subscriptions.said-added": "The subscription was added",
    "subscriptions.none": "There is no subscription.",
    "subscriptions.since": "by {who}, since {when}",
    "subscriptions.ends": "ends {when}",
    "subscriptions.end": "End",
    "approvals.title": "{count:One restore waits|# restores wait} for your decision",
    "approvals.none": "Nothing waits for an approval.",
    "approvals.intro": (
        "Nothing is changed before somebody says yes. What you approve is the plan as it stands "
        "here."
    ),
    "approvals.batch": "A batch: {count:# restore|# restores}",
    "approvals.approve-all": "Approve all",
    "approvals.reject-all": "Reject all",
    "approvals.because": "Why it waits: {what}.",
    "approvals.asked": "asked for by {who}, {when}",
    "status-page.ok": "The service can do its work",
    "status-page.degraded": "Something needs attention",
    "status-page.read-unbuilt": "version {version}, read {when}",
    "status-page.read": "version {version}, commit {commit}, read {when}",
    "report.title": "The week from {from} to {to}",
    "report.lost": "lost and not back yet",
    "report.saved": "brought back",
    "report.closing": "windows close within a week",
    "report.failed": "did not go",
    "report.nobody": "Nobody has lost a mailbox that can still be saved.",
    "report.seats-enough": (
        "There are seats enough to bring {count:the one person|all # people} back."
    ),
    "report.seats": "To bring {count:the one person|all # people} back, you need {what}.",
    "report.seats-at-least": (
        "To bring {count:the one person|all # people} back, you need at least {what}."
    ),
    "report.first": "The first window closes {when}.",
    "report.closing-title": "Closing within a week",
    "report.closing-none": "No window closes within a week.",
    "report.saved-title": "Brought back",
    "report.saved-none": "Nobody was brought back this week.",
    "report.failed-title": "Did not go",
    "report.failed-none": "Nothing failed, and nothing was refused.",
    "report.lost-title": "Lost, and not back yet",
    "report.lost-none": "Nobody who was lost this week is still away.",
    "report.and-more": "and {count:# more|# more}",
}
