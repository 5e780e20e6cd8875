"""Texts that say what each finding code means, for the description of the API."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "meaning/window-not-proven": Entry(
        "Hvornår licensen gik tabt, er ikke sikkert; postkassen kan være tom."
    ),
    "meaning/window-declared": Entry(
        "Kun anmodningen siger, hvornår licensen gik tabt; postkassen kan være tom."
    ),
    "meaning/evidence-disagrees": Entry("Kilder nævner forskellige tidspunkter for tabet."),
    "meaning/declared-not-used": Entry("licenseRemovedAt blev ikke brugt, og hvorfor."),
    "meaning/declared-in-future": Entry("licenseRemovedAt ligger i fremtiden."),
    "meaning/audit-not-checked": Entry("Overvågningsloggen kunne ikke læses."),
    "meaning/conflicts-not-checked": Entry("Om navne er i brug, er ikke slået op."),
    "meaning/roles-not-checked": Entry("Administratorroller er ikke slået op."),
    "meaning/mailbox-not-verified": Entry("Om postkassen er tilbage, er ikke set."),
    "meaning/mailbox-may-be-gone": Entry(
        "Anmodningen har kind user; postkassen gik sandsynligvis tabt før."
    ),
    "meaning/mailbox-still-there": Entry("Ingen licens, og postkassen svarer stadig."),
    "meaning/account-is-new": Entry("Kontoen er yngre end den postkasse, der kan være ment."),
    "meaning/mailbox-is-new": Entry("Postkassen begyndte forfra efter et tidligere tab."),
    "meaning/delayed-delicensing": Entry("Lejeren opbevarer postkasser i mere end 30 dage."),
    "meaning/license-chosen": Entry("Hvilke licenser der tildeles, og hvorfor."),
    "meaning/licenses-come-back": Entry("Hvilke licenser der kommer tilbage med brugeren."),
    "meaning/license-left-out": Entry("Hvilke licenser der ikke gives tilbage, og hvorfor."),
    "meaning/license-not-used": Entry("Licensen i anmodningen tildeles ikke."),
    "meaning/plan-not-in-sku": Entry("disabledPlans nævner planer, der ikke er i licensen."),
    "meaning/license-smaller": Entry("Licensens postkasse er mindre end den gamle."),
    "meaning/license-missing": Entry(
        "Anmodningen har kind user; personen er aktiv og har mistet licensen med postkasse."
    ),
    "meaning/archive-lost": Entry("Arkivets licens er væk; arkivet har sine egne 30 dage."),
    "meaning/shared-unlicensed": Entry(
        "En delt, lokale- eller udstyrspostkasse mistede en licens."
    ),
    "meaning/mailbox-may-be-on-premises": Entry(
        "Postkassen kan ligge på jeres egne Exchange-servere (on-premises)."
    ),
    "meaning/moved-to-another-tenant": Entry("Personen kan være flyttet til en anden lejer."),
    "meaning/seats-free": Entry("Hvor mange licenser der er ledige."),
    "meaning/no-free-seat": Entry("Ingen licens er ledig: Gendannelsen venter på en."),
    "meaning/seats-overdrawn": Entry("Brugeren kommer tilbage med en licens ud over de købte."),
    "meaning/subscription-suspended": Entry(
        "Abonnementet er udløbet eller ikke betalt (suspenderet)."
    ),
    "meaning/removed-in-exchange": Entry("Slettet i Exchange: Det gamle navn skal tilbage."),
    "meaning/new-name-not-used": Entry("newUserPrincipalName var ikke nødvendigt."),
    "meaning/addresses-dropped": Entry("Hvilke adresser den gendannede bruger ikke har."),
    "meaning/user-renamed": Entry("Brugeren kommer tilbage under et andet navn."),
    "meaning/aliases-missing": Entry("Hvilke andre adresser der mangler."),
    "meaning/next-sync": Entry("Hvad den næste synkronisering gør."),
    "meaning/sign-in-blocked": Entry("Brugeren er gendannet og kan ikke logge på."),
    "meaning/sign-in-open": Entry("En delt postkasse, hvis konto der kan logges på."),
    "meaning/usage-location-late": Entry(
        "Landet er angivet, og der tages ikke hensyn til det endnu."
    ),
    "meaning/mailbox-not-answering": Entry("Aktiv og med licens, og ingen postkasse svarer."),
    "meaning/similar-names": Entry("Personer med næsten dette navn."),
    "meaning/groups-come-back": Entry("Gruppemedlemskaber kommer tilbage."),
    "meaning/mailbox-comes-back": Entry("Hvordan postkassen kommer tilbage."),
    "meaning/password-may-need-reset": Entry("Den gamle adgangskode virker måske ikke."),
    "meaning/sign-in-state": Entry("Om logon vises som tilladt."),
    "meaning/not-looked-at": Entry("Hvad ingen har set på."),
    "meaning/directory-unsettled": Entry(
        "Entra ID modsiger sig selv om brugeren, eller en gendannelse er ikke færdig."
    ),
    "meaning/callback-failed": Entry("Kaldet blev ikke modtaget."),
}
