"""Texts that say what each outcome code means, for the description of the API."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "meaning/user-restored": Entry("Brugeren er gendannet; det siger ikke, at postkassen er."),
    "meaning/license-restored": Entry("Licensen er tilbage; det siger ikke, at postkassen er."),
    "meaning/mailbox-restored": Entry(
        "Postkassen er set svare, og det var bevist før, at den kunne komme tilbage."
    ),
    "meaning/already-active": Entry("Der var ikke noget at gøre."),
    "meaning/dry-run": Entry("En prøvekørsel nåede til sin plan; intet blev ændret."),
    "meaning/undone": Entry("Det, en tidligere gendannelse havde gjort, er rullet tilbage."),
    "meaning/invalid-request": Entry("En kømeddelelse kunne ikke forstås; den er gemt."),
    "meaning/user-not-found": Entry("Ingen, aktiv eller slettet, blev fundet under navn eller id."),
    "meaning/user-purged": Entry("Personen var kendt og er væk for altid."),
    "meaning/ambiguous-user": Entry("Navnet passer på flere; candidates viser dem."),
    "meaning/window-closed": Entry("De 30 dage var gået, før noget blev ændret."),
    "meaning/window-unknown": Entry("Det vides ikke, hvornår licensen gik tabt."),
    "meaning/upn-conflict": Entry("Brugernavnet er i brug eller på et domæne, der er væk."),
    "meaning/address-conflict": Entry(
        "En mailadresse er i brug hos et andet objekt eller på et domæne, der er væk."
    ),
    "meaning/immutable-id-conflict": Entry(
        "En anden bruger har den samme kobling til Active Directory (immutable ID)."
    ),
    "meaning/property-conflict": Entry("En anden egenskab, som ikke to må have, er i brug."),
    "meaning/new-name-needed": Entry(
        "Slettet i Exchange, og den gamle primære adresse, som skal tilbage, er ikke kendt."
    ),
    "meaning/new-name-not-allowed": Entry(
        "Det nye navn må ikke gives af denne kalder eller ikke i denne lejer."
    ),
    "meaning/user-is-deleted": Entry("Anmodningen har kind license, og brugeren er slettet."),
    "meaning/rehire-blocked": Entry(
        "Navnet tilhører en ny person, eller brugeren er mærket som en, der ikke skal gendannes."
    ),
    "meaning/synced-from-on-premises": Entry("Brugeren synkroniseres fra Active Directory."),
    "meaning/license-unknown": Entry("Det vides ikke, eller er uklart, hvilken licens der menes."),
    "meaning/license-not-allowed": Entry("En licens, som denne kalder ikke må nævne."),
    "meaning/license-not-in-tenant": Entry("Lejeren har ikke licensen."),
    "meaning/license-without-mailbox": Entry("Licensen giver ingen postkasse."),
    "meaning/license-from-group": Entry("Licensen kommer fra en gruppe, som ikke giver den."),
    "meaning/usage-location-missing": Entry("Brugeren har intet land (brugsplacering)."),
    "meaning/license-conflict": Entry("Licensen passer ikke til brugerens andre."),
    "meaning/privileged-user": Entry("Brugeren har eller kan aktivere en administratorrolle."),
    "meaning/not-approved": Entry("Gendannelsen blev afvist, eller ingen tog stilling i tide."),
    "meaning/undo-refused": Entry("Noget er ændret siden, så intet blev rullet tilbage."),
    "meaning/no-seat": Entry("Ingen licens blev ledig, mens postkassen kunne komme tilbage."),
    "meaning/window-closed-while-waiting": Entry(
        "Tiden, hvor postkassen kunne komme tilbage, løb ud, mens gendannelsen ventede."
    ),
    "meaning/mailbox-not-seen": Entry("Ingen postkasse svarede, så længe der blev ventet."),
    "meaning/lost-again": Entry(
        "Brugeren blev slettet eller mistede licensen igen, mens gendannelsen så efter."
    ),
    "meaning/permission-missing": Entry("Tjenesten mangler en Microsoft Graph-tilladelse."),
    "meaning/out-of-reach": Entry("Tjenesten har tilladelsen, men personen er beskyttet mod den."),
    "meaning/directory-error": Entry("Microsoft Graph afviste det af en anden grund."),
    "meaning/gave-up": Entry("Det mislykkedes for tjenesten flere gange i træk."),
    "meaning/cancelled": Entry("Gendannelsen blev annulleret, før noget blev ændret."),
}
