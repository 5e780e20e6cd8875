"""Texts about licences: which one, who may name it, and what prevents it."""

from typing import Final

from shared.texts.da.phrases import AGAIN, BY_KEYS, sentence
from shared.texts.entry import Catalogue, Entry

_NAME_IT: Final = (
    "nævn licensen i license.skuPartNumbers (GET /api/licenses viser dem; allowed siger, hvilke du"
    f" må nævne for alle): {AGAIN}."
)
_NAME_ONE: Final = sentence(_NAME_IT)
_DEFAULT: Final = (
    "En administrator af funktionsappen kan også angive en licens til den slags tilfælde"
    " (DEFAULT_SKU_IDS)."
)
_MAY_NAME: Final = (
    "Få en med rollen Restore.Override til at nævne den, eller en administrator af funktionsappen"
    " til at tilføje den til ALLOWED_SKU_IDS."
)
_NONE_ALLOWED: Final = (
    "Må du ikke nævne nogen, så få en med rollen Restore.Override til at nævne en, eller en"
    " administrator af funktionsappen til at tilføje en til ALLOWED_SKU_IDS."
)
_NAME_ANY: Final = f"Nævn licensen i license.skuPartNumbers (GET /api/licenses): {AGAIN}."
_LOCATION: Final = (
    "Angiv brugsplaceringen i Microsoft 365 Administration under Aktive brugere; den afgør, hvilke"
    " tjenester der må bruges, så den opfindes aldrig her."
)
_FIT: Final = (
    "Fjern den licens, der er i strid med den, eller tilføj den, der mangler, i Microsoft 365"
    " Administration; eller udelad enkelte dele med license.disabledPlans. Derefter"
    f" {AGAIN}."
)

ENTRIES: Final[Catalogue] = {
    "license-unknown/choices": Entry(
        "Det vides ikke, hvilken licens brugeren havde.",
        f"Nævn en af disse i license.skuPartNumbers: {{licenses}}. Derefter: {AGAIN}.",
        fix_override="Nævn licensen i license.skuPartNumbers; med postkasse er: {licenses}."
        f" Derefter: {AGAIN}.",
    ),
    "license-unknown/no-choice": Entry(
        "Det vides ikke, hvilken licens brugeren havde, og ingen må nævnes for alle.",
        _MAY_NAME,
        fix_override=_NAME_ANY,
        fix_keys="En administrator af funktionsappen tilføjer en licens til ALLOWED_SKU_IDS eller"
        " sætter DEFAULT_SKU_IDS. At nævne en anden kræver rollen Restore.Override, og"
        f" {BY_KEYS}.",
    ),
    "license-unknown/origin": Entry(
        "{user} er set med {licenses}, og det vides ikke, om den var givet direkte eller af en"
        " gruppe, så den gives ikke tilbage uopfordret.",
        "Er det ikke en gruppe, der skal give den, så nævn den i license.skuPartNumbers:"
        f" {AGAIN}. Ret ellers gruppen i Entra Administration.",
    ),
    "license-unknown/switched-off": Entry(
        "{user} har flere licenser, hvor postkassedelen (Exchange Online) er slået fra, og det"
        " vides ikke, hvilken der menes: {licenses}.",
        f"Nævn den, du mener, i license.skuPartNumbers: {AGAIN}.",
    ),
    "license-unknown/on-premises": Entry(
        "{user} synkroniseres fra Active Directory, og postkassen er aldrig set i skyen: Den kan"
        " ligge lokalt (on-premises), og en licens ville give en ny, tom postkasse ved siden af.",
        "Spørg den, der passer Exchange lokalt, hvor postkassen er. Er den i skyen, så send selv en"
        " anmodning for denne person.",
    ),
    "license-unknown/several": Entry(
        "{name} passer på flere af lejerens licenser: {licenses}.",
        f"Nævn den, du mener, ved dens varenummer (part number) i license.skuPartNumbers: {AGAIN}.",
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
    "license-unknown/moved": Entry(
        "{user} har licensen til en flytning til en anden lejer, så licensen med postkasse kan være"
        " fjernet med vilje.",
        "Skal postkassen alligevel tilbage her: {choices}.",
    ),
    "license-unknown/new": Entry(
        "{user} blev oprettet {created:time} og er aldrig set med en licens: Måske er der intet at"
        " gendanne.",
        "Skal personen have en postkasse: {choices}.",
    ),
    "license-not-allowed": Entry(
        "Du må ikke nævne {licenses} for denne person: Den er hverken en, personen er set med,"
        " eller en, som indstillingerne tillader for alle.",
        _MAY_NAME,
        fix_keys="En administrator af funktionsappen tilføjer den til ALLOWED_SKU_IDS. At nævne"
        f" hvilken som helst kræver rollen Restore.Override, og {BY_KEYS}.",
    ),
    "license-not-in-tenant": Entry(
        "Lejeren har ingen licens {license} til brugere.",
        "Af dem, lejeren har, må du ikke nævne nogen. Få en med rollen Restore.Override til at"
        " nævne en (GET /api/licenses), eller en administrator af funktionsappen til at tilføje en"
        f" til ALLOWED_SKU_IDS. Derefter: {AGAIN}.",
        fix_override="Lejeren har ingen licens med postkasse. Få en administrator til at købe en."
        f" Derefter: {AGAIN}.",
        fix_keys="Af dem, lejeren har, må du ikke nævne nogen. En administrator af funktionsappen"
        f" tilføjer en til ALLOWED_SKU_IDS. Derefter: {AGAIN}. At nævne en anden kræver rollen"
        f" Restore.Override, og {BY_KEYS}.",
    ),
    "license-not-in-tenant/choices": Entry(
        "Lejeren har ikke licensen {license}.",
        "Nævn en af disse i license.skuPartNumbers, eller køb den, der mangler: {licenses}."
        f" Derefter: {AGAIN}.",
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
        "Nævn en licens med Exchange Online i license.skuPartNumbers (GET /api/licenses viser dem),"
        f" og hold den plan ude af disabledPlans: {AGAIN}.",
    ),
    "usage-location-missing": Entry(
        "{user} har intet land (brugsplacering), og uden det kan ingen licens tildeles.",
        f"{_LOCATION} Et minut senere: {AGAIN}.",
    ),
    "usage-location-missing/refused": Entry(
        "Brugerens land (brugsplacering) mangler eller er et, hvor licensen ikke må bruges. {said}",
        f"{_LOCATION} Et minut senere: {AGAIN}.",
    ),
    "license-conflict": Entry(
        "Licensen passer ikke til dem, brugeren har. {said}",
        _FIT,
    ),
    "license-conflict/location": Entry(
        "Licensen må ikke bruges i brugerens land (brugsplacering). {said}",
        "Ret brugsplaceringen i Microsoft 365 Administration under Aktive brugere; eller udelad de"
        " dele, der ikke er tilladt der, med license.disabledPlans. Derefter"
        f" {AGAIN}.",
    ),
    "choices/some": Entry(
        f"nævn en af disse i license.skuPartNumbers: {{licenses}}. Derefter: {AGAIN}"
    ),
    "choices/none": Entry(
        "en administrator af funktionsappen tilføjer licensen til ALLOWED_SKU_IDS, eller en med"
        " rollen Restore.Override nævner den: Du må ikke nævne nogen"
    ),
    "source/named": Entry("nævnt i anmodningen"),
    "source/switched-off": Entry("på brugeren, med postkassedelen slået fra"),
    "source/observed": Entry("den, som tjenesten har set brugeren have"),
    "source/audit": Entry("den, som overvågningsloggen nævner"),
    "source/default": Entry("indstillingen DEFAULT_SKU_IDS"),
}
