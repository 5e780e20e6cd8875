"""Texts about steps, and the lines of the journal."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "step/licenses": Entry("{licenses} ({source})"),
    "step/shared": Entry("a shared, room or equipment mailbox, which needs no licence"),
    "step/another-license": Entry("another licence with a mailbox was given meanwhile"),
    "step/by-group": Entry("given by the group {group}"),
    "step/location-late": Entry("the country of the user is not taken into account yet"),
    "step/not-seen": Entry("the answer was lost; the change was not seen in Entra ID"),
    "step/seen-done": Entry("the answer was lost; the change was seen to be made"),
    "step/done-before": Entry("nothing to do: it was so already"),
    "step/not-sent": Entry("not sent: {why}"),
    "step/no-seat": Entry("no licence was free"),
    "step/not-found": Entry("Microsoft Graph did not find the user"),
    "step/renaming": Entry("the name is taken: the new one is used"),
    "step/sign-in-open": Entry("sign-in is allowed"),
    "step/sign-in-off": Entry("sign-in is blocked"),
    "step/mailbox-answers": Entry("the mailbox answers; its content was not checked"),
    "step/mailbox-answers-as": Entry(
        "the mailbox answers ({purpose}); its content was not checked"
    ),
    "step/purpose-user": Entry("user mailbox"),
    "step/purpose-shared": Entry("shared mailbox"),
    "step/purpose-room": Entry("room mailbox"),
    "step/purpose-equipment": Entry("equipment mailbox"),
    "step/no-mailbox": Entry("no mailbox answered"),
    "step/taken-back": Entry("it shows as taken back"),
    "step/not-permitted": Entry("the service was not allowed to look"),
    "journal/reason": Entry("because: {reason}"),
    "journal/attempt": Entry("attempt {count}"),
    "journal/claimed": Entry("worker {worker}"),
    "journal/put-back": Entry("put off for an hour, {count} of {most} times"),
    "journal/message-back": Entry("its message came back"),
    "journal/run-failed": Entry("the run failed"),
    "journal/licence-stayed-away": Entry("the licence did not come back with the user"),
    "journal/parked": Entry("the next look is at {until:time}: {wait}"),
    "journal/planned": Entry("{case}; window {verdict}, by {evidence}"),
    "journal/planned-licenses": Entry("{case}; window {verdict}, by {evidence}; {licenses}"),
    "journal/erased": Entry("what was remembered of the person was removed"),
    "journal/undo-planned": Entry("takes back restore {restore_id}"),
    "journal/undone": Entry("taken back by {restore_id}"),
    "journal/callback-failed": Entry("the callback was not taken ({why})"),
    "journal/callback-arrived": Entry("the callback was taken after all"),
}
