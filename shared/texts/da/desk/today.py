"""Words of the view Today: the timeline picture, and what is below it."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "today.loading": "Ser efter, hvem der stadig kan reddes …",
    "today.cannot-read": "Det kan ikke læses lige nu, hvem der stadig kan reddes",
    "today.nobody-lost": "Ingen har mistet en postkasse, der stadig kan reddes.",
    "today.no-known-end": (
        "{count:Én person har måske mistet sin postkasse; ingen ved,|# personer har måske mistet "
        "deres postkasse; ingen ved,} hvor længe der er til at redde den."
    ),
    "today.none-soon": (
        "Ingen opbevaringsperiode udløber inden for tre dage. Den næste er {name}, {when}."
    ),
    "today.one-soon": "Én opbevaringsperiode udløber inden for tre dage: {name}, {when}.",
    "today.some-soon": (
        "{count:# opbevaringsperiode udløber|# opbevaringsperioder udløber} inden for tre dage; "
        "den første, {name}, {when}."
    ),
    "today.at-least-soon": (
        "Mindst {count:# opbevaringsperiode udløber|# opbevaringsperioder udløber} inden for tre "
        "dage; den første, {name}, {when}."
    ),
    "today.can-be-saved": "kan stadig reddes",
    "today.at-work": "i gang",
    "today.waiting": "venter",
    "today.failed": "mislykket",
    "today.seats-short": "{count:licens|licenser} mangler",
    "today.picture": "Hvem kan stadig reddes",
    "today.picture-label": "Personer, der stadig kan reddes, først dem med kortest tid",
    "today.axis-title": "30 dage tilbage, 30 dage frem",
    "today.now": "nu",
    "today.most": "op til {count:# periode udløber|# perioder udløber} om dagen",
    "today.ends-on": "{count:# opbevaringsperiode udløber|# opbevaringsperioder udløber} {day}",
    "today.no-ends": "Ingen opbevaringsperiode udløber inden for 30 dage",
    "today.left": "{length} tilbage",
    "today.no-end-yet": "postkassen svarer stadig",
    "today.end-unknown": "ingen ved hvor længe",
    "today.legend-proven": "bevist",
    "today.legend-unproven": "ikke bevist",
    "today.legend-no-end": "postkassen svarer stadig",
    "today.find": "Navn, adresse eller licens",
    "today.verdict": "Opbevaringsperiode",
    "today.any-verdict": "Alle perioder",
    "today.case": "Hvad skete der",
    "today.any-case": "Alt",
    "today.day-chosen": "udløber {day}",
    "today.day": "Dag, hvor perioden udløber",
    "today.any-day": "Alle dage",
    "today.found": "{count:#|#} af {all}",
    "today.none-left": "Ingen passer til filtrene.",
    "today.none-yet": "Ingen passer endnu; listen læses stadig.",
    "today.show-all": "Vis alle",
    "today.reading": "{count:# person|# personer} læst indtil nu …",
    "today.read": "læst {when}",
    "today.seats-title": "Ikke nok licenser til alle",
    "today.seats": "{what} ville bringe dem alle tilbage.",
    "today.seats-known": "{what} ville bringe alle tilbage, hvis licens kendes.",
    "today.seats-unknown": (
        "{count:Én person mangler en licens, der ikke er talt med her, da det endnu ikke vides "
        "hvilken.|# personer mangler en licens, der ikke er talt med her, da det endnu ikke "
        "vides hvilken.}"
    ),
    "today.seats-first": "Den første opbevaringsperiode for dem, der mangler en, udløber {when}.",
    "today.more-of": "{count} ekstra {name}",
    "today.at-work-title": "I gang",
    "today.waiting-title": "Venter",
    "today.failed-title": "Mislykket",
    "today.none-at-work": "Intet er i gang.",
    "today.none-waiting": "Intet venter.",
    "today.none-failed": "Intet er mislykket.",
    "today.all-of-them": "Alle {count}",
    "today.since": "siden {when}",
    "today.looks-again": "ser igen {when}",
    "close-up.label": "Personen under markøren",
    "close-up.empty": (
        "Peg på en bjælke, eller gå gennem listen med piletasterne, for at se, hvad der vides."
    ),
    "close-up.bring-back": "Gendan …",
    "close-up.checking": "Undersøger, hvad der ville stå i vejen …",
    "close-up.not-checked": "Det kunne ikke undersøges nu, hvad der ville stå i vejen.",
    "close-up.nothing-blocks": "Intet står i vejen.",
    "fact.window": "Opbevaringsperiode",
    "fact.case": "Hvad skete der",
    "fact.lost": "Mistet",
    "fact.license-lost": "Licens mistet",
    "fact.ends": "Perioden udløber",
    "fact.evidence": "Bevis",
    "fact.licenses": "Licenser",
    "fact.from-group": "fra en gruppe",
    "fact.synced": "Synkroniseret fra on-premises",
    "fact.yes": "ja",
    "fact.kind": "Hvad gendannes",
    "fact.asked-by": "Bestilt af",
    "fact.asked-at": "Bestilt",
    "fact.finished": "Afsluttet",
    "fact.reason": "Begrundelse",
    "fact.ticket": "Sag",
    "fact.attempts": "Forsøg",
    "fact.batch": "Samling",
    "fact.approval": "Godkendelse",
    "fact.id": "Id",
}
