"""Texts about licences and seats that are to be known beside the outcome."""

from typing import Final

from shared.texts.da.phrases import AGAIN, FREE_A_SEAT, NOT_YOURS, NOTHING
from shared.texts.entry import Catalogue, Entry

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
        "{licenses} gik tabt samtidig og gives ikke tilbage: Der er hverken postkasse"
        " eller arkiv i den.",
        "Er den nødvendig, så giv den manuelt: Microsoft 365 Administration, Brugere,"
        ' Aktive brugere, brugeren, Licenser og apps. En anmodning med "all": true i'
        " license giver alt det tilbage, der gik tabt.",
    ),
    "license-left-out/of-group": Entry(
        "{licenses} gik tabt samtidig og gives ikke tilbage: Den kom fra en gruppe.",
        "Se, hvorfor gruppen ikke giver den længere: Microsoft 365 Administration,"
        " Fakturering, Licenser, licensen, Grupper.",
    ),
    "license-left-out/origin-unknown": Entry(
        "{licenses} gik tabt samtidig og gives ikke tilbage: Det vides ikke, om den var"
        " givet direkte eller af en gruppe.",
        "Var den givet direkte, så giv den manuelt i Microsoft 365 Administration"
        " (Brugere, Aktive brugere, brugeren, Licenser og apps); et arkiv opbevares kun i"
        " 30 dage.",
    ),
    "license-left-out/not-in-tenant": Entry(
        "Lejeren har ikke licensen {licenses} mere, så den giver brugeren intet.",
        "Skal brugeren have en postkasse, så se på licenserne i Microsoft 365 Administration efter"
        " gendannelsen, og giv en anden.",
    ),
    "license-left-out/no-seat": Entry(
        "Ikke givet tilbage, da ingen er ledig: {licenses}.",
        f"{FREE_A_SEAT}, og giv den manuelt (Brugere, Aktive brugere, brugeren, Licenser og"
        " apps); et arkiv opbevares kun i 30 dage.",
    ),
    "license-left-out/another": Entry(
        "{licenses}: Brugeren har i mellemtiden fået en anden licens med postkasse, så denne"
        " tildeles ikke.",
        f'Skal brugeren have begge, så brug kind "license", og angiv denne i'
        f" license.skuPartNumbers: {AGAIN}.",
    ),
    "license-left-out/not-seen": Entry(
        "Licensen med postkasse vises endnu ikke på den gendannede bruger.",
        "Se på brugerens licenser i Microsoft 365 Administration (Brugere, Aktive brugere,"
        " brugeren, Licenser og apps), og giv licensen der, hvis den mangler.",
    ),
    "license-left-out/group": Entry(
        "Licensen med postkasse vises endnu ikke på den gendannede bruger; den kommer fra"
        " gruppen {group}.",
        "Se i Entra Administration under Grupper, om brugeren er i gruppen, og i Microsoft"
        " 365 Administration under Fakturering, Licenser, licensen, Grupper, om gruppen"
        " giver den.",
    ),
    "license-left-out/group-deleted": Entry(
        "Licensen med postkasse vises endnu ikke på den gendannede bruger; den kommer fra"
        " gruppen {group}, som er slettet.",
        "Gendan gruppen i Entra Administration under Grupper, Slettede grupper (Deleted"
        " groups); dens licenser kommer tilbage med den.",
    ),
    "license-left-out/group-gone": Entry(
        "Licensen med postkasse vises endnu ikke på den gendannede bruger; den kommer fra"
        " gruppen {group}, som ikke findes længere.",
        "Står gruppen blandt de slettede i Entra Administration (Grupper, Slettede"
        " grupper, Deleted groups), så gendan den. Giv ellers licensen til en anden gruppe, som"
        " brugeren er"
        " medlem af: Microsoft 365 Administration, Fakturering, Licenser, licensen, Grupper.",
    ),
    "license-left-out/not-assigned": Entry(
        "Brugeren er gendannet uden den licens, den havde. {why}",
        "Giv licensen manuelt inden 30 dage efter tabet: Microsoft 365 Administration,"
        " Brugere, Aktive brugere, brugeren, Licenser og apps.",
    ),
    "license-not-used": Entry(
        "Licensen i anmodningen tildeles ikke: Brugerens egen kommer tilbage med brugeren.",
        "Der er ikke noget at gøre; eller udelad licensen.",
    ),
    "license-not-used/active": Entry(
        "Licensen i anmodningen tildeles ikke: {user} er aktiv og har en med postkasse.",
        f'Der er ikke noget at gøre; skal den også tildeles, så brug kind "license": {AGAIN}.',
    ),
    "plan-not-in-sku": Entry(
        "license.disabledPlans nævner dele (planer), der ikke er i {licenses}: {plans}.",
        "Der er ikke noget at gøre; eller fjern dem fra license.disabledPlans.",
    ),
    "license-smaller": Entry(
        "Postkassen i {licenses} rummer mindre end den i {lost}, som gik tabt: En"
        " postkasse med mere i, end den må rumme, kan hverken sende eller modtage.",
        "Angiv en licens med lige så meget plads som den gamle i license.skuPartNumbers;"
        f" disse er ledige: {{others}}. {NOT_YOURS}",
        fix_override="Angiv en licens med lige så meget plads som den gamle i"
        " license.skuPartNumbers; disse er ledige: {others}.",
    ),
    "license-smaller/alone": Entry(
        "Postkassen i {licenses} rummer mindre end den i {lost}, som gik tabt: En"
        " postkasse med mere i, end den må rumme, kan hverken sende eller modtage.",
        "Giv brugeren en licens med lige så meget plads som den gamle, så snart en er"
        " ledig; ingen er det nu. Sådan får du en: Microsoft 365 Administration,"
        " Fakturering, Licenser.",
    ),
    "license-smaller/unknown-alone": Entry(
        "Postkassen i {licenses} rummer ikke ret meget, og det vides ikke, hvilken licens"
        " der gik tabt: En postkasse med mere i, end den må rumme, kan hverken sende eller"
        " modtage.",
        "Var den gamle postkasse større, så giv brugeren en større licens, så snart en er"
        " ledig; ingen er det nu. Sådan får du en: Microsoft 365 Administration,"
        " Fakturering, Licenser.",
    ),
    "license-smaller/unknown": Entry(
        "Postkassen i {licenses} rummer ikke ret meget, og det vides ikke, hvilken licens"
        " der gik tabt: En postkasse med mere i, end den må rumme, kan hverken sende eller"
        " modtage.",
        "Var den gamle postkasse større, så angiv en større licens i"
        f" license.skuPartNumbers; disse er ledige: {{others}}. {NOT_YOURS}",
        fix_override="Var den gamle postkasse større, så angiv en større licens i"
        " license.skuPartNumbers; disse er ledige: {others}.",
    ),
    "license-missing": Entry(
        '{user} har mistet sin licens med postkasse, og en gendannelse af kind "user" ser ikke på'
        " den.",
        f'Skal postkassen tilbage, så brug kind "mailbox": {AGAIN}.',
    ),
    "license-missing/perhaps": Entry(
        "{user} har ingen licens med postkasse, og dens licenser blev ændret {at:time}. Forsvandt"
        " en postkasses licens dengang, kan postkassen kun komme tilbage indtil {until:time}, og en"
        ' gendannelse af kind "user" ser ikke på den.',
        f'Skal sådan en postkasse tilbage, så brug kind "mailbox": {AGAIN}. En delt postkasse eller'
        " en postkasse for et lokale eller udstyr skal ikke have en licens.",
    ),
    "archive-lost": Entry(
        "{licenses}, som har arkivpostkassen, var væk {at:time}. Arkivet kan komme tilbage"
        " indtil {until:time}.",
        "Giv selv den licens tilbage i Microsoft 365 Administration, eller angiv den i"
        ' license.skuPartNumbers med kind "license", sammen med licensen til postkassen, hvis'
        f" brugeren ikke har den til den tid: {AGAIN}.",
    ),
    "archive-lost/deleted": Entry(
        "{licenses}, som har arkivpostkassen, var væk {at:time} og kommer ikke tilbage med"
        " brugeren. Arkivet kan komme tilbage indtil {until:time}.",
        "Når brugeren er tilbage, så giv selv den licens i Microsoft 365 Administration, eller"
        ' angiv den i license.skuPartNumbers med kind "license":'
        f" {AGAIN}.",
    ),
    "shared-unlicensed": Entry(
        "Postkassen er en delt postkasse, lokale- eller udstyrspostkasse, og {licenses}"
        " var væk fra den {at:time}. Uden licens må den rumme 50 GB, har intet arkiv og kan"
        " ikke bevares af juridiske grunde (procesførelse).",
        "Har den brug for noget af det, så angiv licensen i license.skuPartNumbers; et"
        " arkiv kan komme tilbage indtil {until:time}.",
    ),
    "shared-unlicensed/over": Entry(
        "Postkassen er en delt postkasse, lokale- eller udstyrspostkasse, og {licenses}"
        " var væk fra den {at:time}. Uden licens må den rumme 50 GB, har intet arkiv og kan"
        " ikke bevares af juridiske grunde (procesførelse).",
        "Har den brug for noget af det, så angiv licensen i license.skuPartNumbers. Et arkiv"
        " kunne komme tilbage indtil {until:time}; det er forbi.",
    ),
    "shared-unlicensed/perhaps": Entry(
        "Postkassen er en delt postkasse, lokale- eller udstyrspostkasse uden licens, og"
        " dens licenser blev ændret {at:time}; hvilke er ikke kendt. Uden licens må den rumme"
        " 50 GB, har intet arkiv og kan ikke bevares af juridiske grunde (procesførelse).",
        "Havde den et arkiv, eller har den brug for noget af det, så angiv licensen i"
        " license.skuPartNumbers; et arkiv fra før kan komme tilbage indtil {until:time}.",
    ),
    "mailbox-may-be-on-premises": Entry(
        "{user} synkroniseres fra Active Directory, og postkassen er aldrig set i skyen."
        " Den kan ligge på jeres egne Exchange-servere (on-premises); en licens ville så"
        " give en ny, tom postkasse ved siden af.",
        "Spørg den, der passer de servere, hvor postkassen er, før licensen tildeles.",
    ),
    "moved-to-another-tenant": Entry(
        "{user} har licensen til at flytte en postkasse til en anden lejer: Licensen med"
        " postkasse kan være fjernet med vilje.",
        "Spørg den, der flytter postkasserne, før licensen gives tilbage.",
    ),
    "seats-free": Entry(
        "Ledige licenser: {seats}.",
        NOTHING,
    ),
    "no-free-seat": Entry(
        "Ingen licens af denne slags ser ud til at være ledig ({licenses}): Gendannelsen"
        " venter på en.",
        f"{FREE_A_SEAT}, mens postkassen stadig kan komme tilbage.",
    ),
    "no-free-seat/others": Entry(
        "Ingen licens af denne slags ser ud til at være ledig ({licenses}): Gendannelsen"
        " venter på en.",
        f"{FREE_A_SEAT}, mens postkassen stadig kan komme tilbage. Eller angiv en licens,"
        f" der er ledig: {{others}}. {NOT_YOURS}",
        fix_override=f"{FREE_A_SEAT}, mens postkassen stadig kan komme tilbage. Eller"
        " angiv en licens, der er ledig: {others}.",
    ),
    "no-free-seat/add-on": Entry(
        "Ingen licens af denne slags ser ud til at være ledig ({licenses}). Postkassen"
        " venter ikke på den: Den gives kun, hvis en er ledig til den tid.",
        f"{FREE_A_SEAT}, mens postkassen stadig kan komme tilbage.",
    ),
    "no-free-seat/group": Entry(
        "Gruppen {group} giver {licenses}, og ingen er ledig: Gendannelsen venter på en.",
        f"{FREE_A_SEAT}, mens postkassen stadig kan komme tilbage; gruppen giver så selv licensen.",
    ),
    "seats-overdrawn": Entry(
        "Ingen licens af denne slags er ledig ({licenses}). Den gendannede bruger beholder"
        " sin licens alligevel, og så er der én mere i brug, end der er købt.",
        f"Efter gendannelsen: {FREE_A_SEAT}.",
    ),
    "subscription-suspended": Entry(
        "Abonnementet på {licenses} er udløbet eller ikke betalt (suspenderet): Ingen kan"
        " få den tildelt for tiden.",
        "Forny abonnementet (Microsoft 365 Administration, Fakturering, Dine produkter),"
        f" eller angiv en licens, der er ledig: {{others}}. {NOT_YOURS}",
        fix_override="Forny abonnementet (Microsoft 365 Administration, Fakturering,"
        " Dine produkter), eller angiv en licens, der er ledig: {others}.",
    ),
    "subscription-suspended/alone": Entry(
        "Abonnementet på {licenses} er udløbet eller ikke betalt (suspenderet): Ingen kan"
        " få den tildelt for tiden.",
        "Forny abonnementet (Microsoft 365 Administration, Fakturering, Dine produkter);"
        " ingen anden licens med postkasse er ledig.",
    ),
    "subscription-suspended/person": Entry(
        "Microsoft 365 viser {licenses} hos {user} som ikke betalt (suspenderet), selv om"
        " abonnementet kan bruges.",
        "Er abonnementet fornyet for nylig, så se igen om nogle timer. Bliver det ved, så få en"
        " administrator til at spørge Microsoft (Microsoft 365 Administration, Support), eller"
        " angiv en licens, der er ledig: {others}. Fjern ikke den suspenderede først."
        f" {NOT_YOURS}",
        fix_override="Er abonnementet fornyet for nylig, så se igen om nogle timer. Bliver det ved,"
        " så få en administrator til at spørge Microsoft (Microsoft 365 Administration, Support),"
        " eller angiv en licens, der er ledig: {others}. Fjern ikke den suspenderede først.",
    ),
    "subscription-suspended/person-alone": Entry(
        "Microsoft 365 viser {licenses} hos {user} som ikke betalt (suspenderet), selv om"
        " abonnementet kan bruges.",
        "Er abonnementet fornyet for nylig, så se igen om nogle timer. Bliver det ved, så få en"
        " administrator til at spørge Microsoft (Microsoft 365 Administration, Support); ingen"
        " anden licens med postkasse er ledig. Fjern ikke den suspenderede.",
    ),
    "subscription-suspended/deleted": Entry(
        "Abonnementet på {licenses} er slettet: Ingen kan få den tildelt, og en postkasse, der"
        " afhænger af det, kan være væk eller forsvinde.",
        f"Angiv en licens, der er ledig: {{others}}. {NOT_YOURS}",
        fix_override="Angiv en licens, der er ledig: {others}.",
    ),
    "subscription-suspended/deleted-alone": Entry(
        "Abonnementet på {licenses} er slettet: Ingen kan få den tildelt, og en postkasse, der"
        " afhænger af det, kan være væk eller forsvinde.",
        "Køb en licens med postkasse (Microsoft 365 Administration, Marketplace): Ingen er ledig.",
    ),
    "usage-location-late": Entry(
        "Brugerens land (brugsplacering) er angivet, og Microsoft tager endnu ikke hensyn til det.",
        "Der er ikke noget at gøre: Licensen prøves igen om et minut.",
    ),
    "mailbox-comes-back/license": Entry(
        "Postkassen kommer tilbage af sig selv, når licensen er tildelt, hvis den stadig findes.",
        "Giv det nogle timer. Tjenesten ser ikke på indholdet.",
    ),
    "mailbox-comes-back/shared": Entry(
        "Postkassen er sidst set som en delt postkasse, lokale- eller udstyrspostkasse. Den kommer"
        " tilbage med sin konto og behøver ingen licens til det.",
        "Giv det nogle timer. Tjenesten ser ikke på indholdet.",
    ),
    "mailbox-comes-back/user": Entry(
        "Postkassen, hvis brugeren havde en, kommer tilbage med brugeren.",
        "Giv det nogle timer. Tjenesten ser ikke på indholdet.",
    ),
}
