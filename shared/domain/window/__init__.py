"""Judge the retention window: how long a lost mailbox can still come back, and on what evidence.

Exchange Online keeps the mailbox for 30 days after the licence went or the user was deleted. One
moment later the licence can still be assigned and Graph still answers 200, but the mailbox is new
and empty: this package is what stands between the caller and that loss.
Source: Microsoft 365 docs "Delete or restore user mailboxes in Exchange Online"; Exchange team
announcement of March 2022 on re-licensing after 30 days.

    timeline   what every source knows of one person: facts, hints, and where nobody looked
    bounds     between which two facts the loss lies
    judge      from the timeline to the window, pure and total
    verdict    the window, as callers see it
"""

from shared.domain.window.verdict import (
    NO_WINDOW,
    Evidence,
    Window,
    WindowVerdict,
)

__all__ = [
    "NO_WINDOW",
    "Evidence",
    "Window",
    "WindowVerdict",
]
