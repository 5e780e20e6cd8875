"""Words of the view Erasure: what goes for good, what stays, and the question before it."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "erasure.intro": (
        "For somebody who asks to be forgotten. The service forgets what it knows of this person; "
        "nobody can bring that back."
    ),
    "erasure.user": "Object id of the person",
    "erasure.user-hint": (
        "Each restore shows it: open one of this person in History and follow Erase this person."
    ),
    "erasure.no-id": "This is no object id yet: 32 digits and letters in five groups.",
    "erasure.ask": "Erase this person …",
    "erasure.button": "Erase for good",
    "erasure.history": "What History has of this person",
    "erasure.done": "The person is erased. What is left of them here are ids and codes.",
    "erasure.done-fix": "Files that were saved before are with those who saved them.",
    "erasure.goes": "Is lost for good",
    "erasure.stays": "Stays",
    "erasure-part.names": (
        "Names, addresses, reasons and other texts in all restores and their journals, also where "
        "a restore of somebody else names this person."
    ),
    "erasure-part.seen": (
        "What was seen of the person in Microsoft 365. If they lose the licence later, nobody can "
        "tell from here which it was, or when."
    ),
    "erasure-part.orders": "The guard of this person.",
    "erasure-part.waiting": (
        "Restores that have changed nothing yet, those for a later day included: they are called "
        "off. While one is making a change, the erasure is refused."
    ),
    "erasure-part.ids": (
        "Ids, codes and times: that something was done, and when. The audit trail can still be "
        "checked."
    ),
    "erasure-part.account": (
        "The account in Microsoft 365. As long as it is there, the service sees it again at its "
        "next look and remembers it anew."
    ),
    "erasure-part.elsewhere": "Files that were saved, and messages that were sent, before.",
    "ask.erase": "Erase {name} for good?",
    "ask.erase-text": "Nobody can undo this, and no copy is kept.",
}
