"""Texts about licences and seats that are to be known beside the outcome."""

from typing import Final

from shared.texts.da.phrases import AGAIN, NOT_YOURS, NOTHING
from shared.texts.entry import Catalogue, Entry

_DELETED_GROUP: Final = (
    "Gendan gruppen i Entra Administration under Slettede grupper; dens licenser kommer tilbage med"
    " den."
)

ENTRIES: Final[Catalogue] = {
    "license-chosen": Entry(
        "Bliver tildelt: {licenses} ({source}).",
        NOTHING,
    ),
    "licenses-come-back": Entry(
        "Disse licenser kommer tilbage med brugeren: {licenses}.",
        NOTHING,
    ),
    "license-left-out/no-exchange": Entry(
        "{licenses} gik tabt samtidig og gives ikke tilbage: Der er hverken postkasse eller arkiv i"
        " den.",
        'Er den nødvendig, så giv den selv i Microsoft 365 Administration. Med "all": true i'
        " license giver en gendannelse alt det tilbage, der gik tabt.",
    ),
    "license-left-out/of-group": Entry(
        "{licenses} gik tabt samtidig og gives ikke tilbage: Den kom fra en gruppe.",
        "Se i Entra Administration, hvorfor gruppen ikke giver den mere.",
    ),
    "license-left-out/origin-unknown": Entry(
        "{licenses} gik tabt samtidig og gives ikke tilbage: Det vides ikke, om den var givet"
        " direkte eller af en gruppe.",
        "Var den givet direkte, så giv den selv i Microsoft 365 Administration; et arkiv opbevares"
        " kun i 30 dage.",
    ),
    "license-left-out/not-in-tenant": Entry(
        "Lejeren har ikke licensen {licenses} mere, så den giver brugeren intet.",
        "Skal brugeren have en postkasse, så se på licenserne i Microsoft 365 Administration efter"
        " gendannelsen, og giv en anden.",
    ),
    "license-left-out/no-seat": Entry(
        "Ikke givet tilbage, da ingen er ledig: {licenses}.",
        "Frigør eller køb en licens, og giv den selv i Microsoft 365 Administration; et arkiv"
        " opbevares kun i 30 dage.",
    ),
    "license-left-out/not-seen": Entry(
        "Licensen med postkasse har ikke vist sig på den gendannede bruger.",
        "Se på brugerens licenser i Microsoft 365 Administration, og giv selv licensen, hvis den"
        " mangler.",
    ),
    "license-left-out/group": Entry(
        "Licensen med postkasse har ikke vist sig på den gendannede bruger; den kommer fra gruppen"
        " {group}.",
        "Se i Entra Administration, om brugeren er i gruppen, og under Licenser, om gruppen giver"
        " den.",
    ),
    "license-left-out/group-deleted": Entry(
        "Licensen med postkasse har ikke vist sig på den gendannede bruger; den kommer fra gruppen"
        " {group}, som er slettet.",
        _DELETED_GROUP,
    ),
    "license-left-out/group-gone": Entry(
        "Licensen med postkasse har ikke vist sig på den gendannede bruger; den kommer fra gruppen"
        " {group}, som ikke findes mere.",
        "Gendan gruppen, hvis den er blandt de slettede grupper i Entra Administration; giv ellers"
        " en anden gruppe licensen.",
    ),
    "license-left-out/not-assigned": Entry(
        "Brugeren er gendannet uden den licens, den havde. {why}",
        "Giv selv licensen i Microsoft 365 Administration inden 30 dage efter tabet.",
    ),
    "license-not-used": Entry(
        "Licensen i anmodningen tildeles ikke: Brugerens egen kommer tilbage med brugeren.",
        "Der er ikke noget at gøre; eller udelad licensen.",
    ),
    "plan-not-in-sku": Entry(
        "license.disabledPlans nævner planer, der ikke er i {licenses}: {plans}.",
        "Der er ikke noget at gøre; eller fjern dem fra license.disabledPlans.",
    ),
    "license-smaller": Entry(
        "{licenses} har en mindre postkasse end {lost}, som gik tabt: En postkasse over dens"
        " størrelse kan hverken sende eller modtage.",
        "Nævn en licens, der er så stor som den gamle, i license.skuPartNumbers; ledige: {others}."
        f" {NOT_YOURS}",
        fix_override="Nævn en licens, der er så stor som den gamle, i license.skuPartNumbers;"
        " ledige: {others}.",
    ),
    "license-smaller/alone": Entry(
        "{licenses} har en mindre postkasse end {lost}, som gik tabt: En postkasse over dens"
        " størrelse kan hverken sende eller modtage.",
        "Giv en licens, der er så stor som den gamle, så snart en er ledig; ingen er det nu.",
    ),
    "license-smaller/unknown-alone": Entry(
        "{licenses} har en lille postkasse, og det vides ikke, hvilken licens der gik tabt: En"
        " postkasse over dens størrelse kan hverken sende eller modtage.",
        "Var postkassen større, så giv en større licens, så snart en er ledig; ingen er det nu.",
    ),
    "license-smaller/unknown": Entry(
        "{licenses} har en lille postkasse, og det vides ikke, hvilken licens der gik tabt: En"
        " postkasse over dens størrelse kan hverken sende eller modtage.",
        "Var postkassen større, så nævn en større licens i license.skuPartNumbers; ledige:"
        f" {{others}}. {NOT_YOURS}",
        fix_override="Var postkassen større, så nævn en større licens i license.skuPartNumbers;"
        " ledige: {others}.",
    ),
    "license-missing": Entry(
        '{user} har mistet sin licens med postkasse, og en gendannelse af kind "user" ser ikke på'
        " den.",
        f'Skal postkassen tilbage, så brug kind "mailbox": {AGAIN}.',
    ),
    "archive-lost": Entry(
        "{licenses}, som har arkivpostkassen, var væk {at:time}. Arkivet kan komme tilbage"
        " indtil {until:time}.",
        "Giv selv den licens tilbage i Microsoft 365 Administration, eller nævn den i"
        f" license.skuPartNumbers: {AGAIN}.",
    ),
    "shared-unlicensed": Entry(
        "Postkassen er en delt postkasse, lokale- eller udstyrspostkasse, og {licenses} var"
        " væk fra den {at:time}. Uden licens må den have 50 GB, intet arkiv og ingen"
        " tilbageholdelse.",
        "Har den brug for noget af det, så nævn licensen i license.skuPartNumbers; et arkiv kan"
        " komme tilbage indtil {until:time}.",
    ),
    "mailbox-may-be-on-premises": Entry(
        "{user} synkroniseres fra Active Directory, og postkassen er aldrig set i skyen: Den kan"
        " ligge lokalt (on-premises). En licens ville så give en ny, tom postkasse ved siden af.",
        "Spørg den, der passer Exchange lokalt, hvor postkassen er, før licensen tildeles.",
    ),
    "moved-to-another-tenant": Entry(
        "{user} har licensen til en flytning til en anden lejer: Licensen med postkasse kan være"
        " fjernet med vilje.",
        "Spørg den, der flytter postkasserne, før licensen gives tilbage.",
    ),
    "seats-free": Entry(
        "Ledige licenser: {seats}.",
        NOTHING,
    ),
    "no-free-seat": Entry(
        "Ingen {licenses} ser ud til at være ledig: Gendannelsen venter på en.",
        "Frigør eller køb en i Microsoft 365 Administration, før opbevaringsperioden udløber.",
    ),
    "no-free-seat/others": Entry(
        "Ingen {licenses} ser ud til at være ledig: Gendannelsen venter på en.",
        "Frigør eller køb en, før opbevaringsperioden udløber, eller nævn en licens, der er ledig:"
        f" {{others}}. {NOT_YOURS}",
        fix_override="Frigør eller køb en, før opbevaringsperioden udløber, eller nævn en licens,"
        " der er ledig: {others}.",
    ),
    "no-free-seat/add-on": Entry(
        "Ingen {licenses} ser ud til at være ledig. Postkassen venter ikke på den: Den gives kun,"
        " hvis en er ledig til den tid.",
        "Frigør eller køb en i Microsoft 365 Administration, før opbevaringsperioden udløber.",
    ),
    "no-free-seat/group": Entry(
        "Gruppen {group} giver {licenses}, og ingen er ledig: Gendannelsen venter på en.",
        "Frigør eller køb en i Microsoft 365 Administration, før opbevaringsperioden udløber;"
        " gruppen giver så selv licensen.",
    ),
    "seats-overdrawn": Entry(
        "Ingen {licenses} er ledig. Den gendannede bruger beholder sin licens alligevel, og der er"
        " én mere i brug, end der er købt.",
        "Frigør eller køb en efter gendannelsen.",
    ),
    "subscription-suspended": Entry(
        "Abonnementet på {licenses} er suspenderet: Ingen kan få den tildelt for tiden.",
        f"Forny abonnementet, eller nævn en licens, der er ledig: {{others}}. {NOT_YOURS}",
        fix_override="Forny abonnementet, eller nævn en licens, der er ledig: {others}.",
    ),
    "subscription-suspended/alone": Entry(
        "Abonnementet på {licenses} er suspenderet: Ingen kan få den tildelt for tiden.",
        "Forny abonnementet; ingen anden licens med postkasse er ledig.",
    ),
    "usage-location-late": Entry(
        "Brugerens land (brugsplacering) er angivet, og Microsoft Graph tager endnu ikke hensyn til"
        " det.",
        "Der er ikke noget at gøre: Licensen prøves igen om et minut.",
    ),
    "mailbox-comes-back/license": Entry(
        "Postkassen kommer tilbage af sig selv, når licensen er tildelt, hvis den stadig findes.",
        "Giv det nogle timer. Indholdet undersøges ikke.",
    ),
    "mailbox-comes-back/user": Entry(
        "Postkassen, hvis brugeren havde en, kommer tilbage med brugeren.",
        "Giv det nogle timer. Indholdet undersøges ikke.",
    ),
}
