"""Texts about a licence that comes from a group, by the reason why the group does not give it."""

from typing import Final

from shared.texts.da.phrases import AGAIN
from shared.texts.entry import Catalogue, Entry

_DIRECTLY: Final = (
    f"Eller giv den direkte: Nævn licensen i license.skuPartNumbers, og {AGAIN}; det skjuler, hvad"
    f" der er galt med gruppen."
)
_REPROCESS: Final = (
    "Åbn derefter gruppen i Entra Administration under Licenser, og vælg Genbehandl."
)

ENTRIES: Final[Catalogue] = {
    "license-from-group": Entry(
        "Licensen kommer fra gruppen {group}, som ikke giver den nu.",
        "Se i Entra Administration, om gruppen findes, har licensen og har brugeren som medlem."
        f" {_DIRECTLY}",
    ),
    "license-from-group/active": Entry(
        "Licensen kommer fra gruppen {group}. Gruppen findes og giver den ikke til brugeren nu.",
        "Se, om brugeren er medlem af gruppen, og under Licenser, hvorfor den intet giver."
        f" {_DIRECTLY}",
    ),
    "license-from-group/not-member": Entry(
        "Licensen kommer fra gruppen {group}, og brugeren er ikke medlem af den mere.",
        f"Føj brugeren til gruppen igen. {_DIRECTLY}",
    ),
    "license-from-group/deleted": Entry(
        "Licensen kommer fra gruppen {group}, som er slettet.",
        "Gendan gruppen i Entra Administration under Slettede grupper; dens licenser kommer tilbage"
        f" med den. {_DIRECTLY}",
    ),
    "license-from-group/gone": Entry(
        "Licensen kommer fra gruppen {group}, som ikke findes mere.",
        "Gendan gruppen, hvis den er blandt de slettede grupper i Entra Administration; giv ellers"
        f" en anden gruppe licensen. {_DIRECTLY}",
    ),
    "license-from-group/unlicensed": Entry(
        "Licensen kommer fra gruppen {group}, og gruppen har selv mistet den:"
        " {count:én person|# personer} med den.",
        f"Giv gruppen dens licens igen (Entra Administration, gruppen, Licenser). {_DIRECTLY}",
    ),
    "license-from-group/unlicensed-uncounted": Entry(
        "Licensen kommer fra gruppen {group}, og gruppen har selv mistet den, for alle i den.",
        f"Giv gruppen dens licens igen (Entra Administration, gruppen, Licenser). {_DIRECTLY}",
    ),
    "license-from-group/dynamic": Entry(
        "Licensen kommer fra gruppen {group}, hvis medlemmer følger en regel, som brugeren ikke"
        " opfylder mere: {rule}",
        f"Ret den af brugerens egenskaber, som reglen ser på, eller reglen. {_DIRECTLY}",
    ),
    "license-from-group/nested": Entry(
        "Licensen kommer fra gruppen {group}, og brugeren er i en gruppe inde i den: Licenser når"
        " kun direkte medlemmer.",
        f"Gør brugeren til direkte medlem af gruppen. {_DIRECTLY}",
    ),
    "license-from-group/switched-off": Entry(
        "Licensen kommer fra gruppen {group}, med postkassedelen (Exchange Online) slået fra.",
        "Slå Exchange Online til i gruppens licens (Entra Administration, gruppen, Licenser)."
        f" {_DIRECTLY}",
    ),
    "license-from-group/conflict": Entry(
        "Gruppen {group} kan ikke give licensen, da den er i strid med en anden af brugerens.",
        f"Fjern den anden licens fra brugeren. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/missing-plan": Entry(
        "Gruppen {group} kan ikke give licensen, da en del, som den kræver, mangler.",
        f"Giv brugeren eller gruppen licensen med den manglende del. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/location": Entry(
        "Gruppen {group} kan ikke give licensen: Brugerens land (brugsplacering) tillader det"
        " ikke.",
        f"Ret brugerens brugsplacering. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/address": Entry(
        "Gruppen {group} kan ikke give licensen, da en af brugerens adresser er i brug hos en"
        " anden.",
        f"Fjern adressen fra den, der har den. {_REPROCESS} {_DIRECTLY}",
    ),
    "license-from-group/error": Entry(
        "Gruppen {group} kan ikke give licensen. Microsoft Graph angiver grunden {error}.",
        "Se på fejlen i Entra Administration (gruppen, Licenser), og ret den."
        f" {_REPROCESS} {_DIRECTLY}",
    ),
}
