"""Titles of problems, and what is said of addresses and methods that there are not."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "title/invalid-request": Entry("Anmodningen kunne ikke forstås"),
    "title/not-signed-in": Entry("Ingen er logget på"),
    "title/role-missing": Entry("Der mangler en rolle"),
    "title/cross-site": Entry("Anmodningen kom fra et andet websted"),
    "title/own-request": Entry("Det er din egen anmodning"),
    "title/restore-not-found": Entry("Den gendannelse findes ikke"),
    "title/batch-not-found": Entry("Den samling findes ikke"),
    "title/guard-not-found": Entry("Den vagt findes ikke"),
    "title/subscription-not-found": Entry("Det abonnement findes ikke"),
    "title/route-not-found": Entry("Den adresse findes ikke"),
    "title/method-not-allowed": Entry("Adressen tager ikke imod den metode"),
    "title/key-reused": Entry("Nøglen tilhører en anden anmodning"),
    "title/not-cancellable": Entry("Gendannelsen kan ikke annulleres"),
    "title/not-retryable": Entry("Gendannelsen kan ikke køres igen"),
    "title/not-waiting-for-approval": Entry("Gendannelsen venter ikke på en godkendelse"),
    "title/plan-changed": Entry("Planen er ændret"),
    "title/not-undoable": Entry("Gendannelsen kan ikke rulles tilbage"),
    "title/body-too-large": Entry("Anmodningen er for stor"),
    "title/wrong-content-type": Entry("Anmodningen er ikke JSON"),
    "title/too-many": Entry("For mange på én gang"),
    "title/busy": Entry("Gendannelsen er under ændring i dette øjeblik"),
    "title/storage-unavailable": Entry("Lageret svarer ikke"),
    "title/directory-unavailable": Entry("Microsoft Graph kunne ikke spørges"),
    "title/configuration-wrong": Entry("Tjenestens indstillinger er forkerte"),
    "route-not-found": Entry(
        "Der er intet på {path}.",
        "Slå adressen op i vejledningen (functions/README.md) eller i beskrivelsen af API'et"
        " (infra/connector/openapi.json). Begge er filer i projektet, og denne tjeneste udleverer"
        " dem ikke: Den, der driver den, har dem.",
    ),
    "route-not-found/start": Entry(
        "Der er intet på /api selv.",
        "Åbn /api/desk, siden for mennesker, eller send en anmodning til /api/restores."
        " Vejledningen (functions/README.md) og beskrivelsen af API'et"
        " (infra/connector/openapi.json) har alle adresser. Begge er filer i projektet: Den, der"
        " driver tjenesten, har dem.",
    ),
    "route-not-found/desk": Entry(
        "Siden har ingen sådan fil; den kan høre til en tidligere udgave af siden.",
        "Åbn /api/desk igen.",
    ),
    "route-not-found/description": Entry(
        "Der er intet på {path}: Denne tjeneste udleverer ikke beskrivelsen af sit API.",
        "Det er filen infra/connector/openapi.json i projektet, og den er med i hver udgivelse:"
        " Den, der driver tjenesten, har den. GET /api/desk er siden for mennesker.",
    ),
    "route-not-found/person": Entry(
        "Der er intet på {path}.",
        "Hvad der er gjort for én person: GET /api/restores?user={user} viser gendannelserne"
        " (rollen Restore.Read), og hver har sin journal på /api/restores/{{restoreId}}/journal."
        " Hvad der kan gendannes nu: POST /api/checks med personen som user. Vejledningen"
        " (functions/guide/trail.md, functions/guide/one-person.md) viser begge dele.",
    ),
    "route-not-found/history": Entry(
        "Der er intet på {path}.",
        "GET /api/restores viser, hvad der er bedt om, og GET /api/restores?user= med en adresse"
        " det for én person; hver har sin journal på /api/restores/{{restoreId}}/journal. GET"
        " /api/trail udleverer alle journaler. Vejledningen (functions/guide/trail.md) viser det.",
    ),
    "route-not-found/meant": Entry(
        "Der er intet på {path}.",
        "Brug {meant}, som sandsynligvis var ment.",
    ),
    "method-not-allowed": Entry(
        "{path} tager ikke imod {method}.",
        "Brug en af: {methods}.",
    ),
    "method-not-allowed/only": Entry(
        "{path} tager ikke imod {method}.",
        "Brug {only}.",
    ),
    "method-not-allowed/body": Entry(
        "{path} tager ikke imod {method}.",
        "Brug {only} med headeren Content-Type: application/json og et indhold som dette:"
        " {example}",
    ),
    "method-not-allowed/removal": Entry(
        "{path} tager ikke imod {method}.",
        "DELETE er alt, hvad den tager imod, og det, som fjernes, er væk for altid: Send den kun,"
        " hvis det skal fjernes.",
    ),
    "method-not-allowed/person": Entry(
        "{path} tager ikke imod {method}.",
        "Vil du se, hvad der er gjort for personen, så brug GET /api/restores?user={user}. DELETE"
        " er alt, hvad adressen tager imod, og det, som fjernes, er væk for altid: Send den kun,"
        " hvis det skal fjernes.",
    ),
    "method-not-allowed/listed": Entry(
        "{path} tager ikke imod {method}.",
        "Vil du se den, så brug GET {whole}, som viser den. DELETE er alt, hvad adressen tager"
        " imod, og det, som fjernes, er væk for altid: Send den kun, hvis det skal fjernes.",
    ),
    "method-not-allowed/cancel": Entry(
        "{path} tager ikke imod {method}: En gendannelse kan annulleres, ikke slettes.",
        "Skal den annulleres, så brug POST {path}/cancel; skal den ses, så GET {path}.",
    ),
    "method-not-allowed/cancel-each": Entry(
        "{path} tager ikke imod {method}: En samling kan annulleres, ikke slettes.",
        "Skal den annulleres, så annullér hver af dens gendannelser (POST"
        " /api/restores/{{id}}/cancel); GET {path} viser deres id'er.",
    ),
}
