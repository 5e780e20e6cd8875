"""Texts about the mailbox: what it answered, and what nobody could look at."""

from typing import Final

from shared.texts.da.phrases import AGAIN, GRANT, HOW_TO_TELL
from shared.texts.entry import Catalogue, Entry

_LOOK: Final = (
    "Se i Exchange Administration under Modtagere, Postkasser (Mailboxes), om den er der nu. Har"
    " brugeren ingen licens med postkasse, så giv brugeren en (Microsoft 365"
    " Administration, Brugere, Aktive brugere)."
)
_LOOK_DELETED: Final = (
    "Slå den op i Exchange Administration under Modtagere, Postkasser (Mailboxes),"
    " også blandt de slettede."
)
_ANOTHER: Final = (
    "Giv brugeren en anden licens med postkasse: Microsoft 365 Administration, Brugere, Aktive"
    " brugere, brugeren, Licenser og apps; er ingen ledig, så køb en (Marketplace)."
    f" {HOW_TO_TELL}"
)
_RENEW: Final = (
    "Forny abonnementet (Microsoft 365 Administration, Fakturering, Dine produkter), eller giv"
    " brugeren en anden licens med postkasse (Brugere, Aktive brugere, brugeren, Licenser og apps)."
)

ENTRIES: Final[Catalogue] = {
    "mailbox-not-seen": Entry(
        "Ingen postkasse har svaret i {hours:en time|# timer}. Den kan stadig være på vej,"
        " brugeren har måske ingen licens med postkasse, postkassen kan ligge på jeres egne"
        " Exchange-servere (on-premises), eller der var aldrig nogen.",
        f"{_LOOK} Skal der ses efter den igen, så {AGAIN}.",
        fix_admin=f"{_LOOK} Skal der ses efter den igen, så kør gendannelsen igen.",
    ),
    "mailbox-not-seen/licensed": Entry(
        "{user} er aktiv og har en licens med postkasse, men ingen postkasse har svaret,"
        " heller ikke nogle minutter senere. Den kan ligge på jeres egne Exchange-servere"
        " (on-premises), en anden slettet postkasse med samme navn kan stå i vejen, eller"
        " den er ved at blive oprettet.",
        f"{_LOOK_DELETED} Skal der ses efter den igen, så {AGAIN}.",
        fix_admin=f"{_LOOK_DELETED} Skal der ses efter den igen, så kør gendannelsen igen.",
    ),
    "mailbox-not-seen/subscription-deleted": Entry(
        "{user} er aktiv, og ingen postkasse har svaret, heller ikke nogle minutter senere."
        " Abonnementet på {licenses} er slettet, og postkassen kan være væk med det.",
        _ANOTHER,
    ),
    "mailbox-not-seen/came-without-subscription": Entry(
        "Ingen postkasse har svaret i {hours:en time|# timer}. Abonnementet på {licenses} er"
        " slettet, og postkassen kan være væk med det.",
        _ANOTHER,
    ),
    "mailbox-not-seen/came-unpaid": Entry(
        "Ingen postkasse har svaret i {hours:en time|# timer}. Abonnementet på {licenses} er"
        " udløbet eller ikke betalt (suspenderet): En postkasse, der hører til det, åbner ikke, før"
        " det er bragt i orden.",
        f"{_RENEW} Skal der ses efter den igen, så {AGAIN}.",
        fix_admin=f"{_RENEW} Skal der ses efter den igen, så kør gendannelsen igen.",
    ),
    "lost-again": Entry(
        "Brugeren blev slettet igen, mens gendannelsen blev kontrolleret.",
        f"Find ud af, hvem eller hvad der sletter brugeren; derefter {AGAIN}.",
    ),
    "lost-again/license": Entry(
        "Brugeren mistede licensen igen, mens gendannelsen blev kontrolleret.",
        f"Find ud af, hvem eller hvad der fjerner licensen; derefter {AGAIN}.",
    ),
    "mailbox-not-verified": Entry(
        "Tjenesten kunne ikke se, om postkassen er tilbage: Den mangler en tilladelse. {said}",
        "Se i Exchange Administration under Modtagere, Postkasser (Mailboxes), at postkassen er"
        f" der. {GRANT}",
    ),
    "mailbox-not-verified/unseen": Entry(
        "Tjenesten har ingen tilladelse til at se på postkasser. Derfor har ingen set, om"
        " postkassen svarer, og om den er en delt postkasse, som ikke behøver nogen licens.",
        f"Slå den op i Exchange Administration under Modtagere, Postkasser (Mailboxes). {GRANT}",
    ),
    "mailbox-not-verified/switched-off": Entry(
        "Ingen ser efter, om postkassen er tilbage: Indstillingen VERIFY_MAILBOX er false.",
        "Se i løbet af de næste timer i Exchange Administration under Modtagere, Postkasser"
        " (Mailboxes), at postkassen er der. Skal tjenesten se efter, så sætter en administrator"
        " VERIFY_MAILBOX til true.",
    ),
    "mailbox-not-verified/policy": Entry(
        "Denne tjeneste kunne ikke se, om postkassen er tilbage: den har tilladelsen {permission},"
        " men må ikke se på denne postkasse. {said}",
        "Se i Exchange Administration under Modtagere, Postkasser, om postkassen er der. En"
        " adgangspolitik for programmer (Exchange) kan holde tjenesten væk fra den.",
    ),
    "mailbox-not-verified/refused": Entry(
        "Tjenesten kunne ikke se, om postkassen er tilbage. {said}",
        "Se i Exchange Administration under Modtagere, Postkasser (Mailboxes), at postkassen er"
        " der.",
    ),
    "mailbox-not-verified/silent": Entry(
        "Ingen postkasse har svaret i {hours:en time|# timer}. Den kan stadig være på vej,"
        " brugeren kan mangle en licens med postkasse, den kan ligge på jeres egne"
        " Exchange-servere (on-premises), eller brugeren havde aldrig nogen.",
        "Havde brugeren en postkasse, så slå den op i Exchange Administration under"
        " Modtagere, Postkasser (Mailboxes).",
    ),
    "mailbox-may-be-gone": Entry(
        "Kontoen kommer tilbage; postkassen gik sandsynligvis tabt med licensen, {at:time}.",
        f'Skal der også ses efter postkassen, så brug kind "mailbox": {AGAIN}.',
    ),
    "mailbox-may-be-gone/unknown": Entry(
        "Kontoen kommer tilbage; hvornår licensen gik tabt, vides ikke, så postkassen kan allerede"
        " være tabt.",
        f'Skal der også ses efter postkassen, så brug kind "mailbox": {AGAIN}.',
    ),
    "mailbox-still-there": Entry(
        "Brugeren har ingen licens med postkasse, og postkassen svarer stadig: Intet er gået tabt"
        " endnu. Den kan forsvinde når som helst.",
        "Giv licensen tilbage snart.",
    ),
    "mailbox-still-there/until": Entry(
        "Brugeren har ingen licens med postkasse, og postkassen svarer stadig: Intet er gået tabt"
        " endnu. Den kan forsvinde fra {until:time}.",
        "Giv licensen tilbage inden da.",
    ),
    "mailbox-still-there/twice": Entry(
        "Brugeren har ingen licens med postkasse, og postkassen svarer stadig. For en"
        " sikkerheds skyld ser en gendannelse efter to gange med nogle minutters mellemrum.",
        "Giv licensen tilbage snart.",
    ),
    "mailbox-still-there/shared": Entry(
        "Postkassen svarer som delt postkasse, lokale- eller udstyrspostkasse, som ikke kræver"
        " licens: Intet er gået tabt.",
        "Giv den kun en licens, hvis den skal rumme mere end 50 GB, have et arkiv eller bevares af"
        " juridiske grunde (procesførelse).",
    ),
    "mailbox-not-answering": Entry(
        "{user} er aktiv og har en licens, men ingen postkasse svarer.",
        "Slå den op i Exchange Administration under Modtagere, Postkasser (Mailboxes): Den kan"
        " ligge"
        " på jeres egne Exchange-servere (on-premises) eller aldrig være oprettet.",
    ),
    "account-is-new": Entry(
        "Kontoen blev oprettet {created:time}. En ældre postkasse hos denne person tilhørte en"
        " anden konto og er ikke i den.",
        "Mangler der mails fra før den dag, så led efter den slettede konto af samme navn eller"
        " efter en sikkerhedskopi.",
    ),
    "account-is-new/namesake": Entry(
        "En tidligere konto hed også {user} og er slettet for altid. Den havde sin egen"
        " postkasse, og det, der var i den, er ikke i denne.",
        "Mangler der ældre mails, så spørg en Exchange-administrator, om den tidligere"
        " postkasse stadig er bevaret (Get-Mailbox -SoftDeletedMailbox viser slettede"
        " postkasser), eller led efter en sikkerhedskopi.",
    ),
    "mailbox-is-new": Entry(
        "Brugeren var uden licens i mere end 30 dage, indtil {until:time}: Postkassen begyndte"
        " forfra da. Det, der var før, er ikke i den.",
        "Mangler der mails fra før den dag, så led efter en sikkerhedskopi.",
    ),
    "not-looked-at": Entry(
        "Tjenesten ser ikke på telefonnummeret i Teams, videresendelse, automatiske svar,"
        " hvem der må læse eller sende for personen (stedfortrædere), distributionsgrupper"
        " og linket til OneDrive.",
        "Sørg for det, personen har brug for: Teams Administration (Teams admin center); Exchange"
        " Administration, Modtagere; Microsoft 365 Administration, Brugere, Aktive brugere,"
        " brugeren, OneDrive.",
    ),
}
