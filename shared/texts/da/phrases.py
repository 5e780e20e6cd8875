"""Sentences that many entries share."""

from typing import Final

AGAIN: Final = (
    "send anmodningen igen, med en ny idempotencyKey eller et nyt event-id, hvis den havde det"
)

NOTHING: Final = "Der er ikke noget at gøre."

NOT_YOURS: Final = (
    "Hvad du ikke selv må nævne (GET /api/licenses siger, hvad du må), giver en administrator i"
    " Microsoft 365 Administration."
)

HOW_TO_TELL: Final = (
    "Se i postkassen, før nogen stoler på den: Er der mails fra før tabet, er det den gamle; er den"
    " tom, er der oprettet en ny. En Exchange-administrator kan sammenligne dagen for tabet med"
    " WhenMailboxCreated (Get-Mailbox)."
)

LOOK_FOR_COPY: Final = (
    "Led efter en sikkerhedskopi, og spørg en Exchange-administrator, om en tilbageholdelse eller"
    " en opbevaringspolitik har bevaret indholdet (Get-Mailbox -InactiveMailboxOnly)."
)

LOOK_ELSEWHERE: Final = f"{LOOK_FOR_COPY} En licens, der tildeles nu, giver en ny, tom postkasse."

BY_KEYS: Final = (
    "så længe der kaldes med funktionsnøgler, kan ingen have den rolle: En administrator af"
    " funktionsappen sætter AUTH_MODE=entra og slår dens logon til"
)


def sentence(clause: str) -> str:
    """The clause as a sentence of its own."""
    return clause[:1].upper() + clause[1:]
