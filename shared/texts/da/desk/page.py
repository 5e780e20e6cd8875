"""What stands around every view: the ways to go, the bars, signing in, and times."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "shell.title": "Reprieve",
    "shell.skip": "Gå til indholdet",
    "shell.menu": "Menu",
    "shell.places": "Steder",
    "shell.places-menu": "Steder, som menu",
    "nav.today": "I dag",
    "nav.restore": "Gendan",
    "nav.many": "Mange",
    "nav.approvals": "Godkendelser",
    "nav.history": "Historik",
    "nav.failed": "Mislykket",
    "nav.report": "Ugerapport",
    "nav.guards": "Vagter",
    "nav.subscriptions": "Abonnementer",
    "nav.status": "Status",
    "find.label": "Find en person",
    "find.placeholder": "Find en person",
    "settings.title": "Indstillinger",
    "settings.language": "Sprog",
    "settings.theme": "Farver",
    "settings.sign-out": "Log ud",
    "theme.system": "Som systemet",
    "theme.light": "Lyse",
    "theme.dark": "Mørke",
    "bar.lost": (
        "Ingen forbindelse til tjenesten. Det viste kan være forældet; det, du har skrevet, er "
        "gemt. Prøver igen."
    ),
    "bar.signed-out": "Du er ikke længere logget ind. Det, du har skrevet, er gemt.",
    "bar.key-refused": "Funktionsnøglen accepteres ikke længere. Det, du har skrevet, er gemt.",
    "bar.sign-in-again": "Log ind igen",
    "bar.new-version": "Der findes en nyere version af denne side.",
    "bar.reload": "Genindlæs",
    "bar.busy": "Tjenesten har travlt. Spørger igen om {count:# sekund|# sekunder}.",
    "problem.title": "Tjenesten siger nej",
    "problem.unreachable": "Tjenesten svarede ikke",
    "problem.unreachable-detail": (
        "Der kom intet svar. Hvis du sendte noget, kan ingen endnu sige, om det nåede frem."
    ),
    "problem.unreachable-fix": "Prøv igen. Det, der sendes en gang til herfra, tæller kun én gang.",
    "problem.again": "Prøv igen",
    "dialog.leave": "Lad være",
    "dialog.reason": "Begrundelse (gemmes i journalen)",
    "dialog.reason-needed": "Begrundelse (skal udfyldes, gemmes i journalen)",
    "sign-in.title": "Log ind",
    "sign-in.entra": "Log ind med din arbejdskonto. Dine roller afgør, hvad du må se og gøre.",
    "sign-in.entra-button": "Log ind med Microsoft",
    "sign-in.keys": "Denne tjeneste kræver en funktionsnøgle.",
    "sign-in.key": "Funktionsnøgle",
    "sign-in.key-hint": "Den gemmes kun i denne fane og glemmes, når fanen lukkes.",
    "sign-in.key-button": "Brug denne nøgle",
    "sign-in.key-refused": "Nøglen blev ikke accepteret. Spørg den, der driver tjenesten.",
    "nothing.title": "Her er intet for dig",
    "nothing.text": (
        "Adressen fører ingen steder hen, eller til noget, som dine roller ikke giver adgang til."
    ),
    "nothing.no-role": (
        "Du er logget ind, men har ingen af tjenestens roller. Bed den, der driver den, om "
        "Restore.Read eller Restore.Request."
    ),
    "nothing.start": "Til forsiden",
    "time.today": "i dag kl. {time}",
    "time.tomorrow": "i morgen kl. {time}",
    "time.yesterday": "i går kl. {time}",
    "time.weekday": "på {day} kl. {time}",
    "time.date": "den {day} kl. {time}",
    "time.ends": "slutter {when}",
    "time.ended": "sluttede {when}",
    "time.minutes": "{count:# min.|# min.}",
    "time.hours": "{count:# time|# timer}",
    "time.days": "{count:# dag|# dage}",
    "time.ago": "for {length} siden",
    "time.just-now": "lige nu",
    "list.and": "{first} og {last}",
    "list.more": "Vis flere",
    "person.unknown": "ukendt",
    "person.by-key": "Funktionsnøgle",
    "person-field.near": "Personer, der er gået tabt og hedder sådan",
}
