"""Texts about names and addresses: taken, on a removed domain, dropped, changed."""

from typing import Final

from shared.texts.da.phrases import AGAIN, BY_KEYS, GRANT, NOTHING
from shared.texts.entry import Catalogue, Entry

_RENAME: Final = (
    'sæt onUpnConflict: "rename" og newUserPrincipalName til et ledigt navn på et af'
    " jeres domæner (Microsoft 365 Administration, Indstillinger, Domæner)"
)
_OTHER_NAME: Final = (
    "Giv først den anden et andet navn (Entra Administration, Brugere), eller"
    f" {_RENAME}. Derefter: {AGAIN}."
)
_TAKE_OFF: Final = (
    "Fjern adressen fra den, der har den (Exchange Administration, Modtagere; et"
    " brugernavn: Entra Administration, Brugere)"
)
_VERIFY: Final = (
    "Tilføj domænet i lejeren igen, og få det bekræftet (Microsoft 365 Administration,"
    " Indstillinger, Domæner)"
)
_DROP_FOR_ME: Final = (
    "Skal brugeren gendannes uden disse adresser, så få en med rollen Restore.Override til at"
    ' sende anmodningen med onAddressConflict: "drop".'
)
_DROP_MYSELF: Final = (
    'eller sæt onAddressConflict: "drop" for at gendanne brugeren uden disse adresser.'
    f" Derefter {AGAIN}."
)
_DROP_BY_KEYS: Final = (
    f"At gendanne brugeren uden disse adresser kræver rollen Restore.Override, og {BY_KEYS}."
)

ENTRIES: Final[Catalogue] = {
    "upn-conflict": Entry(
        "Brugernavnet er i brug hos en anden nu: {names}.",
        _OTHER_NAME,
        message_read="Brugernavnet er i brug nu: {other_holders:; }.",
    ),
    "upn-conflict/new-name": Entry(
        "Det nye navn {name} er også i brug hos en anden.",
        f"Vælg et newUserPrincipalName, der er ledigt: {AGAIN}.",
        message_read="Det nye navn {name} er også i brug: {other_holders:; }.",
    ),
    "upn-conflict/domain": Entry(
        "{name} kan ikke komme tilbage: Domænet er ikke længere et af lejerens bekræftede domæner.",
        f"{_VERIFY}, eller {_RENAME}. Derefter: {AGAIN}.",
    ),
    "upn-conflict/refused": Entry(
        "Brugerens navn er optaget.",
        _OTHER_NAME,
        message_read="Brugerens navn er optaget. {other_said}",
    ),
    "upn-conflict/domain-refused": Entry(
        "Navnets domæne er ikke et af lejerens bekræftede domæner. {said}",
        f"{_VERIFY}, eller {_RENAME}. Derefter: {AGAIN}.",
    ),
    "address-conflict": Entry(
        "Mailadresser er i brug hos en anden nu: {addresses}.",
        f"{_TAKE_OFF}; derefter {AGAIN}. {_DROP_FOR_ME}",
        message_read="Mailadresser er i brug nu: {other_holders:; }.",
        fix_override=f"{_TAKE_OFF}, {_DROP_MYSELF}",
        fix_keys=f"{_TAKE_OFF}; derefter {AGAIN}. {_DROP_BY_KEYS}",
    ),
    "address-conflict/domain": Entry(
        "På et domæne, der ikke længere er bekræftet i lejeren: {addresses}.",
        f"{_VERIFY}; derefter {AGAIN}. {_DROP_FOR_ME}",
        fix_override=f"{_VERIFY}, {_DROP_MYSELF}",
        fix_keys=f"{_VERIFY}; derefter {AGAIN}. {_DROP_BY_KEYS}",
    ),
    "address-conflict/refused": Entry(
        "En af brugerens adresser er optaget.",
        f"{_TAKE_OFF}; derefter {AGAIN}. {_DROP_FOR_ME}",
        fix_override=f"{_TAKE_OFF}, {_DROP_MYSELF}",
        fix_keys=f"{_TAKE_OFF}; derefter {AGAIN}. {_DROP_BY_KEYS}",
        message_read="En af brugerens adresser er optaget. {other_said}",
    ),
    "address-conflict/not-dropped": Entry(
        "En af brugerens adresser er optaget, og Microsoft Graph gendanner ikke brugeren uden den.",
        f"{_TAKE_OFF}; er dens domæne ikke længere bekræftet, så få det bekræftet."
        f" Derefter: {AGAIN}.",
        message_read="En af brugerens adresser er optaget, og Microsoft Graph gendanner"
        " ikke brugeren uden den. {other_said}",
    ),
    "address-conflict/assigning": Entry(
        "Licensen kan ikke tildeles, da en af brugerens adresser er i brug hos en anden:"
        " {addresses}.",
        f"{_TAKE_OFF}; derefter {AGAIN}.",
        message_read="Licensen kan ikke tildeles, da en af brugerens adresser er i brug:"
        " {other_holders:; }.",
    ),
    "address-conflict/assigning-unseen": Entry(
        "Licensen kan ikke tildeles, da en af brugerens adresser bruges af en anden. Hvem det er,"
        " blev ikke fundet: Grupper og kontakter undersøges kun med tilladelserne til dem.",
        "Få en Exchange-administrator til at lede efter brugerens adresser blandt grupper,"
        f" kontakter og slettede postkasser og fjerne dem. Derefter {AGAIN}.",
        message_read="Licensen kan ikke tildeles, da en af brugerens adresser er i brug. Hvem der"
        " har den, blev ikke fundet. {other_said}",
    ),
    "immutable-id-conflict/held": Entry(
        "En anden bruger har den samme kobling til Active Directory (onPremisesImmutableId).",
        "Få en administrator til at finde ud af, hvem af de to der hører til kontoen i Active"
        f" Directory, og rydde onPremisesImmutableId på den anden. Derefter {AGAIN}.",
        message_read="En anden bruger har den samme kobling til Active Directory"
        " (onPremisesImmutableId): {other_holders:; }.",
    ),
    "immutable-id-conflict": Entry(
        "En anden bruger har den samme kobling til Active Directory (onPremisesImmutableId).",
        "Få en administrator til at finde ud af, hvem af de to der hører til kontoen i Active"
        f" Directory, og rydde onPremisesImmutableId på den anden. Derefter {AGAIN}.",
        message_read="En anden bruger har den samme kobling til Active Directory"
        " (onPremisesImmutableId). {other_said}",
    ),
    "property-conflict": Entry(
        "En anden bruger, gruppe eller kontakt har den samme {property}, og det må ikke to have.",
        "Ret {property} på den anden (Entra Administration, Brugere eller Grupper)."
        f" Derefter: {AGAIN}.",
        message_read="En anden bruger, gruppe eller kontakt har den samme {property},"
        " og det må ikke to have. {other_said}",
    ),
    "new-name-needed": Entry(
        "Postkassen til {user} blev slettet i Exchange, som har sat et opdigtet navn i stedet for"
        " brugerens eget. Postkassen bliver væk, indtil brugeren har sit gamle navn igen, og det"
        " navn er ikke kendt.",
        'Sæt onUpnConflict: "rename" og newUserPrincipalName til den gamle primære adresse:'
        f" {AGAIN}.",
    ),
    "new-name-not-allowed": Entry(
        "{name} kendes ikke som personens gamle primære adresse, og et andet navn må kun gives af"
        " en med rollen Restore.Override.",
        "Send den gamle primære adresse som newUserPrincipalName, eller få en med den rolle til at"
        " sende anmodningen.",
        fix_keys="Send den gamle primære adresse som newUserPrincipalName. Et andet navn kræver"
        f" rollen Restore.Override, og {BY_KEYS}.",
    ),
    "new-name-not-allowed/domain": Entry(
        "Det nye navn {name} er på et domæne, der ikke er bekræftet i lejeren.",
        f"Vælg et newUserPrincipalName på et af lejerens bekræftede domæner: {AGAIN}.",
    ),
    "new-name-not-allowed/refused": Entry(
        "Det nye navn er på et domæne, der ikke er bekræftet i lejeren. {said}",
        f"Vælg et newUserPrincipalName på et af lejerens bekræftede domæner: {AGAIN}.",
    ),
    "new-name-not-used": Entry(
        "newUserPrincipalName blev ikke brugt: {user} kan få sit eget navn igen.",
        'Der er ikke noget at gøre; eller sæt onUpnConflict: "always", som kræver rollen'
        " Restore.Override.",
    ),
    "user-renamed": Entry(
        "{old} er i brug hos en anden; brugeren kommer tilbage under newUserPrincipalName.",
        "Fortæl personen det nye navn.",
        message_read="Brugeren kommer tilbage under newUserPrincipalName, da det egne navn er i"
        " brug: {other_holders:; }.",
    ),
    "user-renamed/asked": Entry(
        "Brugeren kommer tilbage under {name} i stedet for {old}.",
        "Fortæl personen det nye navn.",
    ),
    "user-renamed/done": Entry(
        "Brugeren kom tilbage som {name} i stedet for {old}.",
        "Fortæl personen det nye navn.",
    ),
    "user-renamed/domain": Entry(
        "Domænet i {old} er ikke længere bekræftet; brugeren kommer tilbage under"
        " newUserPrincipalName.",
        "Fortæl personen det nye navn.",
    ),
    "addresses-dropped": Entry(
        "I brug hos en anden og ikke med på den gendannede bruger: {addresses}.",
        "Fortæl personen, hvilke adresser der er væk.",
        message_read="I brug og ikke med på den gendannede bruger: {other_holders:; }.",
    ),
    "addresses-dropped/domain": Entry(
        "På et domæne, der ikke længere er bekræftet, og ikke med på den gendannede bruger:"
        " {addresses}.",
        "Fortæl personen, hvilke adresser der er væk.",
    ),
    "addresses-dropped/missing": Entry(
        "Ikke på den gendannede bruger mere: {addresses}.",
        "Tilføj dem igen i Exchange Administration, hvis de ønskes.",
    ),
    "aliases-missing": Entry(
        "Andre adresser, som brugeren havde før og ikke har nu: {addresses}.",
        "Tilføj dem igen i Exchange Administration, hvis de ønskes.",
    ),
    "conflicts-not-checked": Entry(
        "Om navnet eller en adresse er i brug, kunne ikke slås op. Det afgør Microsoft,"
        " når gendannelsen udføres.",
        "Er du i tvivl, så søg selv efter navnet og adresserne: Microsoft 365"
        " Administration, Brugere, Aktive brugere, og Exchange Administration, Modtagere.",
    ),
    "conflicts-not-checked/groups": Entry(
        "Om en gruppe eller en kontakt har navnet eller en adresse, er ikke slået op. Det"
        " afgør Microsoft, når gendannelsen udføres.",
        GRANT,
    ),
    "removed-in-exchange": Entry(
        "Postkassen blev slettet i Exchange: Brugeren har et opdigtet navn, og postkassen bliver"
        " væk, indtil brugeren har sit gamle navn igen.",
        "Der er ikke noget at gøre: Brugeren kommer tilbage under {name}.",
    ),
    "removed-in-exchange/kept-away": Entry(
        "Postkassen blev slettet i Exchange: Brugeren har et opdigtet navn, og postkassen bliver"
        " væk, indtil brugeren har sit gamle navn igen.",
        "Løs først det, der hindrer brugeren i at komme tilbage som {name}; det står ved siden af.",
    ),
    "removed-in-exchange/asked": Entry(
        "Postkassen blev slettet i Exchange: Brugeren har et opdigtet navn, og postkassen bliver"
        " væk, indtil brugeren har sit gamle navn igen. Det navn er ikke kendt; anmodningen siger"
        " {name}.",
        "Sørg for, at {name} er den gamle hovedadresse. Med et andet navn bliver postkassen væk,"
        " til nogen giver brugeren det gamle (Microsoft 365 Administration, Brugere).",
    ),
    "removed-in-exchange/other": Entry(
        "Postkassen blev slettet i Exchange: Brugeren har et opdigtet navn, og postkassen bliver"
        " væk, indtil brugeren har sit gamle navn igen, {old}. Brugeren kommer tilbage som"
        " {name}.",
        "Frigør {old}, og giv selv brugeren det navn (Microsoft 365 Administration, Brugere):"
        " Postkassen bliver væk til da.",
    ),
    "removed-in-exchange/domain": Entry(
        "Postkassen blev slettet i Exchange: Brugeren har et opdigtet navn, og postkassen bliver"
        " væk, indtil brugeren har sit gamle navn igen, {old}, hvis domæne ikke længere er et af"
        " lejerens bekræftede domæner. Brugeren kommer tilbage som {name}.",
        f"{_VERIFY}, og giv selv brugeren navnet {{old}} (Microsoft 365 Administration, Brugere):"
        " Postkassen bliver væk til da.",
    ),
    "removed-in-exchange/unknown": Entry(
        "Postkassen blev slettet i Exchange: Brugeren har et opdigtet navn, og postkassen bliver"
        " væk, indtil brugeren har sit gamle navn igen. Det navn er ikke kendt.",
        'Sæt onUpnConflict: "rename" og newUserPrincipalName til den gamle primære adresse:'
        f" {AGAIN}.",
    ),
    "sign-in-state/blocked": Entry(
        "Logon vises som blokeret på den slettede bruger; gendannelsen kan ændre det.",
        "Der er ikke noget at gøre lige nu: Tjenesten ser efter gendannelsen og advarer, hvis"
        " nogen ikke kan logge på (sign-in-blocked).",
    ),
    "sign-in-state/allowed": Entry(
        "Logon vises som tilladt på den slettede bruger; gendannelsen kan ændre det.",
        "Der er ikke noget at gøre lige nu: Tjenesten ser efter gendannelsen og advarer, hvis"
        " nogen ikke kan logge på (sign-in-blocked).",
    ),
    "sign-in-blocked": Entry(
        "Brugeren er tilbage, men kan ikke logge på: Logon er blokeret.",
        "Skal personen arbejde igen: Microsoft 365 Administration, Brugere, Aktive"
        " brugere, brugeren, Fjern blokering af logon.",
    ),
    "sign-in-blocked/active": Entry(
        "{user} er aktiv, men kan ikke logge på: Logon er blokeret.",
        "Skal personen arbejde igen: Microsoft 365 Administration, Brugere, Aktive"
        " brugere, brugeren, Fjern blokering af logon.",
    ),
    "sign-in-open": Entry(
        "Postkassen er en delt postkasse, lokale- eller udstyrspostkasse, og nogen kunne"
        " logge på med dens konto.",
        "Microsoft 365 Administration, Brugere, Aktive brugere, postkassens konto, Bloker logon.",
    ),
    "password-may-need-reset": Entry(
        "Den gamle adgangskode virker måske ikke længere.",
        "Kan personen ikke logge på, så nulstil den: Microsoft 365 Administration,"
        " Brugere, Aktive brugere, brugeren, Nulstil adgangskode.",
    ),
    "groups-come-back": Entry(
        "Brugeren er automatisk i de samme grupper igen.",
        NOTHING,
    ),
}
