"""Texts of the drill: a throw-away account is deleted and brought back, to see that it works."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_ANOTHER: Final = (
    "Opret en konto, der kun er til øvelser, og skriv dens objekt-id i indstillingen DRILL_USER."
)
_SETTINGS: Final = "Til den, der har ansvar for tjenestens indstillinger:"

ENTRIES: Final[Catalogue] = {
    "before/drill-untouched": Entry("Øvelsen har ikke slettet noget."),
    "before/drill-would": Entry(
        "Øvelsen har ikke slettet noget, for {user} ville ikke være kommet tilbage. En gendannelse"
        " ville sige:"
    ),
    "before/drill-away": Entry(
        "Øvelsen har slettet {user}, eller kan have gjort det, og har ikke set kontoen komme"
        " tilbage: Se i Entra Administration under Slettede brugere, og gendan den dér, hvis den"
        " står på listen."
    ),
    "cancelled/drill-off": Entry(
        "Indstillingen DRILL_USER nævner ikke længere {asked}.",
        "Intet at gøre. Den næste øvelse begynder af sig selv, hvis DRILL_USER nævner en konto.",
    ),
    "user-is-deleted/drill": Entry(
        "{user} er slettet, og det er ikke denne øvelse, der har gjort det.",
        'Skal kontoen stadig bruges, så gendan den med en anmodning med kind "mailbox"; den næste'
        " øvelse begynder så med den.",
    ),
    "user-not-found/drill": Entry(
        "Indstillingen DRILL_USER nævner {user}, og ingen aktiv og ingen slettet bruger har det som"
        " objekt-id eller brugerens hovednavn.",
        f"{_SETTINGS} skriv objekt-id'et på kontoen til øvelser i DRILL_USER (Entra"
        " Administration, Brugere, brugeren, Oversigt). Er den væk for altid, så opret en ny. Den"
        " næste øvelse ser efter igen.",
    ),
    "cancelled/drill-again": Entry(
        "En anden øvelse ({restore_id}) har slettet denne konto inden for det seneste døgn.",
        "Intet at gøre. Den næste øvelse begynder til sin tid.",
    ),
    "permission-missing/drill": Entry(
        "Tjenestens identitet mangler {permissions}, og uden det ved den ikke, hvis kontoen er,"
        " eller kan ikke gendanne den.",
        "Få en administrator med rollen Privileged Role Administrator til at give den"
        " (infra/graph/grant.py); den næste øvelse ser efter igen.",
    ),
    "privileged-user/drill": Entry(
        "{user} har {count:en administratorrolle|# administratorroller} eller kan aktivere"
        " {count:den|dem}: Kontoen er ikke kun til øvelser.",
        f"{_SETTINGS} {_ANOTHER}",
        message_read="{user} har eller kan aktivere: {other_roles}. Kontoen er ikke kun til"
        " øvelser.",
    ),
    "privileged-user/drill-unseen": Entry(
        "Om {user} har en administratorrolle, kan aktivere en eller har en gennem en gruppe, kunne"
        " ikke ses fuldt ud, så kontoen er måske ikke kun til øvelser.",
        "Tag kontoen ud af alle grupper, der kan tildeles roller, og få en administrator med"
        " rollen Privileged Role Administrator til at give eligible og groups"
        " (infra/graph/grant.py); den næste øvelse ser efter igen.",
    ),
    "rehire-blocked/drill-guarded": Entry(
        "En vagt holder øje med {user}, så nogen vil beholde kontoen.",
        f"Fjern vagten, hvis kontoen kun er til øvelser. Ellers: {_ANOTHER}",
    ),
    "rehire-blocked/drill-used": Entry(
        "Nogen loggede på {user} {at:time}, så kontoen er måske i brug. En øvelse sletter kun en"
        " konto, som ingen har logget på i 30 dage.",
        "Bruger ingen kontoen, så lad ingen logge på den: Den næste øvelse efter de 30 dage"
        f" sletter den. Bruger nogen den: {_ANOTHER}",
    ),
    "directory-error/drill-unseen": Entry(
        "Ikke alt, hvad der ville standse en øvelse med {user}, kunne ses: {unseen}",
        "Få den, der har ansvar for tjenestens tilladelser, til at sørge for, at det kan ses"
        " (infra/graph/grant.py); den næste øvelse ser efter igen.",
    ),
    "directory-error/drill-active": Entry(
        "{user} vises som aktiv, en time efter at øvelsen har slettet kontoen eller kan have gjort"
        " det: Nogen har gendannet den, eller sletningen nåede aldrig frem.",
        "Se i Entra Administration under Slettede brugere. Står kontoen ikke på listen, er alt i"
        " orden med den, og den næste øvelse begynder til sin tid. Står den dér, så gendan den"
        " dér.",
    ),
    "directory-error/drill": Entry(
        "Microsoft Graph ville ikke slette kontoen for øvelsen. {said}",
        "Slå op, hvad Microsoft siger dér, og se på kontoen i Entra Administration; den næste"
        " øvelse prøver igen.",
    ),
    "permission-missing/drill-delete": Entry(
        "Microsoft Graph ville ikke slette kontoen for øvelsen, og tjenestens identitet mangler"
        " {permission}. {said}",
        "Få en administrator med rollen Privileged Role Administrator til at give den"
        " (infra/graph/grant.py); den næste øvelse prøver igen.",
    ),
    "out-of-reach/drill": Entry(
        "Tjenesten har tilladelsen {permission}, men må ikke slette denne konto: En"
        " administratorrolle, en administrativ enhed eller en politik i lejeren spærrer. {said}",
        f"{_SETTINGS} {_ANOTHER} Den hører ikke til en administrativ enhed.",
    ),
    "rehire-blocked/drill": Entry(
        "{user} har et medarbejdernummer og kan altså tilhøre en person.",
        f"{_SETTINGS} {_ANOTHER} Den har intet medarbejdernummer.",
    ),
    "synced-from-on-premises/drill": Entry(
        "{user} synkroniseres fra Active Directory, og den næste synkronisering ville gribe ind i"
        " det, en øvelse gør.",
        f"{_SETTINGS} {_ANOTHER} Den oprettes i skyen, i Entra Administration.",
    ),
    "license-without-mailbox/drill": Entry(
        "{user} har ingen licens med en postkasse, så en øvelse ville ikke vise meget.",
        "Giv kontoen en licens med Exchange Online, direkte og ikke gennem en gruppe (Microsoft"
        " 365 Administration, Brugere, Aktive brugere, brugeren, Licenser og apps); den næste"
        " øvelse ser efter igen.",
    ),
    "license-from-group/drill": Entry(
        "Ingen kan se, at licensen til {user} er dens egen: En gruppe giver den, eller Microsoft"
        " siger det ikke. En øvelse sletter kun en konto, der har sin egen licens.",
        "Giv kontoen en licens med Exchange Online direkte (Microsoft 365 Administration,"
        " Brugere, Aktive brugere, brugeren, Licenser og apps); den næste øvelse ser efter igen.",
    ),
    "mailbox-not-seen/drill": Entry(
        "Ingen persons postkasse svarer for {user}, så ingen kunne se, om den kom tilbage.",
        "Find den i Exchange Administration under Modtagere, Postkasser (Mailboxes): En ny"
        " postkasse er nogle"
        " timer undervejs, og en delt postkasse er ikke til øvelser. Den næste øvelse ser efter"
        " igen.",
    ),
    "gave-up/drill": Entry(
        "Øvelsen kunne ikke begynde inden for en time: Microsoft Graph kunne ikke spørges, eller"
        " en anden gendannelse holdt kontoen.",
        "Intet at gøre: Den næste øvelse begynder til sin tid.",
    ),
    "wait/deletion": Entry(
        "Kontoen er slettet, og Entra ID viser den endnu ikke blandt de slettede brugere.",
        "Intet at gøre: Øvelsen fortsætter af sig selv.",
    ),
    "status/drill": Entry(
        "Den seneste begyndte {at:time} og tog {seconds:et sekund|# sekunder}: {said} {steps}."
    ),
    "status/drill-step": Entry("{step} {seconds} s"),
    "status/drill-none": Entry("Ingen er begyndt endnu, eller den seneste gemmes ikke længere."),
    "status/drill-under-way": Entry("Den seneste begyndte {at:time} og er i gang ({restore_id})."),
    "status/drill-failed": Entry(
        "Den seneste begyndte {at:time} og lykkedes ikke ({restore_id}): {said}",
        "Læs den gendannelse (GET /api/restores/{restore_id}): Dens fix siger, hvad der skal"
        " gøres.",
    ),
    "status/drill-failed-before": Entry(
        "Den seneste begyndte {at:time} og lykkedes ikke ({restore_id}): {before} {said}",
        "Læs den gendannelse (GET /api/restores/{restore_id}): Dens fix siger, hvad der skal"
        " gøres.",
    ),
    "status/drill-failed-then": Entry(
        "Den seneste begyndte {at:time} og lykkedes ikke ({restore_id}): {before} {said}",
        "Læs den gendannelse (GET /api/restores/{restore_id}): Dens fix siger, hvad der skal"
        " gøres. Tjenesten prøver igen af sig selv at få kontoen tilbage. Er den stadig slettet"
        " derefter, så gendan den i Entra Administration under Slettede brugere.",
        fix_admin="Læs den gendannelse (GET /api/restores/{restore_id}): Dens fix siger, hvad der"
        " skal gøres. Er kontoen stadig slettet, så kør den gendannelse igen; den sletter ikke"
        " mere. Tjenesten prøver det også selv, efter en time og siden sjældnere.",
    ),
    "status/drill-unreadable": Entry(
        "En anden udgave af tjenesten har skrevet den seneste, og den, der kører nu, kan ikke læse,"
        " hvordan den gik. Dens konto er måske stadig slettet.",
        "Er kontoen i Entra Administration under Slettede brugere, så gendan den der. Ingen øvelse"
        " begynder, før den udgave er tilbage.",
    ),
    "journal/drill-planned": Entry("kontoen må slettes; om dens vej tilbage afgøres der bagefter"),
}
