"""Texts about licences: which one, who may name it, and what prevents it."""

from typing import Final

from shared.texts.da.phrases import AGAIN, BY_KEYS, SET_COUNTRY, sentence
from shared.texts.entry import Catalogue, Entry

_NAME_IT: Final = (
    "angiv licensen i license.skuPartNumbers (GET /api/licenses viser dem; allowed siger, hvilke du"
    f" må angive for alle): {AGAIN}."
)
_NAME_ONE: Final = sentence(_NAME_IT)
_DEFAULT: Final = (
    "En administrator af funktionsappen kan også angive en licens til den slags tilfælde"
    " (DEFAULT_SKU_IDS)."
)
_MAY_NAME: Final = (
    "Få en med rollen Restore.Override til at angive den, eller en administrator af funktionsappen"
    " til at tilføje den til ALLOWED_SKU_IDS."
)
_NONE_ALLOWED: Final = (
    "Må du ikke nævne nogen, så få en med rollen Restore.Override til at angive en, eller en"
    " administrator af funktionsappen til at tilføje en til ALLOWED_SKU_IDS."
)
_NAME_ANY: Final = f"Angiv licensen i license.skuPartNumbers (GET /api/licenses): {AGAIN}."
_LOCATION: Final = (
    f"Angiv landet ({SET_COUNTRY}); det afgør, hvilke tjenester der må bruges, så"
    " tjenesten gætter det aldrig."
)
_FIT: Final = (
    "Fjern i Microsoft 365 Administration (Brugere, Aktive brugere, brugeren, Licenser"
    " og apps) den licens, den ikke kan bruges sammen med, eller tilføj den, der"
    " mangler; eller udelad enkelte dele af licensen med license.disabledPlans."
    f" Derefter: {AGAIN}."
)

ENTRIES: Final[Catalogue] = {
    "license-unknown/choices": Entry(
        "Det vides ikke, hvilken licens brugeren havde.",
        f"Angiv en af disse i license.skuPartNumbers: {{licenses}}. Derefter: {AGAIN}.",
        fix_override="Angiv licensen i license.skuPartNumbers; med postkasse er: {licenses}."
        f" Derefter: {AGAIN}.",
    ),
    "license-unknown/no-choice": Entry(
        "Det vides ikke, hvilken licens brugeren havde, og ingen må angives for alle.",
        _MAY_NAME,
        fix_override=_NAME_ANY,
        fix_keys="En administrator af funktionsappen tilføjer en licens til ALLOWED_SKU_IDS eller"
        " sætter DEFAULT_SKU_IDS. At angive en anden kræver rollen Restore.Override, og"
        f" {BY_KEYS}.",
    ),
    "license-unknown/origin": Entry(
        "{user} er set med {licenses}, og det vides ikke, om den var givet direkte eller"
        " af en gruppe. Derfor gives den kun tilbage, hvis nogen beder om det.",
        "Er det ikke en gruppe, der skal give den, så angiv den i license.skuPartNumbers:"
        f" {AGAIN}. Ret ellers gruppen: Microsoft 365 Administration, Fakturering, Licenser,"
        " licensen, Grupper.",
    ),
    "license-unknown/switched-off": Entry(
        "{user} har flere licenser, hvor postkassedelen (Exchange Online) er slået fra, og det"
        " vides ikke, hvilken der menes: {licenses}.",
        f"Angiv den, du mener, i license.skuPartNumbers: {AGAIN}.",
    ),
    "license-unknown/on-premises": Entry(
        "{user} synkroniseres fra Active Directory, og postkassen er aldrig set i skyen."
        " Den kan ligge på jeres egne Exchange-servere (on-premises), og en licens ville"
        " give en ny, tom postkasse ved siden af.",
        "Spørg den, der passer de servere, hvor postkassen er. Er den i skyen, så send"
        " selv en anmodning for denne person.",
    ),
    "license-unknown/several": Entry(
        "{name} passer på flere af lejerens licenser: {licenses}.",
        "Angiv den, du mener, ved dens korte navn (såsom SPE_E3) i license.skuPartNumbers:"
        f" {AGAIN}.",
    ),
    "license-unknown/then-deleted": Entry(
        "{user} har ingen licens med postkasse. Licenserne blev ændret {changed:time}, og brugeren"
        " blev slettet {deleted:time}: Licensen kan være fjernet først, eller det var en delt"
        " postkasse, som ikke kræver nogen.",
        "Var det en delt postkasse, en lokale- eller udstyrspostkasse, så brug kind"
        f' "user": {AGAIN}. Var det en persons postkasse: {{choices}}.',
    ),
    "license-unknown/purpose": Entry(
        "Postkassen til {user} kunne ikke undersøges: En adgangspolitik holder tjenesten fra den."
        " Den kan være en delt postkasse, som ikke kræver licens, så der blev ikke valgt nogen.",
        "Er det en persons postkasse: {choices}.",
    ),
    "license-unknown/purpose-unsaid": Entry(
        "Postkassen til {user} svarer, og Microsoft Graph siger ikke, hvilken slags postkasse det"
        " er. Den kan være en delt postkasse, som ikke kræver licens, så der blev ikke valgt"
        " nogen.",
        "Er det en persons postkasse: {choices}.",
    ),
    "license-unknown/moved": Entry(
        "{user} har licensen til at flytte en postkasse til en anden lejer, så licensen"
        " med postkasse kan være fjernet med vilje.",
        "Skal postkassen alligevel tilbage her: {choices}.",
    ),
    "license-unknown/new": Entry(
        "{user} blev oprettet {created:time} og er aldrig set med en licens: Måske er der intet at"
        " gendanne.",
        "Skal personen have en postkasse: {choices}.",
    ),
    "license-not-allowed": Entry(
        "Du må ikke angive {licenses} for denne person: Den er hverken en, personen er set med,"
        " eller en, som indstillingerne tillader for alle.",
        _MAY_NAME,
        fix_keys="En administrator af funktionsappen tilføjer den til ALLOWED_SKU_IDS. At angive"
        f" hvilken som helst kræver rollen Restore.Override, og {BY_KEYS}.",
    ),
    "license-not-in-tenant": Entry(
        "Lejeren har ingen licens {license} til brugere.",
        "Af dem, lejeren har, må du ikke nævne nogen. Få en med rollen Restore.Override til at"
        " angive en (GET /api/licenses), eller en administrator af funktionsappen til at tilføje en"
        f" til ALLOWED_SKU_IDS. Derefter: {AGAIN}.",
        fix_override="Lejeren har ingen licens med postkasse. Få en administrator til at købe en."
        f" Derefter: {AGAIN}.",
        fix_keys="Af dem, lejeren har, må du ikke nævne nogen. En administrator af funktionsappen"
        f" tilføjer en til ALLOWED_SKU_IDS. Derefter: {AGAIN}. At angive en anden kræver rollen"
        f" Restore.Override, og {BY_KEYS}.",
    ),
    "license-not-in-tenant/choices": Entry(
        "Lejeren har ikke licensen {license}.",
        "Angiv en af disse i license.skuPartNumbers, eller køb den, der mangler: {licenses}."
        f" Derefter: {AGAIN}.",
    ),
    "license-not-in-tenant/near": Entry(
        "Lejeren har ingen licens, der hedder {license}. Næsten det samme hedder: {near}.",
        "Er en af dem ment, så angiv den i license.skuPartNumbers, nøjagtigt som den står der:"
        f" {AGAIN}. Ellers angiv en af disse, eller køb den, der mangler: {{licenses}}.",
    ),
    "license-not-in-tenant/refused": Entry(
        "Licensen er ikke længere en af lejerens. {said}",
        f"{_NAME_ONE} {_NONE_ALLOWED}",
        fix_override=_NAME_ANY,
        fix_keys=f"{_NAME_ONE} Må du ikke nævne nogen, tilføjer en administrator af funktionsappen"
        " en til ALLOWED_SKU_IDS.",
    ),
    "license-without-mailbox": Entry(
        "{licenses} giver ingen postkasse, eller postkassedelen (Exchange Online) er slået fra.",
        "Angiv en licens med Exchange Online i license.skuPartNumbers (GET /api/licenses"
        " viser dem), og fjern Exchange Online fra license.disabledPlans, hvis den står"
        f" der: {AGAIN}.",
    ),
    "usage-location-missing": Entry(
        "Der er ikke angivet et land for {user} (brugsplacering), og uden det kan ingen"
        " licens tildeles.",
        f"{_LOCATION} Et minut senere: {AGAIN}.",
    ),
    "usage-location-missing/deleted": Entry(
        "Der er ikke angivet et land for {user} (brugsplacering), og uden det kan ingen"
        " licens tildeles. Det kan ikke angives, så længe brugeren er slettet.",
        f'Gendan først brugeren med kind "user". Derefter: {_LOCATION} Et minut senere: {AGAIN}.',
    ),
    "usage-location-missing/refused": Entry(
        "Brugerens land (brugsplacering) mangler eller er et, hvor licensen ikke må bruges. {said}",
        f"{_LOCATION} Et minut senere: {AGAIN}.",
    ),
    "license-conflict": Entry(
        "Licensen kan ikke bruges sammen med dem, brugeren har. {said}",
        _FIT,
    ),
    "license-conflict/location": Entry(
        "Licensen må ikke bruges i brugerens land (brugsplacering). {said}",
        f"Ret landet: {SET_COUNTRY}. Eller udelad de dele, der ikke må bruges der, med"
        f" license.disabledPlans. Derefter: {AGAIN}.",
    ),
    "choices/some": Entry(
        f"angiv en af disse i license.skuPartNumbers: {{licenses}}. Derefter: {AGAIN}"
    ),
    "choices/none": Entry(
        "en administrator af funktionsappen tilføjer licensen til ALLOWED_SKU_IDS, eller en med"
        " rollen Restore.Override angiver den: Du må ikke angive nogen"
    ),
    "source/named": Entry("angivet i anmodningen"),
    "source/switched-off": Entry("på brugeren, med postkassedelen slået fra"),
    "source/observed": Entry("den, som tjenesten har set brugeren have"),
    "source/audit": Entry("den, som overvågningsloggen nævner"),
    "source/default": Entry("indstillingen DEFAULT_SKU_IDS"),
}
