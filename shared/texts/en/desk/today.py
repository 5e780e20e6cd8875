"""Words of the view Today: the timeline picture, and what is below it."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "today.loading": "Looking who can still be saved …",
    "today.cannot-read": "Who can still be saved cannot be read now",
    "today.nobody-lost": "Nobody has lost a mailbox that can still be saved.",
    "today.no-known-end": (
        "{count:One person may have lost a mailbox; nobody can tell|# people may have lost a "
        "mailbox; nobody can tell} how long it can still be saved."
    ),
    "today.none-soon": "No window closes within three days. The next is {name}, {when}.",
    "today.one-soon": "One window closes within three days: {name}, {when}.",
    "today.some-soon": (
        "{count:# window closes|# windows close} within three days; the first, {name}, {when}."
    ),
    "today.at-least-soon": (
        "At least {count:# window closes|# windows close} within three days; the first, {name}, "
        "{when}."
    ),
    "today.can-be-saved": "can still be saved",
    "today.at-work": "at work",
    "today.waiting": "waiting",
    "today.failed": "failed",
    "today.seats-short": "{count:seat|seats} short",
    "today.picture": "Who can still be saved",
    "today.picture-label": "People who can still be saved, soonest end first",
    "today.axis-title": "30 days back, 30 days ahead",
    "today.now": "now",
    "today.most": "up to {count:# window ends|# windows end} a day",
    "today.ends-on": "{count:# window ends|# windows end} on {day}",
    "today.no-ends": "No window ends within 30 days",
    "today.left": "{length} left",
    "today.no-end-yet": "the mailbox still answers",
    "today.end-unknown": "nobody can tell until when",
    "today.legend-proven": "proven",
    "today.legend-unproven": "not proven",
    "today.legend-no-end": "mailbox still answers",
    "today.find": "Name, address or licence",
    "today.verdict": "Window",
    "today.any-verdict": "Any window",
    "today.case": "What happened",
    "today.any-case": "Anything",
    "today.day-chosen": "ends on {day}",
    "today.day": "Day on which the window ends",
    "today.any-day": "Any day",
    "today.found": "{count:#|#} of {all}",
    "today.none-left": "Nobody fits these filters.",
    "today.none-yet": "Nobody fits so far; the list is still being read.",
    "today.show-all": "Show everybody",
    "today.reading": "{count:# person|# people} read so far …",
    "today.read": "read {when}",
    "today.seats-title": "Not enough seats for everybody",
    "today.seats": "{what} would bring all of them back.",
    "today.seats-known": "{what} would bring back all whose licence is known.",
    "today.seats-unknown": (
        "{count:One person needs a seat that is not counted here, since it is not known yet "
        "which licence was lost.|# people need a seat that is not counted here, since it is not"
        " known yet which licence they lost.}"
    ),
    "today.seats-first": "The first window of those who need one closes {when}.",
    "today.more-of": "{count} more {name}",
    "today.at-work-title": "At work",
    "today.waiting-title": "Waiting",
    "today.failed-title": "Failed",
    "today.none-at-work": "Nothing is at work.",
    "today.none-waiting": "Nothing waits.",
    "today.none-failed": "Nothing has failed.",
    "today.all-of-them": "All {count}",
    "today.since": "since {when}",
    "today.looks-again": "looks again {when}",
    "close-up.label": "The person under the pointer",
    "close-up.empty": (
        "Point at a bar, or move along the list with the arrow keys, to see what is known."
    ),
    "close-up.bring-back": "Bring back …",
    "close-up.checking": "Checking what would block …",
    "close-up.not-checked": "What would block could not be checked now.",
    "close-up.nothing-blocks": "Nothing stands in the way.",
    "fact.window": "Window",
    "fact.case": "What happened",
    "fact.lost": "Lost",
    "fact.license-lost": "Licence lost",
    "fact.ends": "End of window",
    "fact.evidence": "Evidence",
    "fact.licenses": "Licences",
    "fact.from-group": "from a group",
    "fact.synced": "Synchronised from on-premises",
    "fact.yes": "yes",
    "fact.kind": "What is brought back",
    "fact.asked-by": "Asked for by",
    "fact.asked-at": "Asked for",
    "fact.finished": "Ended",
    "fact.reason": "Reason",
    "fact.ticket": "Ticket",
    "fact.attempts": "Attempts",
    "fact.batch": "Batch",
    "fact.approval": "Approval",
    "fact.id": "Id",
}
