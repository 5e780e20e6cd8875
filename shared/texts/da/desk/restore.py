"""Words of the view Bring back: one restore, and what can be done with it."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "restore.who": "Hvem",
    "restore.who-hint": "Navn, adresse eller objekt-id, som det var før tabet.",
    "restore.checking": "Ser på personen, opbevaringsperioden, licenser og konflikter …",
    "restore.recent": "Sendt fra denne browser",
    "restore.choices": "Valg for denne person",
    "restore.reason": "Begrundelse",
    "restore.ticket": "Sag",
    "restore.more": "En anden art, eller senere",
    "restore.kind": "Hvad skal gendannes",
    "restore.not-before": "Ikke før",
    "restore.not-before-hint": "Hvis feltet er tomt, begynder det straks.",
    "restore.the-license": "licensen",
    "restore.button-both": "Gendan {name} og giv {license} tilbage",
    "restore.button-license": "Giv {license} tilbage til {name}",
    "restore.button-user": "Gendan {name}",
    "restore.button-verify": "Se, om postkassen for {name} svarer",
    "restore.button-later": "Gendan {name} {when}",
    "restore.button-unchecked": "Gendan {name} uden denne kontrol",
    "restore.unchecked-hint": "Gendannelsen kontrollerer alt igen, før den ændrer noget.",
    "restore.sending": "Sender …",
    "restore.send-hint": "Hvert trin undersøges før og efter og udføres højst én gang.",
    "restore.blocked": "{count:Én ting|# ting} står i vejen.",
    "restore.said-ready": "Kontrolleret: kan gendannes",
    "restore.said-blocked": "Kontrolleret: noget står i vejen",
    "restore.act-kind": "Gendan i stedet alt, hvad der mangler",
    "restore.act-license": "Vælg en licens",
    "restore.act-new-name": "Giv et nyt navn",
    "restore.act-drop": "Fjern adresserne",
    "restore.act-unknown-window": "Angiv hvornår, eller fortsæt uden",
    "restore.act-rehire": "Fortsæt alligevel",
    "restore.act-synced": "Gendan alligevel i skyen",
    "choice.license": "Licens",
    "choice.license-lost": "Det, der gik tabt: {names}",
    "choice.license-found": "Det, som tjenesten finder",
    "choice.license-lost-hint": "Så vidt beviserne rækker.",
    "choice.license-all": "Alt, der gik tabt samtidig",
    "choice.free-seats": "{count:# ledig licens|# ledige licenser}",
    "choice.suspended": "abonnementet er suspenderet",
    "choice.new-name": "Nyt brugernavn",
    "choice.new-name-hint": (
        "I et bekræftet domæne i lejeren. Bruges kun, hvis det gamle navn ikke kan fås."
    ),
    "choice.always": "Brug det under alle omstændigheder",
    "choice.always-hint": "Også selv om det gamle navn er ledigt.",
    "choice.drop": "Udelad adresser, som en anden har nu",
    "choice.drop-hint": "Journalen gemmer hvilke.",
    "choice.removed-at": "Hvornår licensen blev fjernet",
    "choice.removed-at-hint": "Det, du selv ved, i din tidszone. Det noteres som oplyst.",
    "choice.unknown-window": "Fortsæt, selv om ingen ved det",
    "choice.unknown-window-hint": "Den postkasse, der kommer tilbage, kan være en ny og tom.",
    "choice.rehire": "Gendan alligevel",
    "choice.rehire-hint": (
        "Selv om navnet tilhører en anden, eller personen er mærket til ikke at blive gendannet."
    ),
    "choice.synced": "Gendan i skyen",
    "choice.synced-hint": "Den næste katalogsynkronisering kan gøre det om.",
    "candidates.title": "Mente du",
    "candidates.deleted": "slettet {when}",
    "findings.to-know": "{count:# ting, der er god at vide|# ting, der er gode at vide}",
    "one.title": "Gendannelse",
    "one.loading": "Læser gendannelsen …",
    "one.steps": "Trin",
    "one.no-steps": "Intet er planlagt endnu.",
    "one.no-steps-ended": "Intet trin blev begyndt.",
    "one.facts": "Fakta",
    "one.journal": "Journal",
    "one.journal-empty": "Intet er noteret endnu.",
    "one.no-journal": "Journalen kunne ikke læses.",
    "one.received": "Det modtagne",
    "one.request-id": "Graph-anmodnings-id",
    "one.looks-again": "Tjenesten ser igen {when}.",
    "one.at-most": "Den venter højst, til opbevaringsperioden udløber, {when}.",
    "one.the-other": "Den anden gendannelse",
    "one.undoes": "fortryder en anden gendannelse",
    "one.undone-by": "er fortrudt",
    "one.save-csv": "Gem som CSV",
    "one.print": "Udskriv",
    "one.approval-open": "ikke afgjort endnu",
    "one.approved": "godkendt af {who}, {when}",
    "one.rejected": "afvist af {who}, {when}",
    "journal.by": "af {who}",
    "journal.evidence": "Bevis og id'er",
    "journal.evidence-is": "Bevis",
    "journal.request-id": "Graph-anmodnings-id",
    "journal.hash": "Hash",
    "journal.previous": "Forrige hash",
    "journal.attempt": "Forsøg {count:#|#}",
    "action.cancel": "Aflys",
    "action.retry": "Prøv igen",
    "action.undo": "Fortryd",
    "action.approve": "Godkend",
    "action.reject": "Afvis",
    "action.anew": "Bestil på ny",
    "action.own-request": "Du har selv bestilt dette: en anden skal afgøre det.",
    "ask.cancel": "Aflys gendannelsen af {name}?",
    "ask.cancel-text": "Intet er ændret i kataloget endnu, og intet bliver det.",
    "ask.retry": "Prøv igen for {name}?",
    "ask.retry-text": (
        "Næste forsøg i samme journal, med rettighederne fra den, der først bestilte."
    ),
    "ask.undo": "Fortryd gendannelsen af {name}?",
    "ask.undo-text": (
        "Det, gendannelsen gjorde, tages tilbage: licensen fjernes, eller brugeren slettes igen. "
        "Det noteres i en gendannelse for sig."
    ),
    "ask.approve": "Godkend gendannelsen af {name}?",
    "ask.approve-text": (
        "Den udføres som vist. Hvis planen er ændret, sker der intet, og du får det at vide."
    ),
    "ask.reject": "Afvis gendannelsen af {name}?",
    "ask.reject-text": (
        "Den ender som ikke godkendt, og den, der bestilte den, læser din begrundelse."
    ),
    "ask.approve-all": "Godkend {count:# gendannelse|alle # gendannelser} i denne batch?",
    "ask.approve-all-text": (
        "De udføres som vist. Hvis en af planerne er ændret, sker der intet, og du får det at vide."
    ),
    "ask.reject-all": "Afvis {count:# gendannelse|alle # gendannelser} i denne batch?",
    "ask.reject-all-text": (
        "De ender som ikke godkendt, og den, der bestilte dem, læser din begrundelse."
    ),
    "ask.remove-guard": "Skal {name} ikke længere have en vagt?",
    "ask.remove-guard-text": (
        "Det næste tab bliver ikke besvaret. Gendannelser, som vagten har begyndt, fortsætter."
    ),
    "ask.end-subscription": "Afslut dette abonnement?",
    "ask.end-subscription-text": "{host} får ikke længere besked.",
}
