"""Texts about what is wrong with a request; each continues from the name of the wrong part."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_TIME: Final = (
    "skriv det som 2026-05-01T08:00:00Z (UTC) eller 2026-05-01T10:00:00+02:00 (dansk sommertid)"
)
_URL: Final = (
    "skriv en hel adresse, der begynder med https://, såsom https://example.logic.azure.com/..."
)

ENTRIES: Final[Catalogue] = {
    # The body as a whole.
    "fault/too-large": Entry("har {size} byte; send højst {most}"),
    "fault/not-utf-8": Entry(
        "er ikke UTF-8: Byten ved {offset} kan ikke stå dér; send UTF-8 (i PowerShell: -ContentType"
        " 'application/json; charset=utf-8')"
    ),
    "fault/utf-16": Entry(
        "er UTF-16, og der tages imod UTF-8 (i PowerShell: -ContentType 'application/json;"
        " charset=utf-8', og til base64 [Text.Encoding]::UTF8)"
    ),
    "fault/empty-body": Entry("er tomt; send et JSON-objekt, i {{ }}"),
    "fault/wrong-quotes": Entry(
        "er ikke JSON: {found} står i linje {line}, kolonne {column}, og JSON kender kun det lige"
        ' dobbelte anførselstegn "; skriv navne og tekster mellem to af dem'
    ),
    "fault/unquoted": Entry(
        "er ikke JSON: i linje {line}, kolonne {column} begynder et ord uden det dobbelte"
        ' anførselstegn "; navne og tekster står mellem to (true, false og null uden); en'
        " kommandolinje kan have fjernet dem"
    ),
    "fault/not-json": Entry("er ikke JSON; fejlen er i linje {line}, kolonne {column}"),
    "fault/json-no-beginning": Entry(
        "er ikke JSON: i linje {line}, kolonne {column} begynder det med noget andet end {{; send"
        " et JSON-objekt, i {{ }}"
    ),
    "fault/json-form": Entry(
        "er ikke JSON: Det er en formular eller en tabel fra PowerShell; lav den først om til JSON"
        " (i PowerShell: -Body ($body | ConvertTo-Json -Depth 5))"
    ),
    "fault/json-twice": Entry(
        "er en tekst med JSON i: Den er lavet om til JSON to gange; gør det én gang, og send selve"
        " objektet, i {{ }}"
    ),
    "fault/json-list": Entry("er en liste, i [ ], hvor et objekt hører til, i {{ }}"),
    "fault/json-or-csv": Entry(
        "er ikke JSON: det begynder med noget andet end {{; send et JSON-objekt, i {{ }}, eller en"
        " CSV-fil med headeren Content-Type: text/csv"
    ),
    "fault/json-cut-off": Entry(
        "er ikke JSON: det slutter i linje {line}, kolonne {column} og er ikke helt; der mangler en"
        " værdi eller en slutparentes"
    ),
    "fault/json-no-value": Entry(
        "er ikke JSON: der mangler en værdi i linje {line}, kolonne {column}; skriv en tekst i"
        " anførselstegn, et tal, true, false, null, en liste i [ ] eller et objekt i {{ }}"
    ),
    "fault/json-no-comma": Entry(
        "er ikke JSON: i linje {line}, kolonne {column} mangler et komma eller en slutparentes"
    ),
    "fault/json-no-colon": Entry(
        "er ikke JSON: i linje {line}, kolonne {column} mangler et kolon mellem et felts navn og"
        " dets værdi"
    ),
    "fault/json-no-name": Entry(
        "er ikke JSON: i linje {line}, kolonne {column} mangler et felts navn i anførselstegn"
    ),
    "fault/json-last-comma": Entry(
        "er ikke JSON: efter kommaet i linje {line}, kolonne {column} kommer der ikke mere; fjern"
        " det"
    ),
    "fault/json-open-text": Entry(
        "er ikke JSON: teksten, der begynder i linje {line}, kolonne {column}, har intet"
        " afsluttende anførselstegn"
    ),
    "fault/json-control": Entry(
        "er ikke JSON: i linje {line}, kolonne {column} har en tekst et linjeskift, en tabulator"
        " eller et tegn, der ikke kan ses; skriv et linjeskift som \\n og en tabulator som \\t"
    ),
    "fault/json-escape": Entry(
        "er ikke JSON: den omvendte skråstreg i linje {line}, kolonne {column} kan ikke stå alene;"
        " skriv to (\\\\), hvor der menes én"
    ),
    "fault/json-more": Entry(
        "er ikke JSON: det er slut, og der kommer mere i linje {line}, kolonne {column}; send ikke"
        " andet"
    ),
    "fault/too-deep": Entry("er indlejret for dybt; brug højst {most} niveauer"),
    "fault/many-values": Entry("har mere end {most} værdier; send færre"),
    "fault/long-name": Entry("har et navn på {count} tegn; navne har højst {most}"),
    "fault/half-character": Entry(
        "har et halvt tegn (et af \\ud800 til \\udfff uden den anden halvdel); send hele tegn"
    ),
    "fault/half-character-in-name": Entry(
        "har et navn med et halvt tegn (et af \\ud800 til \\udfff uden den anden halvdel);"
        " send hele tegn"
    ),
    "fault/written-twice": Entry("er skrevet mere end én gang; skriv det én gang"),
    "fault/no-finite-number": Entry(
        "er ikke et almindeligt tal (NaN, uendeligt eller alt for stort); skriv et almindeligt tal"
    ),
    "fault/no-json-object": Entry("skal være et JSON-objekt, i {{ }}"),
    "fault/no-restore": Entry("skal være en anmodning om gendannelse, såsom {example}"),
    "fault/neither-json-nor-base64": Entry(
        "er hverken et JSON-objekt eller base64 af et; send anmodningen som JSON"
    ),
    # A part of it.
    "fault/missing": Entry("mangler"),
    "fault/missing-choice": Entry("mangler; skriv en af: {choices}"),
    "fault/no-string-like": Entry("skal være en tekst, i anførselstegn; skriv det som {example}"),
    "fault/no-boolean": Entry("skal være true eller false, uden anførselstegn"),
    "fault/no-list-like": Entry("skal være en liste, i [ ]; skriv det som {example}"),
    "fault/no-object-like": Entry("skal være et objekt, i {{ }}; skriv det som {example}"),
    "fault/unknown-name": Entry('"{name}" er ikke et felt i denne anmodning'),
    "fault/misspelt-name": Entry('"{name}" er ikke et felt i denne anmodning; mente du "{meant}"?'),
    "fault/of-each-restore": Entry('"{name}" står i hver post i restores; flyt det derind'),
    "fault/queue-only": Entry("hører kun til kømeddelelser; udelad det"),
    "fault/queue-only-sender": Entry(
        "hører kun til kømeddelelser, da logon siger, hvem der spørger; udelad det"
    ),
    "fault/fixed-kind": Entry("er givet med denne adresse; udelad det"),
    "fault/no-choice": Entry("skal være en af: {choices}"),
    "fault/only-choice": Entry('skal være "{choice}"'),
    "fault/too-few": Entry("skal have mindst {least:én post|# poster}"),
    "fault/too-many": Entry("må højst have {most:én post|# poster}"),
    "fault/other": Entry("er ikke, som det skal være"),
    "fault/no-value": Entry("er tomt; skriv en værdi"),
    "fault/empty": Entry("er tomt; skriv op til {most} tegn"),
    "fault/too-long": Entry("har {count} tegn; skriv højst {most}"),
    "fault/invisible": Entry(
        "har et tegn, der ikke kan ses ({character} på plads {position}); fjern det"
    ),
    "fault/no-guid": Entry("er ikke et GUID; skriv det som 6fd2c87f-b296-42f0-b197-1e91e994b900"),
    "fault/no-object-id": Entry(
        "er ikke et objekt-id; skriv det som 6fd2c87f-b296-42f0-b197-1e91e994b900 (Entra"
        " Administration, Brugere eller Slettede brugere, brugeren, Oversigt)"
    ),
    "fault/user-name-character": Entry(
        "indeholder {character}, som intet brugernavn må; bogstaver uden accenter, cifre og"
        " ' . - _ ! # ^ ~ må stå før @"
    ),
    "fault/no-user-name": Entry(
        "er ikke et brugernavn; skriv navn@domæne, med et bekræftet domæne i lejeren"
    ),
    "fault/version": Entry('skal være tallet 1: Skriv "version": 1'),
    # Times.
    "fault/no-time": Entry(f"er ikke et tidspunkt; {_TIME}"),
    "fault/too-late": Entry(
        "ligger efter {latest:time}; det, der er tabt i dag, kan ikke komme tilbage senere"
    ),
    "fault/time-without-quotes": Entry(f"skal være et tidspunkt i anførselstegn; {_TIME}"),
    "fault/time-without-zone": Entry(f"siger ikke, hvilken tidszone det er i; {_TIME}"),
    "fault/time-off-calendar": Entry(f"er en dato eller et klokkeslæt, der ikke findes; {_TIME}"),
    "fault/time-far": Entry(f"er ikke i årene {{first}} til {{last}}; {_TIME}"),
    # Addresses to be called.
    "fault/no-url": Entry(f"er ikke en webadresse; {_URL}"),
    "fault/url-characters": Entry(
        f"har et mellemrum, en omvendt skråstreg eller et bogstav uden for a til z; {_URL}"
    ),
    "fault/not-https": Entry(f"er ikke en https-adresse med navnet på en server; {_URL}"),
    "fault/url-parts": Entry(f"har et brugernavn, en adgangskode eller en del efter #; {_URL}"),
    "fault/port": Entry("nævner en port; udelad den, kun 443 kaldes"),
    "fault/host-not-allowed": Entry(
        "fører til en server, der ikke er tilladt; tilladt (indstillingen CALLBACK_HOSTS): {hosts}"
    ),
    "fault/no-host-allowed": Entry(
        "fører til en server, der ikke er tilladt; ingen er det (indstillingen CALLBACK_HOSTS)"
    ),
    # What one part asks of another.
    "fault/rename-without-name": Entry('skal være der med onUpnConflict "rename" eller "always"'),
    "fault/name-without-rename": Entry(
        'gør intet alene: Tilføj "onUpnConflict": "rename", eller udelad det'
    ),
    "fault/names-no-license": Entry(
        "nævner ingen licens: Giv skuIds eller skuPartNumbers, eller udelad license for at få en"
        " valgt"
    ),
    "fault/all-alone": Entry('"all" står alene: Udelad {names}, eller udelad "all"'),
    "fault/header-key": Entry("headeren Idempotency-Key {wrong}"),
    "fault/header-key-differs": Entry(
        "er forskellig fra headeren Idempotency-Key; send det samme i begge, eller kun en af dem"
    ),
    "fault/message-id": Entry("meddelelsens id i dens sted {wrong}"),
    "fault/event-id": Entry("{wrong}, eller sæt idempotencyKey i data"),
    "fault/override-on-queue": Entry(
        "kræver rollen {role}, og en kømeddelelse har kun Restore.Request; send det over HTTP"
    ),
    "fault/override": Entry(
        "kræver rollen {role}, som du ikke har; udelad det, eller få en med den rolle til at sende"
        " det"
    ),
    "fault/same-key": Entry("er også nøglen for {first}; hver skal have sin egen"),
    "fault/key-reused": Entry("tilhører en anden anmodning; send denne igen med en anden nøgle"),
    "fault/data-type": Entry("skal være application/json eller udelades"),
    "fault/data-twice": Entry("kan ikke stå ved siden af data; send en af dem"),
    "fault/data-no-object": Entry("skal være et objekt, i {{ }}: anmodningen om gendannelse"),
    "fault/data-missing": Entry("skal være der: anmodningen om gendannelse"),
    "fault/not-base64": Entry("er ikke base64; send anmodningen som data i stedet"),
    "fault/filter-without-effect": Entry("gør intet for {event}; udelad det"),
    "fault/no-end": Entry(
        "er ikke en status, som en gendannelse ender med; skriv en af: {choices}"
    ),
    # A file in CSV.
    "fault/csv-encoding": Entry(
        "er hverken UTF-8 eller UTF-16 med sit mærke i begyndelsen; gem den igen som"
        ' "CSV UTF-8", som Excel tilbyder under Gem som'
    ),
    "fault/csv-separator": Entry(
        "nævner et skilletegn (sep=), der ikke kan bruges; brug komma, semikolon eller tabulator"
    ),
    "fault/csv-empty": Entry('er tom; begynd med en linje med navne, mindst "user"'),
    "fault/csv-no-rows": Entry("har ingen under sin første linje; skriv en linje for hver person"),
    "fault/csv-many-rows": Entry(
        "har mere end {most} personer; den første for meget står på linje {line}: send resten som"
        " en anden fil"
    ),
    "fault/csv-blanks": Entry("har mere end {most} linjer med mellemrum; fjern dem"),
    "fault/csv-long-row": Entry(
        "er længere end {most} tegn eller har et anførselstegn, der ikke er lukket"
    ),
    "fault/csv-quote-open": Entry(
        "har et anførselstegn, der ikke er lukket, så alt efter det hører til én celle; luk det,"
        " og skriv dem inde i en celle i anførselstegn to gange"
    ),
    "fault/csv-quote": Entry(
        "fortsætter efter et afsluttende anførselstegn; skriv dem inde i en celle i anførselstegn"
        " to gange"
    ),
    "fault/csv-wide-row": Entry(
        "har {cells:én celle|# celler}, og den første linje nævner"
        " {columns:én kolonne|# kolonner}; sæt en celle med et skilletegn i anførselstegn"
    ),
    "fault/csv-no-user": Entry(
        'ingen af kolonnerne hedder "user", som siger, hvem der menes; der kan være {names}'
    ),
    "fault/csv-no-header": Entry(
        "intet kolonnenavn er kendt her; kald kolonnen med personerne user, eller begynd filen med"
        " en linje som user,kind,reason. Der kan være {names}"
    ),
    "fault/csv-no-title": Entry("har intet navn; giv kolonnen et, eller fjern den"),
    "fault/csv-column-twice": Entry('er "{name}", som kolonne {first} også er; behold en af dem'),
    "fault/csv-unknown-column": Entry(
        "er ikke et felt i en anmodning; fjern kolonnen, eller giv den et af disse navne: {names}"
    ),
    "fault/csv-misspelt-column": Entry(
        'er ikke et felt i en anmodning; mente du "{meant}"? Fjern ellers kolonnen'
    ),
    "fault/csv-no-boolean": Entry("skal være true eller false (ja eller nej)"),
    "fault/csv-status": Entry(
        "skal være tom, eller som svaret havde den, en af: {choices}; tøm den for at sende linjen"
    ),
    "fault/csv-result": Entry(
        "dette er svaret om en samling og har ikke alt det, der blev bedt om: Tilføj kolonnen kind,"
        " og dryRun, reason og hvad din første liste ellers havde"
    ),
    "fault/csv-result-done": Entry(
        "har kun personer, der er tilbage, er annulleret eller er i gang; tøm linjens status for at"
        " sende den alligevel"
    ),
    "fault/csv-no-license": Entry(
        "nævner ingen licens; skriv korte navne eller produktnavne med | imellem, såsom"
        " SPE_E3, eller lad cellen være tom for at få en valgt"
    ),
    "fault/csv-field": Entry("{name} {wrong}"),
    "fault/in-line": Entry("linje {line}: {wrong}"),
    "fault/in-cell": Entry("linje {line}, kolonne {column} ({title}): {wrong}"),
    # Lists.
    "fault/no-whole-number": Entry("skal være et helt tal fra 1 til {most}"),
    "fault/no-token": Entry("kom ikke fra denne liste; følg nextLink uden at ændre det"),
    "fault/no-parameter": Entry("er ikke en parameter for denne liste; den har: {known}"),
    "fault/restores-of-one": Entry(
        "er ikke en parameter her; GET /api/restores?user= viser gendannelserne for én person, og"
        " hver har sin journal på /api/restores/{{restoreId}}/journal"
    ),
    "fault/losses-of-one": Entry(
        "er ikke en parameter for denne liste; brug search, som tager en adresse eller en del af"
        " et navn"
    ),
    "fault/no-parameters": Entry("er ikke en parameter for denne liste; den har ingen"),
    "fault/no-caller": Entry(
        "er ikke id'et på den, der har spurgt, og der søges ikke efter navne; skriv det id, som"
        " requestedBy har i denne liste (i CSV i parentes efter navnet), eller dit eget fra"
        " GET /api/me"
    ),
    "fault/no-batch": Entry(
        "er ikke id'et på en samling; skriv de 32 tegn, som svaret på POST /api/batches har som id,"
        " og hver af dens gendannelser som batchId"
    ),
    "fault/one-person-at-a-time": Entry("nævner flere personer; spørg om én ad gangen"),
    "fault/ends-before": Entry(
        "skal være senere end from, ellers er der ingen tid imellem (from er med, to er ikke)"
    ),
    "fault/search": Entry("skal være en tekst på højst {most} tegn, der kan ses"),
    "fault/no-days": Entry("skal være et antal dage fra 0 til {most}, såsom 3 eller 0.5"),
}
