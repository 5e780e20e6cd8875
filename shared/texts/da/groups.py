"""Texts about a licence that comes from a group, by the reason why the group does not give it."""

from typing import Final

from shared.texts.da.phrases import AGAIN, SET_COUNTRY
from shared.texts.entry import Catalogue, Entry

# Microsoft took licences out of the Entra admin centre on 1 September 2024; what is wrong with a
# group is shown, and Reprocess found, on the page of the licence in the Microsoft 365 admin centre.
# Source: Microsoft Learn, "Resolve group license assignment problems", and "Assign or unassign
# licenses to a group in the Microsoft 365 admin center", read 2026-11-29.
_PAGE: Final = (
    "i Microsoft 365 Administration under Fakturering, Licenser: vælg licensen, derefter Grupper"
)
_MEMBERS: Final = "i Entra Administration under Grupper"
_DIRECTLY: Final = (
    f"Eller uden om gruppen: Angiv licensen i license.skuPartNumbers, og {AGAIN}; så"
    " opdages det ikke, hvad der er galt med gruppen."
)
_REPROCESS: Final = f"Få derefter gruppen til at prøve igen {_PAGE}, gruppen, brugeren, Genbehandl."
_DELETED: Final = "i Entra Administration under Grupper, Slettede grupper (Deleted groups)"

ENTRIES: Final[Catalogue] = {
    "license-from-group": Entry(
        "Licensen kommer fra gruppen {group}, som ikke giver den nu.",
        f"Se, om gruppen findes og har brugeren som medlem ({_MEMBERS}), og om den stadig"
        f" har licensen ({_PAGE}). {_DIRECTLY}",
    ),
    "license-from-group/unnamed": Entry(
        "{licenses} kom fra en gruppe, som ikke giver den længere. Det står i overvågningsloggen,"
        " men ikke, hvilken gruppe det var.",
        f"Se, hvilke grupper der giver licensen, {_PAGE}. Tilføj brugeren til den rigtige igen"
        f" ({_MEMBERS}); giver ingen den længere, så giv den dér til en af brugerens grupper."
        f" {_DIRECTLY}",
    ),
    "license-from-group/unnamed-deleted": Entry(
        "{licenses} kom fra en gruppe, som ikke giver den længere. Det står i overvågningsloggen,"
        " men ikke, hvilken gruppe det var.",
        'Gendan først brugeren med kind "user". Se derefter, hvilke grupper der giver licensen,'
        f" {_PAGE}, og tilføj brugeren til den rigtige ({_MEMBERS}). {_DIRECTLY}",
    ),
    "license-from-group/active": Entry(
        "Licensen kommer fra gruppen {group}. Gruppen findes, men giver den ikke til brugeren nu.",
        f"Se, om brugeren er medlem af gruppen ({_MEMBERS}), og hvad der er galt med den"
        f" ({_PAGE}, gruppen). {_DIRECTLY}",
    ),
    "license-from-group/user-deleted": Entry(
        "Licensen kommer fra gruppen {group}. Gruppen findes; om den giver brugeren licensen, viser"
        " sig først, når brugeren er tilbage.",
        'Gendan først brugeren med kind "user": Er brugeren medlem, giver gruppen selv licensen.'
        f" Gør den ikke det, så føj brugeren til gruppen {_MEMBERS}. {_DIRECTLY}",
    ),
    "license-from-group/not-member": Entry(
        "Licensen kommer fra gruppen {group}, og brugeren er ikke længere medlem af den.",
        f"Føj brugeren til gruppen igen {_MEMBERS}. {_DIRECTLY}",
    ),
    "license-from-group/deleted": Entry(
        "Licensen kommer fra gruppen {group}, som er slettet.",
        f"Gendan gruppen {_DELETED}; dens licenser kommer tilbage med den. {_DIRECTLY}",
    ),
    "license-from-group/gone": Entry(
        "Licensen kommer fra gruppen {group}, som ikke findes længere.",
        f"Står gruppen blandt de slettede ({_DELETED}), så gendan den; giv ellers licensen"
        f" til en anden gruppe, som brugeren er medlem af ({_PAGE}). {_DIRECTLY}",
    ),
    "license-from-group/unlicensed": Entry(
        "Licensen kommer fra gruppen {group}, og gruppen har selv mistet den, og {count:én"
        " person|# personer} med den.",
        f"Giv gruppen licensen igen {_PAGE}, Tildel licenser. {_DIRECTLY}",
    ),
    "license-from-group/unlicensed-uncounted": Entry(
        "Licensen kommer fra gruppen {group}, og gruppen har selv mistet den, for alle i den.",
        f"Giv gruppen licensen igen {_PAGE}, Tildel licenser. {_DIRECTLY}",
    ),
    "license-from-group/dynamic": Entry(
        "Licensen kommer fra gruppen {group}. En regel afgør, hvem der er medlem af den,"
        " og brugeren opfylder ikke reglen længere: {rule}",
        "Ret det, som reglen ser på, i brugerens egenskaber (Entra Administration,"
        f" Brugere), eller selve reglen ({_MEMBERS}, Regler for dynamisk medlemskab)."
        f" {_DIRECTLY}",
    ),
    "license-from-group/nested": Entry(
        "Licensen kommer fra gruppen {group}. Brugeren er medlem af en anden gruppe, som"
        " er med i den: Licenser når ikke medlemmer af grupper i grupper.",
        f"Føj brugeren til selve gruppen {{group}} {_MEMBERS}. {_DIRECTLY}",
    ),
    "license-from-group/switched-off": Entry(
        "Licensen kommer fra gruppen {group}, som giver den uden postkassedelen (Exchange"
        " Online er slået fra).",
        f"Slå Exchange Online til for gruppen {_PAGE}, gruppen, apps og tjenester. {_DIRECTLY}",
    ),
    "license-from-group/conflict": Entry(
        "Gruppen {group} kan ikke give licensen, da den ikke kan bruges sammen med en"
        " anden af brugerens licenser.",
        "Fjern den anden licens fra brugeren (Microsoft 365 Administration, Brugere,"
        f" Aktive brugere, brugeren, Licenser og apps). {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/missing-plan": Entry(
        "Gruppen {group} kan ikke give licensen, da den kræver en del af en anden licens,"
        " som brugeren ikke har.",
        f"Giv brugeren eller gruppen den licens, der har den manglende del. {_REPROCESS}"
        f" {_DIRECTLY}",
    ),
    "license-from-group/location": Entry(
        "Gruppen {group} kan ikke give licensen: Den må ikke bruges i det land, der er"
        " angivet for brugeren (brugsplacering).",
        f"Ret landet ({SET_COUNTRY}). {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/address": Entry(
        "Gruppen {group} kan ikke give licensen, da en anden bruger, gruppe eller kontakt"
        " har en af brugerens adresser.",
        "Fjern adressen fra den, der har den (Exchange Administration, Modtagere)."
        f" {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/error": Entry(
        "Gruppen {group} kan ikke give licensen. Microsoft angiver grunden {error}.",
        f"Se på fejlen ({_PAGE}, gruppen), og ret den. {_REPROCESS} {_DIRECTLY}",
    ),
}
