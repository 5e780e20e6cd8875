"""Words of the views Many, History, Failed, Guards, Subscriptions, Approvals, Status, report."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "many.intro": (
        "Indsæt en liste, eller træk en fil hertil. Hver række kontrolleres, før noget sendes."
    ),
    "many.paste": "En liste over personer: adresser, eller CSV med overskrift",
    "many.choose-file": "Vælg en fil",
    "many.or-drop": "eller træk den hertil",
    "many.check": "Kontrollér listen",
    "many.columns": "Hvilke kolonner forstås",
    "many.columns-text": (
        "Én adresse på hver linje er nok, og det er én linje med modtagere fra en mail også. Med "
        "overskrift: user (eller upn, mail, email), kind, "
        "licenses (adskilt med |), reason, ticket, notBefore, newUserPrincipalName og de øvrige "
        "felter i en bestilling, med store eller små bogstaver. Komma, semikolon eller tabulator; "
        "UTF-8, eller UTF-16 som Excel gemmer det."
    ),
    "many.recent": "Sendt fra denne browser",
    "many.not-read": "Listen kan ikke læses",
    "many.rows": "Listens rækker",
    "many.user-of-line": "Person i linje {line}",
    "many.on-rows": "På {count:én række|# rækker}",
    "many.unchecked": "ikke kontrolleret",
    "many.blocked": "blokeret",
    "many.invalid": "ikke forstået",
    "many.idle": "intet tabt",
    "many.twice": "nævnt to gange",
    "many.twice-of": ("Samme adresse som i linje {line}: Én gendannelse er nok til én person."),
    "many.counts-twice": "{count:# række|# rækker} nævnt to gange",
    "many.pass-over": "Udelad {count:den|dem}, og kontrollér listen",
    "many.counts": "{ready} klar, {blocked} blokeret, {invalid} ikke forstået",
    "many.counts-idle": "{idle} uden tab",
    "many.checking": "kontrollerer {count:én mere|# flere}",
    "many.progress": "Kontrollerede rækker",
    "many.start-over": "Begynd forfra",
    "many.did-you-mean": "Mente du",
    "many.send-anyway": "send den alligevel",
    "many.reason": "Begrundelse for dem alle",
    "many.send": "Send {count:# bestilling|# bestillinger}",
    "many.send-hint": "{count:Én række er|# rækker er} udeladt.",
    "csv.encoding": 'Filen er hverken UTF-8 eller UTF-16. Gem den som "CSV UTF-8" i Excel.',
    "csv.empty": "Der er intet i den.",
    "csv.quote": "Anførselstegnet, der begynder i linje {line}, afsluttes aldrig.",
    "csv.header": ("{count:Denne kolonne|Disse kolonner} kendes ikke: {names}. Intet er sendt."),
    "csv.header-fix": (
        "Giv {count:den|hver af dem} et af navnene under “{columns}”, eller udelad "
        "{count:den|dem}: Så sendes det ikke, der står i {count:den|dem}."
    ),
    "csv.near": "Mente du {field} med {title}? Så skriv det sådan i første linje.",
    "csv.column": "kolonne {number} (uden navn)",
    "csv.no-user": (
        "Ingen kolonne siger, hvem der menes. Første linje har {names}: Kald kolonnen med "
        "adresserne “user”."
    ),
    "csv.twice": "Kolonnerne {names} betyder det samme: Behold én af dem.",
    "csv.too-many": "Listen har {count:# række|# rækker}; én bestilling kan have {most}. Del den.",
    "csv.too-many-cells": "Flere celler, end overskriften har.",
    "csv.yes-or-no": "{title}: skriv true eller false.",
    "csv.status": "Den status har intet svar; tøm den for at sende rækken.",
    "csv.result": (
        "Dette er svaret om en samling og har ikke alt det, der blev bedt om: Tilføj kolonnen kind,"
        " og dryRun, reason og hvad din første liste ellers havde."
    ),
    "csv.done": (
        "Alle i den er tilbage, annulleret eller i gang. Tøm rækkens status for at sende den"
        " alligevel."
    ),
    "csv.nobody": "Ingen er nævnt.",
    "csv.kind": "{title}: skriv mailbox, user eller license.",
    "batch.title": "Samling",
    "batch.at-work": "{count:# person|# personer} er ved at blive gendannet",
    "batch.done": "Samlingen med {count:# person|# personer} er afsluttet",
    "batch.progress": "{done} af {count:#|#} færdige",
    "batch.rows": "Samlingens rækker",
    "batch.filter": "Vis kun",
    "batch.all": "Alle {count:#|#}",
    "batch.save-csv": "Gem som CSV",
    "batch.repeats": "det samme som række {line}",
    "batch.approval": "{count:Én venter|# venter} på godkendelse.",
    "batch.to-approvals": "Til godkendelserne",
    "history.rows": "Gendannelser, nyeste først",
    "history.person": "Person",
    "history.status": "Status",
    "history.any-status": "Alle",
    "history.from": "Fra",
    "history.to": "Til og med",
    "history.requested-by": "Bestilt af (id)",
    "history.batch": "samling {id}",
    "history.none": "Ingen gendannelse passer.",
    "history.all-shown": "Alle {count:#|#} er vist",
    "history.some-shown": "{count:#|#} indtil nu; rul for flere",
    "history.save-csv": "Gem som CSV",
    "history.saving": "Læser …",
    "history.trail": "Revisionsspor …",
    "history.trail-title": "Revisionsspor",
    "history.trail-text": (
        "Journalen for alle gendannelser mellem de to dage, med det, der skal til for at "
        "kontrollere den uden denne tjeneste."
    ),
    "history.trail-check": (
        "Om en linje er ændret eller taget ud, siger check_trail.py, én fil fra infra/trail i "
        "projektet. Gem begge i samme mappe, og kør:"
    ),
    "history.trail-ndjson": "Gem til kontrol (NDJSON)",
    "history.trail-csv": "Gem som tabel (CSV)",
    "failed.failed": "Mislykket",
    "failed.unreadable": "Ikke forstået",
    "failed.refused": "Afvist",
    "failed.which": "Hvilke",
    "failed.rows": "Gendannelser, der ikke lykkedes",
    "failed.intro-failed": (
        "Disse blev forsøgt og lykkedes ikke. Hver siger hvorfor, og hvad der kan gøres."
    ),
    "failed.intro-unreadable": (
        "Beskeder fra køen, der ikke kunne forstås. Intet af dem er gået tabt."
    ),
    "failed.intro-refused": "Disse blev undersøgt og afvist, før noget blev ændret.",
    "failed.none-failed": "Intet er mislykket.",
    "failed.none-unreadable": "Alle beskeder blev forstået.",
    "failed.none-refused": "Intet er afvist.",
    "failed.none-yet": "Ingen i det, der er læst indtil nu.",
    "failed.look-further": "Se længere tilbage",
    "failed.a-message": "En besked fra køen",
    "failed.received": "Det modtagne",
    "failed.pick": "Vælg til et nyt forsøg",
    "failed.retry": "Prøv {count:# igen|# igen}",
    "failed.retried": "{count:# gendannelse begynder|# gendannelser begynder} et nyt forsøg",
    "guards.intro": (
        "En vagt er en stående ordre: når personen mister postkassen, bringer tjenesten den selv "
        "tilbage."
    ),
    "guards.add-title": "Sæt en vagt på nogen",
    "guards.user": "Brugernavn, adresse eller objekt-id",
    "guards.act": "Handler",
    "guards.kind": "Gendanner",
    "guards.add": "Opret vagten",
    "guards.added": "{name} har nu en vagt",
    "guards.added-but": "{name} har en vagt, men en gendannelse ville blive afvist i dag",
    "guards.said-added": "Vagten er oprettet",
    "guards.none": "Ingen har en vagt.",
    "guards.standing": "{count:# vagt|# vagter}",
    "guards.since": "af {who}, {when}",
    "guards.seen": "senest set {when}",
    "guards.last-loss": "seneste tab {when}, {evidence}",
    "guards.its-restore": "dets gendannelse",
    "guards.remove": "Fjern",
    "act.when-closing": "kort før perioden udløber",
    "act.at-once": "straks",
    "act.when-closing-long": "Handler, når perioden er ved at udløbe.",
    "act.at-once-long": "Handler, så snart tabet ses.",
    "subscriptions.intro": "Et abonnement sender alle hændelser af én art til en af dine adresser.",
    "subscriptions.add-title": "Abonnér",
    "subscriptions.event": "Hændelse",
    "subscriptions.url": "Adresse",
    "subscriptions.url-hint": "https, på en vært, som tjenestens indstillinger tillader.",
    "subscriptions.only": "Kun dem, der ender som (intet valgt: alle)",
    "subscriptions.add": "Abonnér",
    "subscriptions.said-added": "Abonnementet er oprettet",
    "subscriptions.none": "Der er intet abonnement.",
    "subscriptions.since": "af {who}, siden {when}",
    "subscriptions.ends": "slutter {when}",
    "subscriptions.end": "Afslut",
    "approvals.title": "{count:Én gendannelse venter|# gendannelser venter} på din afgørelse",
    "approvals.none": "Intet venter på godkendelse.",
    "approvals.intro": (
        "Intet ændres, før nogen siger ja. Det, du godkender, er planen, som den står her."
    ),
    "approvals.batch": "En samling: {count:# gendannelse|# gendannelser}",
    "approvals.approve-all": "Godkend alle",
    "approvals.reject-all": "Afvis alle",
    "approvals.because": "Derfor venter den: {what}.",
    "approvals.asked": "bestilt af {who}, {when}",
    "status-page.ok": "Tjenesten kan udføre sit arbejde",
    "status-page.degraded": "Noget kræver opmærksomhed",
    "status-page.read-unbuilt": "version {version}, læst {when}",
    "status-page.read": "version {version}, commit {commit}, læst {when}",
    "report.title": "Ugen fra {from} til {to}",
    "report.lost": "mistet og ikke tilbage endnu",
    "report.saved": "bragt tilbage",
    "report.closing": "opbevaringsperioder udløber inden for en uge",
    "report.failed": "lykkedes ikke",
    "report.nobody": "Ingen har mistet en postkasse, der stadig kan reddes.",
    "report.seats-enough": (
        "Der er licenser nok til at bringe {count:den ene person|alle # personer} tilbage."
    ),
    "report.seats": (
        "For at bringe {count:den ene person|alle # personer} tilbage skal der bruges {what}."
    ),
    "report.seats-at-least": (
        "For at bringe {count:den ene person|alle # personer} tilbage skal der bruges mindst "
        "{what}."
    ),
    "report.first": "Den første opbevaringsperiode udløber {when}.",
    "report.lost-title": "Mistet og ikke tilbage endnu",
    "report.lost-none": "Alle, der blev mistet i denne uge, er tilbage.",
    "report.closing-title": "Udløber inden for en uge",
    "report.closing-none": "Ingen opbevaringsperiode udløber inden for en uge.",
    "report.saved-title": "Bragt tilbage",
    "report.saved-none": "Ingen blev bragt tilbage i denne uge.",
    "report.failed-title": "Lykkedes ikke",
    "report.failed-none": "Intet mislykkedes, og intet blev afvist.",
    "report.and-more": "og {count:# til|# flere}",
}
