"""Texts about the 30 days: over, unknown, not proven, or longer than it seems."""

from typing import Final

from shared.texts.da.phrases import (
    AGAIN,
    GRANT,
    HOW_TO_TELL,
    LOOK_ELSEWHERE,
    LOOK_FOR_COPY,
    NOTHING,
    sentence,
)
from shared.texts.entry import Catalogue, Entry

_SHARED: Final = (
    "Var det en delt postkasse, en lokale- eller udstyrspostkasse, som ikke kræver licens, så brug"
    f' kind "user": {AGAIN}.'
)
_BY_HAND: Final = (
    "Manuelt: Giv brugeren en licens (Microsoft 365 Administration, Brugere, Aktive"
    " brugere, brugeren, Licenser og apps), og se i postkassen; er den tom, er den"
    " gamle tabt."
)
_ATTEMPT: Final = (
    "En administrator af funktionsappen kan sætte UNKNOWN_WINDOW=attempt eller AUTH_MODE=entra, så"
    " nogen kan have rollen Restore.Override."
)
_SAY_WHEN: Final = (
    "ved du, hvornår licensen blev fjernet, så angiv det i licenseRemovedAt; ellers sæt"
    f" acceptUnknownWindow: true. Derefter {AGAIN}."
)
_HAVE_IT_SENT: Final = (
    "Få en med rollen Restore.Override til at sende anmodningen, med licenseRemovedAt, hvis dagen"
    " er kendt, ellers med acceptUnknownWindow: true."
)
_GRANT: Final = (
    "Få en administrator med rollen Privileged Role Administrator til at give"
    " tjenestens identitet tilladelsen {permission} (infra/graph/grant.py)"
)

ENTRIES: Final[Catalogue] = {
    "window-closed/deleted": Entry(
        "{user} blev slettet {since:time} og kunne gendannes indtil {until:time}; det er forbi.",
        LOOK_FOR_COPY,
    ),
    "window-closed/license": Entry(
        "{user} mistede licensen senest {since:time} ifølge {evidence}. Postkassen kunne"
        " gendannes indtil {until:time}; det er forbi.",
        LOOK_ELSEWHERE,
    ),
    "window-closed/never-seen": Entry(
        "{user} var uden licens med postkasse senest {since:time} ifølge {evidence}. Var"
        " der en postkasse, kunne den gendannes indtil {until:time}; det er forbi.",
        LOOK_ELSEWHERE,
    ),
    "window-closed/license-then-deleted": Entry(
        "{user} mistede licensen senest {since:time} ifølge {evidence} og blev slettet"
        " bagefter. Postkassen kunne gendannes indtil {until:time}; det er forbi.",
        f"{LOOK_ELSEWHERE} {_SHARED}",
    ),
    "window-closed/not-before": Entry(
        "Postkassen kan gendannes indtil {until:time}, og gendannelsen skulle først begynde"
        " {not_before:time}: for sent.",
        f"Vælg et tidligere notBefore eller intet: {AGAIN}.",
    ),
    "window-closed/just-now": Entry(
        "Postkassen kunne gendannes indtil {until:time}; det var forbi, før gendannelsen begyndte.",
        LOOK_ELSEWHERE,
    ),
    "window-unknown": Entry(
        "Det vides ikke, hvornår {user} mistede licensen. Efter 30 dage giver en ny licens en tom"
        " postkasse, så intet blev ændret.",
        f"{_HAVE_IT_SENT} {_BY_HAND}",
        fix_override=sentence(_SAY_WHEN),
        fix_keys=f"{_ATTEMPT} {_BY_HAND}",
    ),
    "window-unknown/perhaps": Entry(
        "{user} har licenser, som lejeren ikke viser ({licenses}), så det vides ikke, om den har"
        " mistet sin postkasse, eller hvornår. Efter 30 dage giver en ny licens en tom postkasse,"
        " så intet blev ændret.",
        f"{_HAVE_IT_SENT} {_BY_HAND}",
        fix_override=sentence(_SAY_WHEN),
        fix_keys=f"{_ATTEMPT} {_BY_HAND}",
    ),
    "window-unknown/no-audit": Entry(
        "Det vides ikke, hvornår {user} mistede licensen, og overvågningsloggen kunne ikke læses."
        " Efter 30 dage giver en ny licens en tom postkasse, så intet blev ændret.",
        f"{_GRANT}; derefter {AGAIN}. {_HAVE_IT_SENT} {_BY_HAND}",
        fix_override=f"{_GRANT}. Eller, {_SAY_WHEN}",
        fix_keys=f"{_GRANT}; derefter {AGAIN}. {_ATTEMPT} {_BY_HAND}",
    ),
    "window-not-proven": Entry(
        "Det vides ikke, hvornår licensen gik tabt: Postkassen kan komme tom tilbage.",
        HOW_TO_TELL,
    ),
    "window-not-proven/delayed": Entry(
        "Licensen blev sidst set {at:time}, for mere end 30 dage siden. At postkassen gemmes"
        " længere, vides kun fra indstillingen DELAYED_DELICENSING: Den kan komme tom tilbage.",
        HOW_TO_TELL,
    ),
    "window-not-proven/hint": Entry(
        "Hvornår licensen gik tabt, er taget fra {evidence}: en ændring {at:time}, som kan have"
        " været en anden licens. Postkassen kan komme tom tilbage.",
        HOW_TO_TELL,
    ),
    "window-not-proven/never-seen": Entry(
        "Brugeren er aldrig set med en postkasse: Måske var der ingen, og så oprettes en ny, tom.",
        HOW_TO_TELL,
    ),
    "window-declared": Entry(
        "Kun anmodningen siger, at licensen gik tabt {declared:time}; intet andet viser"
        " det. Postkassen kan komme tom tilbage.",
        HOW_TO_TELL,
    ),
    "evidence-disagrees": Entry(
        "Kilderne nævner forskellige tidspunkter for tabet. Det første af disse gælder; på de andre"
        " kan det have været en anden licens: {sources:; }.",
        "Er licenseRemovedAt et af dem og forkert, så ret det; ellers er der ikke noget at gøre.",
    ),
    "declared-not-used": Entry(
        "licenseRemovedAt ({declared:time}) blev ikke brugt: Brugeren skal ikke have en"
        " licens tilbage, så de 30 dage begynder med sletningen.",
        "Der er ikke noget at gøre; blev en licens fjernet før sletningen, så angiv den i license.",
    ),
    "declared-not-used/active": Entry(
        "licenseRemovedAt ({declared:time}) blev ikke brugt: Gendannelsen giver ingen mistet"
        " licens tilbage.",
        "Der er ikke noget at gøre; eller udelad licenseRemovedAt.",
    ),
    "declared-not-used/no-override": Entry(
        "licenseRemovedAt ({declared:time}) blev ikke brugt: Det tæller kun fra en med rollen"
        " Restore.Override.",
        "Er datoen nødvendig, så få en med den rolle til at sende anmodningen.",
        fix_keys="Er datoen nødvendig, sætter en administrator af funktionsappen AUTH_MODE=entra,"
        " så nogen kan have den rolle.",
    ),
    "declared-not-used/ruled-out": Entry(
        "licenseRemovedAt ({declared:time}) blev ikke brugt, da der er en bedre kilde:"
        " {evidence}, {at:time}.",
        "Ret licenseRemovedAt, eller udelad det.",
    ),
    "declared-not-used/still-there": Entry(
        "licenseRemovedAt ({declared:time}) blev ikke brugt: Postkassen svarer stadig, så intet"
        " er gået tabt endnu.",
        "Der er ikke noget at gøre.",
    ),
    "declared-not-used/contradicted": Entry(
        "licenseRemovedAt ({declared:time}) blev ikke brugt: Det passer ikke med, hvad der er set"
        " af licenserne på andre tidspunkter.",
        "Ret licenseRemovedAt, eller udelad det.",
    ),
    "declared-not-used/too-old": Entry(
        "licenseRemovedAt ({declared:time}) blev ikke brugt: Med det ville de 30 dage være"
        " forbi, og intet andet viser, at de er det.",
        "Ret licenseRemovedAt, eller udelad det.",
    ),
    "declared-in-future": Entry(
        "licenseRemovedAt ({declared:time}) ligger i fremtiden og blev ikke brugt.",
        f"Angiv det tidspunkt, hvor licensen blev fjernet: {AGAIN}.",
    ),
    "audit-not-checked": Entry(
        "Overvågningsloggen kunne ikke læses, så den siger intet om, hvornår en licens gik tabt.",
        GRANT,
    ),
    "audit-not-checked/license": Entry(
        "Lejeren har ingen licens, som overvågningsloggen må læses med, så den siger intet"
        " om, hvornår en licens gik tabt.",
        "For at få den læst skal lejeren have Microsoft Entra ID P1 eller P2.",
    ),
    "audit-not-checked/refused": Entry(
        "Overvågningsloggen kunne ikke læses, selv om tjenestens identitet har tilladelserne til"
        " det, så den siger intet om, hvornår en licens gik tabt.",
        "Se selv i overvågningsloggen (Microsoft Entra Administration, Overvågning og tilstand,"
        " Overvågningslogge): En licens, der blev fjernet, ses der i højst 30 dage.",
    ),
    "audit-not-checked/unavailable": Entry(
        "I denne sky er der ingen overvågningslog, der kan læses, så den siger intet om,"
        " hvornår en licens gik tabt.",
        "Spørg den, der fjerner licenser, hvornår det skete, eller se i overvågningsloggen"
        " i Microsoft Purview.",
    ),
    "audit-not-checked/sign-ins": Entry(
        "Om der er logget på som brugeren siden gendannelsen, kunne ikke slås op.",
        "Spørg brugeren, før noget går tabt. Skal det slås op, skal tjenestens identitet have"
        " tilladelsen {permission} og lejeren Microsoft Entra ID P1.",
    ),
    "delayed-delicensing": Entry(
        "Denne lejer opbevarer postkasser længere, efter at en licens er fjernet (delayed"
        " delicensing): Den kan være der indtil {until:time}.",
        NOTHING,
    ),
    "evidence/deleted": Entry("dagen for sletningen i Entra ID"),
    "evidence/observed": Entry("det, som tjenesten selv har set"),
    "evidence/audit": Entry("overvågningsloggen"),
    "evidence/created": Entry("dagen, hvor kontoen blev oprettet"),
    "evidence/mailbox": Entry("postkassen, som stadig svarer"),
    "evidence/declared": Entry("datoen i anmodningen"),
    "evidence/none": Entry("ingen kilde"),
    "evidence-at": Entry("{evidence}: {at:time}"),
}
