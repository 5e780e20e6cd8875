"""Texts of restores that succeeded, or were cancelled."""

from typing import Final

from shared.texts.da.phrases import AGAIN, HOW_TO_TELL, NOT_YOURS, NOTHING
from shared.texts.entry import Catalogue, Entry

_SIGNING_IN: Final = "Kan der ikke logges på med den gamle adgangskode, så nulstil den."
_LOOK_AFTER: Final = (
    "Sørg for det, som tjenesten ikke ser på, og personen har brug for: videresendelse, automatiske"
    " svar, hvem der må læse eller sende for den, distributionsgrupper, telefonnummeret i Teams,"
    " linket til OneDrive."
)

_MISSING_AFTER_ALL: Final = (
    "Der er ikke noget at gøre. Mangler postkassen alligevel: Havde anmodningen en anden kind, så"
    f' brug kind "mailbox", som ser på postkassen: {AGAIN}. Ellers må en Exchange-administrator'
    " lede efter den."
)

ENTRIES: Final[Catalogue] = {
    "user-restored": Entry(
        "Brugeren er gendannet og aktiv.",
        f"{_SIGNING_IN} {_LOOK_AFTER}",
    ),
    "user-restored/shared": Entry(
        "Kontoen til den delte postkasse, lokale- eller udstyrspostkassen er gendannet.",
        "Den kræver ingen licens, og ingen logger på den. Få dem, der bruger den, til at åbne den:"
        " Indhold, videresendelse, automatiske svar og hvem der må læse eller sende, er ikke"
        " kontrolleret.",
    ),
    "user-restored/without-mailbox": Entry(
        "Brugeren er gendannet og aktiv. Gæster og mailbrugere har ingen postkasse i denne lejer.",
        "Få personen til at logge på og åbne det, der er brug for: Det er ikke prøvet. En"
        " mailbruger, hvis gamle adgangskode ikke virker, skal have en ny.",
    ),
    "user-restored/unproven": Entry(
        "Brugeren er gendannet og aktiv. Det er ikke bevist, at postkassen stadig kunne komme"
        " tilbage.",
        HOW_TO_TELL,
    ),
    "license-restored": Entry(
        "Brugeren har fået licensen igen.",
        "Se i de næste timer, at postkassen kan åbnes; indholdet er ikke kontrolleret.",
    ),
    "license-restored/unproven": Entry(
        "Brugeren har fået licensen igen. Det er ikke bevist, at den gamle postkasse stadig kunne"
        " komme tilbage.",
        HOW_TO_TELL,
    ),
    "license-restored/added": Entry(
        "Licensen er på brugeren, som også før havde en med postkasse: Ingen postkasse er gået"
        " tabt.",
        NOTHING,
    ),
    "license-restored/still-there": Entry(
        "Brugeren har fået licensen igen. Postkassen svarede også før: Den var ikke væk endnu.",
        NOTHING,
    ),
    "mailbox-restored": Entry(
        "Postkassen er tilbage og svarer.",
        "Få personen til at åbne postkassen: Indholdet er ikke kontrolleret.",
    ),
    "mailbox-restored/with-user": Entry(
        "Brugeren er gendannet og aktiv, og postkassen er tilbage og svarer.",
        "Få personen til at åbne postkassen: Indholdet er ikke kontrolleret."
        f" {_SIGNING_IN} {_LOOK_AFTER}",
    ),
    "mailbox-restored/shared": Entry(
        "Kontoen til den delte postkasse, lokale- eller udstyrspostkassen er gendannet, og"
        " postkassen svarer.",
        "Den kræver ingen licens, og ingen logger på den. Få dem, der bruger den, til at åbne den:"
        " Indhold, videresendelse, automatiske svar og hvem der må læse eller sende, er ikke"
        " kontrolleret.",
    ),
    "see-warnings": Entry("Se også, hvad gendannelsens advarsler siger."),
    "see-warnings/in-the-way": Entry(
        "{count:Én ting mere|# ting mere} er i vejen og står under advarslerne ({codes})."
        " Få det hele på plads, før du sender anmodningen igen."
    ),
    "already-active": Entry(
        "{user} er aktiv og har en licens med postkasse. Om postkassen svarer, er ikke undersøgt.",
        "Her er ikke noget at gøre. Kan postkassen ikke åbnes, så slå den op i Exchange"
        " Administration.",
    ),
    "already-active/answers": Entry(
        "{user} er aktiv og har en licens med postkasse, og postkassen svarer.",
        "Der er ikke noget at gøre. Indholdet af postkassen er ikke kontrolleret.",
    ),
    "already-active/perhaps": Entry(
        "{user} er aktiv, og postkassen svarer. Om en af dens licenser bærer den, kan ikke siges,"
        " da lejeren ikke viser dem alle: {licenses}.",
        "Der er ikke noget at gøre, så længe postkassen virker. Skal brugeren alligevel have en"
        f" anden licens, så angiv den i license: {AGAIN}.",
    ),
    "already-active/restored": Entry(
        "{seen}",
        _MISSING_AFTER_ALL,
        message_read="{seen} Det kom tilbage med gendannelsen {other_restore_id} {other_at:time}.",
    ),
    "already-active/restored-for-you": Entry(
        "{seen} Det kom tilbage med din gendannelse {restore_id} {at:time}.",
        _MISSING_AFTER_ALL,
    ),
    "already-active/silent": Entry(
        "{user} er aktiv og har en licens med postkasse, men ingen postkasse svarer.",
        "Bed en Exchange-administrator se efter: Postkassen kan ligge på jeres egne"
        " Exchange-servere (on-premises) eller aldrig være oprettet.",
    ),
    "already-active/suspended": Entry(
        "{user} er aktiv og har stadig {licenses}, men det abonnement er ikke betalt for tiden."
        " Intet er gået tabt endnu.",
        'Forny abonnementet. Eller giv en anden licens, der er ledig: Brug kind "license", og angiv'
        f" en af disse i license.skuPartNumbers: {{others}}. {NOT_YOURS}",
        fix_override="Forny abonnementet. Eller giv en anden licens, der er ledig: Brug kind"
        ' "license", og angiv en af disse i license.skuPartNumbers: {others}.',
    ),
    "already-active/suspended-alone": Entry(
        "{user} er aktiv og har stadig {licenses}, men det abonnement er ikke betalt for tiden."
        " Intet er gået tabt endnu.",
        "Forny abonnementet; ingen anden licens med postkasse er ledig.",
    ),
    "already-active/suspended-person": Entry(
        "{user} er aktiv og har stadig {licenses}. Microsoft 365 viser den licens som ikke betalt"
        " hos denne person, selv om abonnementet kan bruges. Intet er gået tabt endnu.",
        "Er abonnementet fornyet for nylig, så se igen om nogle timer. Eller giv en anden licens,"
        ' der er ledig: Brug kind "license", og angiv en af disse i license.skuPartNumbers:'
        f" {{others}}. {NOT_YOURS}",
        fix_override="Er abonnementet fornyet for nylig, så se igen om nogle timer. Eller giv en"
        ' anden licens, der er ledig: Brug kind "license", og angiv en af disse i'
        " license.skuPartNumbers: {others}.",
    ),
    "already-active/suspended-person-alone": Entry(
        "{user} er aktiv og har stadig {licenses}. Microsoft 365 viser den licens som ikke betalt"
        " hos denne person, selv om abonnementet kan bruges. Intet er gået tabt endnu.",
        "Er abonnementet fornyet for nylig, så se igen om nogle timer. Bliver det ved, så få en"
        " administrator til at spørge Microsoft (Microsoft 365 Administration, Support); ingen"
        " anden licens med postkasse er ledig.",
    ),
    "already-active/user": Entry(
        "{user} er aktiv, så der er ingen slettet bruger at gendanne. Om postkassen svarer, er"
        " ikke undersøgt.",
        f'Mangler postkassen, så brug kind "mailbox": {AGAIN}.',
    ),
    "already-active/user-unlicensed": Entry(
        "{user} er aktiv, så der er ingen slettet bruger at gendanne. Den har ingen licens med"
        " postkasse; postkassen er ikke undersøgt.",
        f'Mangler postkassen, så brug kind "mailbox", som undersøger begge dele: {AGAIN}.',
    ),
    "already-active/shared": Entry(
        "{user} er aktiv, og postkassen svarer som delt postkasse, lokale- eller udstyrspostkasse,"
        " som ikke kræver licens.",
        f"Der er ikke noget at gøre. Skal den alligevel have en licens, så angiv en i license:"
        f" {AGAIN}.",
    ),
    "already-active/shared-seen": Entry(
        "{user} er aktiv, og postkassen blev sidst set som delt postkasse, lokale- eller"
        " udstyrspostkasse, som ikke kræver licens. Den er ikke set svare nu.",
        "Se, om postkassen kan åbnes; kan den ikke, så find den i Exchange Administration under"
        " Modtagere, Postkasser (Mailboxes). Skal den alligevel have en licens, så angiv en i"
        f" license: {AGAIN}.",
    ),
    "already-active/shared-unsaid": Entry(
        "{user} er aktiv, og postkassen svarer uden at sige, hvilken slags den er. Den blev sidst"
        " set som delt postkasse, lokale- eller udstyrspostkasse, som ikke kræver licens.",
        "Der er ikke noget at gøre, så længe det er det, den er. Skal den have en licens, så angiv"
        f" en i license: {AGAIN}.",
    ),
    "already-active/without-mailbox": Entry(
        "{user} er aktiv. Gæster har ingen postkasse i denne lejer, og her er aldrig set nogen.",
        "Der er ikke noget at gøre. En licens til en ny postkasse gives i Microsoft 365"
        " Administration.",
    ),
    "already-active/mail-user": Entry(
        "{user} er aktiv, og mailadressen {address} hører ikke til noget af lejerens domæner:"
        " Sådan en person (mailbruger) har sin postkasse et andet sted, og her er aldrig set"
        " nogen.",
        "Der er ikke noget at gøre. Havde personen alligevel en postkasse her, så angiv dens licens"
        f" i license.skuPartNumbers: {AGAIN}.",
    ),
    "already-active/license": Entry(
        "{user} er aktiv og har allerede licensen.",
        NOTHING,
    ),
    "dry-run": Entry(
        "Intet blev ændret, da det var en prøvekørsel. En gendannelse ville udføre: {plan}.",
        f"Vil du udføre den, så udelad dryRun: {AGAIN}.",
    ),
    "undone": Entry(
        "Det, som gendannelsen {restore_id} havde gjort, er rullet tilbage.",
        NOTHING,
    ),
    "undone/by-hand": Entry(
        "Det, som gendannelsen {restore_id} havde gjort, er rullet tilbage, så vidt Microsoft Graph"
        " kan. Ikke sat tilbage: {changes:; }.",
        "Sæt det selv tilbage i Exchange Administration, hvis det ønskes: {changes:; }.",
    ),
    "by-hand/name": Entry("brugernavnet {old} (det er nu {new})"),
    "by-hand/addresses": Entry("adresserne {addresses}"),
    "cancelled": Entry(
        "Gendannelsen blev annulleret, før noget blev ændret.",
        f"Skal personen alligevel gendannes, så {AGAIN}.",
    ),
    "cancelled/undo": Entry(
        "Tilbagerulningen af gendannelsen {restore_id} blev annulleret: Intet blev rullet tilbage.",
        "Der er ikke noget at gøre, hvis personen skal blive, som den gendannelse efterlod den."
        " Ellers rul det selv tilbage: Slet brugeren, eller fjern licensen (Microsoft 365"
        " Administration, Brugere, Aktive brugere).",
    ),
    "cancelled/drill": Entry(
        "Øvelsen blev annulleret.",
        "Intet at gøre. Den næste øvelse begynder til sin tid.",
    ),
    "cancelled/rights-gone": Entry(
        "Gendannelsen blev annulleret, før noget blev ændret: da tiden var inde, havde den, der bad"
        " om den, ikke længere {roles}.",
        "Skal personen alligevel gendannes, beder en, der har {roles}, om det.",
    ),
}
