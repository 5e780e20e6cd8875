"""Texts about which person is meant: nobody, several, a deleted one, a similar name."""

from typing import Final

from shared.texts.da.phrases import AGAIN
from shared.texts.entry import Catalogue, Entry

_MERGE: Final = (
    "Kontoen kan ikke gendannes: Opret en ny bruger. Derefter ser en"
    " Exchange-administrator, om den gamle postkasse stadig er bevaret (Get-Mailbox"
    " -SoftDeletedMailbox viser slettede postkasser), og kopierer den over i den nye"
    " (New-MailboxRestoreRequest)."
)

_SPELLING: Final = (
    "kontrollér stavemåden, eller brug objekt-id'et (i Entra Administration under Brugere eller"
    f" Slettede brugere) som user: {AGAIN}."
)

_OTHER_GUARD: Final = (
    "Kontrollér stavemåden. Er navnet forkert, så fjern denne vagt, og tilføj en med det rigtige"
    " navn eller med objekt-id'et (i Entra Administration under Brugere eller Slettede brugere). Er"
    " det rigtigt, så lad vagten stå: Den begynder, når personen bliver fundet."
)

_ADDRESSED_GUARD: Final = (
    "Fjern denne vagt, og tilføj en med brugernavnet (navn@domæne), mailadressen eller objekt-id'et"
    " (i Entra Administration under Brugere eller Slettede brugere)."
)

ENTRIES: Final[Catalogue] = {
    "user-not-found": Entry(
        "Der er hverken fundet en aktiv eller en slettet bruger under {asked}. Slettede brugere"
        " opbevares kun i 30 dage.",
        "Kontrollér stavemåden, eller brug objekt-id'et (i Entra Administration under Brugere eller"
        " Slettede brugere) som user. En, der er slettet inden for de seneste minutter, findes"
        f" måske ikke endnu: Vent fem minutter. Derefter {AGAIN}.",
        fix_read="Find personen med GET /api/losses?search=, som også finder dele af et navn, og"
        " brug objekt-id'et som user. En, der er slettet inden for de seneste minutter, findes"
        f" måske ikke endnu: Vent fem minutter. Derefter {AGAIN}.",
    ),
    "user-not-found/similar": Entry(
        "Der er hverken fundet en aktiv eller en slettet bruger under {asked}. {count:Én person"
        " har|# personer har} et lignende navn: De står i candidates med id og dato.",
        f"Er det en af dem, så brug det id som user: {AGAIN}. Ellers {_SPELLING}",
        message_table="Der er hverken fundet en aktiv eller en slettet bruger under {asked}."
        " {count:Én person har|# personer har} et lignende navn.",
        message_read="Der er hverken fundet en aktiv eller en slettet bruger under {asked}."
        " Lignende navne: {other_names}.",
        fix_read=f"Er det en af dem, så brug dens id som user: {AGAIN}. Ellers {_SPELLING}",
    ),
    "user-not-found/display-name": Entry(
        "En person slås op efter brugernavn, adresse eller objekt-id, og {asked} er ingen af dem."
        " {count:Én person har|# personer har} et lignende navn: De står i candidates med id og"
        " dato.",
        f"Er det en af dem, så brug det id som user: {AGAIN}.",
        message_table="En person slås op efter brugernavn, adresse eller objekt-id, og {asked} er"
        " ingen af dem. {count:Én person har|# personer har} et lignende navn.",
        message_read="En person slås op efter brugernavn, adresse eller objekt-id, og {asked} er et"
        " visningsnavn, som flere kan have. Én hedder nøjagtigt sådan: {other_name}.",
        fix_read=f"Er det den, du mener, så brug brugernavnet i parentesen som user: {AGAIN}.",
    ),
    "user-not-found/no-address": Entry(
        "En person slås op efter brugernavn, adresse eller objekt-id, og {asked} er ingen af dem.",
        "Brug brugernavnet (navn@domæne) eller mailadressen, eller brug objekt-id'et (i Entra"
        f" Administration under Brugere eller Slettede brugere) som user: {AGAIN}.",
        fix_read="Find personen med GET /api/losses?search=, som også finder dele af et navn, og"
        f" brug objekt-id'et som user, eller brugernavnet (navn@domæne). Derefter {AGAIN}.",
    ),
    "user-not-found/elsewhere": Entry(
        "Der er hverken fundet en aktiv eller en slettet bruger under {asked}, og {domain} er ikke"
        " et af lejerens domæner.",
        f"Kontrollér det, der står efter @. Er det rigtigt, så {_SPELLING}",
    ),
    "user-not-found/by-id": Entry(
        "Hverken en aktiv eller en slettet bruger har objekt-id'et {asked}. Slettede brugere"
        " opbevares kun i 30 dage.",
        "Kontrollér objekt-id'et i Entra Administration under Brugere og Slettede brugere, eller"
        " brug brugernavnet. Grupper og enheder har også objekt-id'er, og der er kun set blandt"
        f" brugere: Det kan være id'et på en af dem. Derefter {AGAIN}.",
    ),
    "user-not-found/guard": Entry(
        "Der er hverken fundet en aktiv eller en slettet bruger under {asked}, så vagten beskytter"
        " endnu ingen. Navnet slås op igen omtrent en gang i timen.",
        _OTHER_GUARD,
    ),
    "user-not-found/guard-similar": Entry(
        "Der er hverken fundet en aktiv eller en slettet bruger under {asked}, så vagten beskytter"
        " endnu ingen. {count:Én person har|# personer har} et lignende navn.",
        _OTHER_GUARD,
        message_read="Der er hverken fundet en aktiv eller en slettet bruger under {asked}, så"
        " vagten beskytter endnu ingen. Lignende navne: {other_names}.",
        fix_read="Er det en af dem, så fjern denne vagt, og tilføj en med brugernavnet i"
        f" parentesen. {_OTHER_GUARD}",
    ),
    "user-not-found/guard-by-id": Entry(
        "Hverken en aktiv eller en slettet bruger har objekt-id'et {asked}, så vagten beskytter"
        " endnu ingen.",
        "Kontrollér objekt-id'et i Entra Administration under Brugere og Slettede brugere. Grupper"
        " og enheder har også objekt-id'er, og der er kun set blandt brugere. Er det"
        " forkert, så fjern denne vagt, og tilføj en med det rigtige eller med brugernavnet.",
    ),
    "user-not-found/guard-no-address": Entry(
        "En person slås op efter brugernavn, adresse eller objekt-id, og {asked} er ingen af dem,"
        " så vagten beskytter ingen.",
        _ADDRESSED_GUARD,
    ),
    "user-not-found/guard-no-address-similar": Entry(
        "En person slås op efter brugernavn, adresse eller objekt-id, og {asked} er ingen af dem,"
        " så vagten beskytter ingen. {count:Én person har|# personer har} et lignende navn.",
        _ADDRESSED_GUARD,
        message_read="En person slås op efter brugernavn, adresse eller objekt-id, og {asked} er"
        " ingen af dem, så vagten beskytter ingen. Lignende navne: {other_names}.",
        fix_read="Er det en af dem, så fjern denne vagt, og tilføj en med brugernavnet i"
        " parentesen. Ellers fjern den alligevel, og tilføj en med objekt-id'et (i Entra"
        " Administration under Brugere eller Slettede brugere).",
    ),
    "user-purged/guard": Entry(
        "{asked} var kendt af denne tjeneste og er nu hverken blandt de aktive eller de slettede"
        " brugere, så vagten beskytter ingen.",
        "Fjern denne vagt. Har personen en ny konto, så tilføj en vagt med dens brugernavn.",
    ),
    "user-purged": Entry(
        "{asked} var kendt af denne tjeneste og er nu hverken blandt de aktive eller de slettede"
        " brugere.",
        _MERGE,
    ),
    "user-purged/purging": Entry(
        "Brugeren vises stadig som slettet, men kan ikke gendannes mere. {said}",
        _MERGE,
    ),
    "user-purged/meanwhile": Entry(
        "Brugeren {user_id} er ikke længere blandt de aktive eller de slettede brugere.",
        _MERGE,
    ),
    "ambiguous-user": Entry(
        "{asked} passer på {count} personer; de står i candidates.",
        f"Brug id'et på den, du mener, som user: {AGAIN}.",
        message_table="{asked} passer på {count} personer.",
    ),
    "ambiguous-user/guard": Entry(
        "{asked} passer på {count} personer, og en vagt gælder én af dem.",
        "Find objekt-id'et på den, du mener (i Entra Administration under Brugere eller Slettede"
        " brugere), fjern denne vagt, og tilføj en med det id.",
        message_read="{asked} passer på {count} personer, og en vagt gælder én af dem:"
        " {other_names}.",
    ),
    "candidates": Entry("En af disse kan være ment: {people:; }."),
    "candidates/deleted": Entry(
        "{id}, slettet {at:time}",
        message_read="{other_name}, {id}, slettet {at:time}",
    ),
    "candidates/active": Entry(
        "{id}, aktiv",
        message_read="{other_name}, {id}, aktiv",
    ),
    "user-is-deleted": Entry(
        "{user} er slettet, og en licens kan kun tildeles en aktiv bruger.",
        f'Brug kind "mailbox", som gendanner brugeren først: {AGAIN}.',
    ),
    "user-is-deleted/meanwhile": Entry(
        "Brugeren {user_id} blev slettet, mens gendannelsen ventede på at tildele licensen.",
        f'Brug kind "mailbox", som gendanner brugeren først: {AGAIN}.',
    ),
    "similar-names": Entry(
        "{count:Én person har|# personer har} et lignende navn; de står i candidates.",
        f"Er det en af dem, så brug det id som user: {AGAIN}.",
        message_read="Lignende navne: {other_names}.",
        fix_read=f"Er det en af dem, så brug dens id som user: {AGAIN}.",
    ),
    "directory-unsettled": Entry(
        "Entra ID modsiger sig selv om, hvorvidt brugeren er aktiv eller slettet, som den"
        " gør i de første minutter efter en sletning eller en gendannelse.",
        "Tjek igen om nogle minutter. En gendannelse kan godt startes: Den ser efter igen,"
        " før den ændrer noget.",
    ),
    "directory-unsettled/own-restore": Entry(
        "Din gendannelse {restore_id} af denne person er ikke færdig: Det, der står her, kan være"
        " anderledes, når den er.",
        "Vent, til den er færdig, og tjek så igen. Du kan godt bede om en gendannelse mere; den"
        " venter på denne.",
    ),
    "directory-unsettled/restore-at-work": Entry(
        "En gendannelse af denne person, som en anden har bedt om, er ikke færdig: Det, der står"
        " her, kan være anderledes, når den er.",
        "Tjek igen om nogle minutter. Du kan godt bede om en gendannelse mere; den venter på den.",
        message_read="Gendannelsen {other_restore_id} af denne person er ikke færdig: Det, der står"
        " her, kan være anderledes, når den er.",
    ),
    # A person in a form under which nobody is looked up; each continues from the name of the field.
    "fault/no-person": Entry("er tomt; skriv personens brugernavn, mailadresse eller objekt-id"),
    "fault/person-in-braces": Entry("står i krøllede parenteser; skriv objekt-id'et uden {{ og }}"),
    "fault/person-with-name": Entry("har mere end adressen; skriv kun det, der står mellem < og >"),
    "fault/person-of-domain": Entry(
        "er et brugernavn i Active Directory (DOMÆNE\\navn); skriv det i Microsoft 365"
        " (navn@domæne), mailadressen eller objekt-id'et"
    ),
    "fault/person-inside": Entry(
        "er et navn, som kun Active Directory eller Exchange bruger internt; skriv brugernavnet i"
        " Microsoft 365 (navn@domæne), mailadressen eller objekt-id'et"
    ),
    "fault/person-in-link": Entry(
        "er et link; skriv personens brugernavn, mailadresse eller objekt-id"
    ),
    "fault/person-number": Entry(
        "er et nummer, og ingen slås op efter et telefon- eller medarbejdernummer; skriv"
        " brugernavnet (navn@domæne), mailadressen eller objekt-id'et"
    ),
    "fault/person-broken-id": Entry(
        "ligner et objekt-id og er ikke et helt; skriv dets 32 cifre med bindestreger, som"
        " 6fd2c87f-b296-42f0-b197-1e91e994b900"
    ),
    "fault/person-behind": Entry("begynder med {prefix}; skriv kun det, der står bagefter"),
    "fault/person-in-quotes": Entry("står i anførselstegn; udelad dem"),
    "fault/person-with-mark": Entry(
        'ender med "{mark}", som ikke hører til en adresse; udelad det'
    ),
    "fault/person-wide": Entry(
        "indeholder tegn i fuld bredde, som kun ligner dem i en adresse; skriv det igen"
    ),
    "fault/several-people": Entry(
        "nævner {count} personer, og hver af dem skal have sin egen anmodning eller linje"
    ),
}
