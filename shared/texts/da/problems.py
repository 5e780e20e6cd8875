"""Texts of problem documents, which are answered instead of a result."""

from typing import Final

from shared.texts.da.phrases import AGAIN, KEPT_AWAY
from shared.texts.entry import Catalogue, Entry

_ID_FROM_ANSWER: Final = "Brug id'et fra svaret på din anmodning."
_ASSIGN: Final = (
    "Få en administrator til at give dig rollen {role} (Entra Administration,"
    " Virksomhedsprogrammer, denne tjeneste, Brugere og grupper), og log på igen."
)
_NOBODY_HAS_IT: Final = (
    "Så længe der kaldes med funktionsnøgler, kan ingen have den rolle. En administrator af"
    " funktionsappen sætter AUTH_MODE=entra, slår dens logon til og tildeler rollen."
)
_WAIT: Final = "Vent så længe, som headeren Retry-After siger, og spørg igen."

ENTRIES: Final[Catalogue] = {
    "invalid-request": Entry(
        "Anmodningen kunne ikke forstås: {faults:; }",
        "Ret det, som errors nævner, og send anmodningen igen; intet er begyndt.",
    ),
    "invalid-request/shape": Entry(
        "Anmodningen kunne ikke forstås: {faults:; }",
        "Ret det, som errors nævner, og send anmodningen igen; intet er begyndt. Sådan ser en"
        " anmodning af den slags ud: {example}",
    ),
    "invalid-request/item": Entry(
        "Denne post kunne ikke forstås: {faults:; }",
        "Ret det, som errors nævner, og send posten igen i en samling med en ny nøgle; de gyldige"
        " poster fortsætter.",
        fix_table="Ret det, som denne linje siger under message, og send den igen i en samling med"
        " en ny nøgle; de gyldige linjer fortsætter.",
    ),
    "warned-of": Entry("Advarsel: {warning}"),
    "item-repeats": Entry("Beder om det samme som posten med index {index}; én af de to er nok."),
    "body-too-large": Entry(
        "Anmodningen har {size} byte, og højst {most} modtages.",
        "Udelad det, der ikke er nødvendigt, eller fordel den på flere anmodninger.",
    ),
    "body-too-large/to-keep": Entry(
        "Anmodningen er for stor til at blive gemt.",
        "Udelad det, der ikke er nødvendigt, eller fordel den på flere anmodninger.",
    ),
    "wrong-content-type": Entry(
        "Anmodningen siger ikke, at den er JSON.",
        "Send JSON med headeren Content-Type: application/json.",
    ),
    "wrong-content-type/csv": Entry(
        "Denne adresse tager imod JSON og ikke CSV.",
        "Send JSON med headeren Content-Type: application/json. Skal personerne i en CSV-fil"
        " gendannes, så send den til POST /api/batches.",
    ),
    "wrong-content-type/workbook": Entry(
        "Anmodningen er en Excel-projektmappe, og en liste modtages som CSV.",
        'Gem den i Excel som "CSV UTF-8" (Filer, Gem som), og send den fil med headeren'
        " Content-Type: text/csv.",
    ),
    "wrong-content-type/form": Entry(
        "Anmodningen er en formular med en fil i, og en liste modtages, som den er.",
        "Send selve filen med headeren Content-Type: text/csv (curl: --data-binary @leavers.csv og"
        " ingen -F; PowerShell: -InFile leavers.csv og ingen -Form).",
    ),
    "wrong-content-type/or-csv": Entry(
        "Anmodningen siger hverken, at den er JSON, eller at den er CSV.",
        "Send JSON med headeren Content-Type: application/json, eller CSV med headeren"
        " Content-Type: text/csv.",
    ),
    "not-signed-in": Entry(
        "Ingen er logget på: Anmodningen har ingen identitet.",
        "Log på med Entra ID, og send dets token i headeren Authorization.",
    ),
    "not-signed-in/off": Entry(
        "Funktionsappens logon er slået fra (WEBSITE_AUTH_ENABLED er ikke true), så"
        " tjenesten ikke kan vide, hvem der spørger.",
        "En administrator af funktionsappen slår dens logon til (Azure Portal,"
        " funktionsappen, Godkendelse) eller sætter AUTH_MODE=keys.",
    ),
    "not-signed-in/nameless": Entry(
        "Identiteten i anmodningen nævner hverken en bruger eller et program.",
        "Log på med Entra ID som bruger eller som program.",
    ),
    "not-signed-in/malformed": Entry(
        "Den identitet, som platformen føjede til anmodningen, kan ikke læses.",
        "Log på igen; bliver det ved, ser en administrator på funktionsappens logon.",
    ),
    "role-missing": Entry(
        "Det kræver rollen {role}.",
        _ASSIGN,
        fix_keys=_NOBODY_HAS_IT,
    ),
    "role-missing/fields": Entry(
        "Disse dele af anmodningen kræver rollen {role}: {fields}.",
        "Udelad dem, eller få en med den rolle til at sende anmodningen.",
        fix_keys=f"Udelad dem. {_NOBODY_HAS_IT}",
    ),
    "role-missing/cancel": Entry(
        "At annullere en gendannelse, som en anden har bedt om, kræver rollen {role}.",
        "Få den, der bad om den, til at annullere den, eller en med den rolle.",
        fix_keys=f"Få den, der bad om den, til at annullere den. {_NOBODY_HAS_IT}",
    ),
    "role-missing/event": Entry(
        "At abonnere på {event} kræver rollen {role}.",
        _ASSIGN,
        fix_keys=_NOBODY_HAS_IT,
    ),
    "cross-site": Entry(
        "Anmodningen kom fra en browser, der er logget på, men ikke fra en side i denne tjeneste.",
        "Fra en side i denne tjeneste: Send headeren X-Requested-With: reprieve; andre"
        " steder fra: Send et token i headeren Authorization.",
    ),
    "own-request": Entry(
        "Ingen kan tage stilling til en gendannelse, de selv har bedt om.",
        "Få en anden med rollen Restore.Approve til at tage stilling.",
    ),
    "restore-not-found": Entry(
        "Der er ingen gendannelse med dette id, eller du må ikke se den. Gendannelser gemmes en tid"
        " efter, at de er slut: 90 dage, medmindre indstillingen LEDGER_KEEP_DAYS siger andet.",
        _ID_FROM_ANSWER,
        fix_read=f"{_ID_FROM_ANSWER} GET /api/restores viser alle, der er gemt, og GET"
        " /api/restores?user= med en adresse dem for én person.",
    ),
    "batch-not-found": Entry(
        "Der er ingen samling (batch) med dette id, eller du må ikke se den.",
        _ID_FROM_ANSWER,
    ),
    "guard-not-found": Entry(
        "Der er ingen vagt (guard) med dette id; den kan allerede være fjernet.",
        "GET /api/guards viser vagterne med deres id.",
    ),
    "subscription-not-found": Entry(
        "Der er intet abonnement med dette id, som du kan afslutte.",
        "GET /api/subscriptions viser dine med deres id.",
    ),
    "key-reused": Entry(
        "Denne idempotencyKey tilhører en anden af dine anmodninger, gendannelsen {restore_id}.",
        "Brug en anden nøgle, eller spørg efter den gendannelse.",
    ),
    "key-reused/batch": Entry(
        "Denne idempotencyKey tilhører en anden af dine anmodninger, samlingen {batch_id}.",
        "Brug en anden nøgle, eller spørg efter den samling.",
    ),
    "not-cancellable": Entry(
        "For sent at annullere: En ændring er eller kan være sendt til Microsoft.",
        "Vent, til gendannelsen er slut, og se da, hvad den har gjort.",
    ),
    "not-cancellable/ended": Entry(
        "For sent at annullere: Gendannelsen er slut ({status}).",
        "Se på dens resultat; der er intet tilbage at annullere.",
    ),
    "not-cancellable/erasing": Entry(
        "Intet er slettet: Gendannelsen {restore_id} af denne person er ikke slut og har ændret"
        " noget eller kan have gjort det.",
        "Vent, til den er slut, og send det samme igen.",
    ),
    "not-retryable": Entry(
        "Gendannelsen er ikke slut ({status}), så der er intet at køre igen.",
        "Vent, til den er slut.",
    ),
    "not-retryable/succeeded": Entry(
        "Gendannelsen lykkedes, så der er intet at køre igen.",
        "Mangler der alligevel noget, så send en ny anmodning, med en ny idempotencyKey, hvis den"
        " havde en.",
    ),
    "not-retryable/cancelled": Entry(
        "Gendannelsen blev annulleret og genoptages ikke.",
        f"Skal personen alligevel gendannes, så {AGAIN}.",
    ),
    "not-retryable/taken-back": Entry(
        "Gendannelsen er ved at blive rullet tilbage af {restore_id}.",
        "Vent, til den er slut, og send det samme igen, hvis det stadig ønskes til den tid.",
    ),
    "not-retryable/drill": Entry(
        "Øvelsen har ikke ændret noget, så der er intet at gendanne. Den begyndes ikke på en anden"
        " tid af dagen.",
        "Intet at gøre: Den næste øvelse begynder til sin tid.",
    ),
    "not-retryable/unreadable": Entry(
        "Meddelelsen bag denne gendannelse kunne ikke forstås, og det bliver den aldrig.",
        "Få den, der sendte den, til at sende en rettet.",
    ),
    "not-waiting-for-approval": Entry(
        "Gendannelsen venter ikke på en godkendelse ({status}).",
        "Se på den: Der er allerede taget stilling, eller den er gået videre.",
    ),
    "not-waiting-for-approval/batch": Entry(
        "I denne samling venter intet på en godkendelse ({status}).",
        "Se på dens gendannelser: Der er allerede taget stilling til dem, de er gået videre, eller"
        " de er ikke nået så langt.",
    ),
    "plan-changed": Entry(
        "Det, der ville blive gjort, er ikke det, du har set: Planen er ændret siden.",
        "Læs gendannelsen igen, og tag stilling til den plan, den har nu.",
    ),
    "not-undoable": Entry(
        "Gendannelsen har intet ændret, så der er intet at rulle tilbage.",
        "Der er ikke noget at gøre.",
    ),
    "not-undoable/unfinished": Entry(
        "Gendannelsen er ikke afsluttet endnu ({status}).",
        "Annuller den, så længe intet er ændret; vent ellers på dens afslutning, og rul den så"
        " tilbage.",
    ),
    "not-undoable/of-its-own": Entry(
        "Det, som tjenesten selv har rullet tilbage eller øvet, kan ikke rulles tilbage.",
        "Skal personen gendannes, så send en ny anmodning.",
    ),
    "not-undoable/off": Entry(
        "At rulle gendannelser tilbage (undo) er slået fra.",
        "En administrator af funktionsappen sætter UNDO=true; eller rul den manuelt"
        " tilbage i Microsoft 365 Administration (Brugere, Aktive brugere).",
    ),
    "too-many/restores": Entry(
        "Du har {most} uafsluttede gendannelser, og flere må én ikke have.",
        f"{_WAIT} Mange på én gang sendes bedre som en samling (POST /api/batches).",
    ),
    "too-many/batches": Entry(
        "Du har {most} uafsluttede samlinger, og flere må én ikke have.",
        f"{_WAIT} Hver samling må have op til 1.000 gendannelser.",
    ),
    "too-many/schedules": Entry(
        "Du har {most} gendannelser til et kommende tidspunkt (notBefore), og flere må én ikke"
        " have.",
        "Annullér nogle af dem, eller vent, til nogle er begyndt.",
    ),
    "too-many/checks": Entry(
        "Du har bedt om {most} tjek på et minut, og om flere må én ikke bede.",
        _WAIT,
    ),
    "too-many/check-calls": Entry(
        "Du har bedt om tjek {most} gange på et minut, og oftere må én ikke bede.",
        f"{_WAIT} Op til 100 personer kan tjekkes på én gang (restores).",
    ),
    "too-many/subscriptions": Entry(
        "Du har {most} abonnementer, og flere må én ikke have.",
        "Afslut dem, ingen har brug for (GET og DELETE /api/subscriptions).",
    ),
    "busy": Entry(
        "Gendannelsen er under ændring i dette øjeblik.",
        "Send det samme igen om nogle sekunder.",
    ),
    "storage-unavailable": Entry(
        "Tjenestens lager svarer ikke. Det, der blev bedt om, kan være begyndt eller ej.",
        f"{_WAIT} At sende nøjagtig samme anmodning igen gør intet to gange.",
    ),
    "storage-unavailable/other-release": Entry(
        "En anden udgave af tjenesten har skrevet det, der blev spurgt om, og den, der kører nu,"
        " kan ikke læse det. Intet er ændret.",
        "Bed den, der driver tjenesten, om at sætte den udgave ind igen. Indtil da bliver det, som"
        " det er.",
    ),
    "directory-unavailable": Entry(
        "Microsoft Graph kunne ikke spørges: {why}",
        _WAIT,
    ),
    "directory-unavailable/permission": Entry(
        "Microsoft viser det ikke for tjenesten. {said}",
        "Få en administrator med rollen Privileged Role Administrator til at give"
        " tjenestens identitet tilladelsen {permission} (infra/graph/grant.py), og spørg"
        " igen.",
    ),
    "directory-unavailable/held": Entry(
        "Microsoft Graph viser det ikke for tjenesten, selv om dens identitet har tilladelserne"
        " til det, så vidt tjenesten kan se ({permission}). {said}",
        f"{KEPT_AWAY} Den skal have {{permission}}. Spørg derefter igen.",
    ),
    "directory-unavailable/refused": Entry(
        "Microsoft Graph vil ikke svare. {said}",
        "Spørg igen om nogle minutter; bliver det ved, så vis en administrator, hvad den svarede.",
    ),
    "configuration-wrong": Entry(
        "Nogle af tjenestens indstillinger er forkerte, så den kan ikke arbejde.",
        "En administrator af funktionsappen finder i dens log, hvilke, og hvad der skal stå.",
    ),
}
