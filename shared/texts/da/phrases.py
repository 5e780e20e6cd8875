"""Sentences that many entries share."""

from typing import Final

# The pages of the portals are named as in Microsoft's Danish pages for administrators: Microsoft
# 365 Administration; Brugere > Aktive brugere, Slettede brugere; Licenser og apps; Fakturering >
# Licenser, Dine produkter; Indstillinger > Domæner; Bloker logon; Exchange Administration.
# Source: Microsoft, "Gendan en bruger" and "Tildel licenser til brugere", da-dk, and, for Entra
# Administration, "Administrer Microsoft 365-brugerkonti". Where no Danish page was found, the
# English name stands beside the Danish one.

AGAIN: Final = (
    "send anmodningen igen, med en ny idempotencyKey eller et nyt event-id, hvis den havde det"
)

NOTHING: Final = "Der er ikke noget at gøre."

NOT_YOURS: Final = (
    "En licens, du ikke selv må angive (GET /api/licenses siger, hvilke du må), kan"
    " gives manuelt: Microsoft 365 Administration, Brugere, Aktive brugere, brugeren,"
    " Licenser og apps."
)

HOW_TO_TELL: Final = (
    "Se i postkassen, før nogen stoler på den: Er der mails fra før tabet, er det den"
    " gamle; er den tom, er der oprettet en ny. For at være sikker sammenligner en"
    " Exchange-administrator dagen for tabet med den dag, postkassen blev oprettet"
    " (Get-Mailbox, WhenMailboxCreated)."
)

LOOK_FOR_COPY: Final = (
    "Led efter en sikkerhedskopi, og spørg en Exchange-administrator, om indholdet er"
    " bevaret af juridiske grunde (procesførelse eller en opbevaringspolitik;"
    " Get-Mailbox -InactiveMailboxOnly)."
)

LOOK_ELSEWHERE: Final = f"{LOOK_FOR_COPY} En licens, der tildeles nu, giver en ny, tom postkasse."

BY_KEYS: Final = (
    "så længe der kaldes med funktionsnøgler, kan ingen have den rolle: En administrator af"
    " funktionsappen sætter AUTH_MODE=entra og slår dens logon til"
)

SET_COUNTRY: Final = (
    "Microsoft 365 Administration, Brugere, Aktive brugere, brugeren, Licenser og"
    " apps, Vælg placering"
)

GRANT: Final = (
    "Skal det slås op, giver en administrator med rollen Privileged Role Administrator"
    " tjenestens identitet tilladelsen {permission} (infra/graph/grant.py)."
)

FREE_A_SEAT: Final = (
    "Fjern licensen fra en, der ikke har brug for den, eller køb en til (Microsoft 365"
    " Administration, Fakturering, Licenser)"
)


def sentence(clause: str) -> str:
    """The clause as a sentence of its own."""
    return clause[:1].upper() + clause[1:]


KEPT_AWAY: Final = (
    "Få en administrator til at se i Entra Administration, hvad der holder tjenestens identitet"
    " ude: under Enterprise apps, om den er slået fra (Properties), eller om den netop har mistet"
    " en tilladelse (Permissions), og om en politik under Conditional Access spærrer for den."
)
