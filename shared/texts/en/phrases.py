"""Sentences that many entries share."""

from typing import Final

AGAIN: Final = "send the request again, with a new idempotencyKey or event id if it had one"

NOTHING: Final = "Nothing to do."

NOT_YOURS: Final = (
    "A licence that you may not name yourself (GET /api/licenses says which you may)"
    " can be given by hand: Microsoft 365 admin centre, Users, Active users, the user,"
    " Licenses and apps."
)

HOW_TO_TELL: Final = (
    "Look into the mailbox before anybody relies on it: with mail from before the loss"
    " it is the old one; if it is empty, a new one was made. To be sure, an Exchange"
    " administrator compares the day of the loss with the day on which the mailbox was"
    " made (Get-Mailbox, WhenMailboxCreated)."
)

LOOK_FOR_COPY: Final = (
    "Look for a backup, and ask an Exchange administrator whether the content was kept"
    " for legal reasons (a hold or a retention policy; Get-Mailbox"
    " -InactiveMailboxOnly)."
)

LOOK_ELSEWHERE: Final = f"{LOOK_FOR_COPY} A licence given now makes a new, empty mailbox."

BY_KEYS: Final = (
    "while callers use function keys nobody can have that role: an administrator of"
    " the function app turns on its sign-in and sets AUTH_MODE=entra"
)

SET_COUNTRY: Final = (
    "Microsoft 365 admin centre, Users, Active users, the user, Licenses and apps, Select location"
)

GRANT: Final = (
    "To have it looked up, a Privileged Role Administrator grants this service's"
    " identity the permission {permission} (infra/graph/grant.py)."
)

FREE_A_SEAT: Final = (
    "Take the licence off somebody who does not need it, or buy one more (Microsoft"
    " 365 admin centre, Billing, Licenses)"
)


def sentence(clause: str) -> str:
    """The clause as a sentence of its own."""
    return clause[:1].upper() + clause[1:]


KEPT_AWAY: Final = (
    "Have an administrator see in the Entra admin centre what keeps the service's identity away:"
    " under Enterprise apps whether it is switched off (Properties) or has just lost a permission"
    " (Permissions), and whether a policy under Conditional Access blocks it."
)
