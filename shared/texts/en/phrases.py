"""Sentences that many entries share."""

from typing import Final

AGAIN: Final = "send the request again, with a new idempotencyKey or event id if it had one"

NOTHING: Final = "Nothing to do."

NOT_YOURS: Final = (
    "What you may not name yourself (GET /api/licenses says which you may) an administrator gives"
    " in the Microsoft 365 admin centre."
)

HOW_TO_TELL: Final = (
    "Look into the mailbox before anybody relies on it: with mail from before the loss it is the"
    " old one; if it is empty, a new one was made. An Exchange administrator can compare the day of"
    " the loss with WhenMailboxCreated (Get-Mailbox)."
)

LOOK_FOR_COPY: Final = (
    "Look for a backup, and ask an Exchange administrator whether a hold or a retention policy has"
    " kept the content (Get-Mailbox -InactiveMailboxOnly)."
)

LOOK_ELSEWHERE: Final = f"{LOOK_FOR_COPY} A licence given now makes a new, empty mailbox."

BY_KEYS: Final = (
    "while callers use function keys nobody can hold that role: an administrator of the function"
    " app sets AUTH_MODE=entra and turns its sign-in on"
)


def sentence(clause: str) -> str:
    """The clause as a sentence of its own."""
    return clause[:1].upper() + clause[1:]
