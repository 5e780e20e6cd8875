"""Texts about what a restore waits for, and who could shorten the wait."""

from typing import Final

from shared.texts.da.phrases import FREE_A_SEAT, NOTHING
from shared.texts.entry import Catalogue, Entry

_BY_ITSELF: Final = "Der er ikke noget at gøre: Gendannelsen fortsætter af sig selv."

ENTRIES: Final[Catalogue] = {
    "wait/schedule": Entry(
        "Gendannelsen begynder {at:time}, som der blev bedt om.",
        "Der er ikke noget at gøre. Skal det ske før, så annullér den, og send en ny anmodning.",
    ),
    "wait/approval": Entry(
        "Gendannelsen venter på, at nogen godkender den: {rules}.",
        "Få en med rollen Restore.Approve, som ikke selv har bedt om den, til at tage stilling.",
    ),
    "approval-rule/kind": Entry("gendannelser af denne slags skal godkendes først"),
    "approval-rule/override": Entry(
        "anmodningen tillader, hvad der ellers afvises ({protections:; })"
    ),
    "approval-plan/new-name": Entry("brugeren kommer tilbage som {name}"),
    "approval-plan/dropped": Entry("brugeren kommer tilbage uden {addresses}"),
    "protection/acceptRehire": Entry(
        "acceptRehire: også hvis personen ikke skal gendannes, uden at nogen er spurgt"
    ),
    "protection/acceptUnknownWindow": Entry(
        "acceptUnknownWindow: også hvis ingen kan sige, hvornår licensen blev mistet"
    ),
    "protection/allowSynced": Entry(
        "allowSynced: også hvis brugeren synkroniseres fra Active Directory"
    ),
    "protection/licenseRemovedAt": Entry(
        "licenseRemovedAt: kun anmodningen siger, hvornår licensen blev mistet"
    ),
    "protection/onAddressConflict": Entry(
        "onAddressConflict: adresser, som en anden måtte have, udelades"
    ),
    "protection/onUpnConflict": Entry("onUpnConflict: brugeren får under alle forhold et nyt navn"),
    "approval-rule/reuse": Entry("et navn eller en adresse er i brug hos en anden"),
    "approval-rule/batch": Entry("den kom sammen med mange andre"),
    "approval-rule/gone": Entry("personen blev mistet for længe siden, eller ingen ved hvornår"),
    "wait/throttle": Entry(
        "Microsoft Graph tager ikke imod flere kald fra denne lejer for tiden.",
        _BY_ITSELF,
    ),
    "wait/throttle-said": Entry(
        "Microsoft Graph tager ikke imod flere kald fra denne lejer for tiden: {why}",
        _BY_ITSELF,
    ),
    "wait/log-in-use": Entry(
        "Overvågningsloggen må kun spørges nogle få gange på ti sekunder og læses lige nu til"
        " andre: Denne gendannelse venter på sin tur.",
        _BY_ITSELF,
    ),
    "wait/seat": Entry(
        "Ingen licens af denne slags er ledig: {licenses}.",
        f"{FREE_A_SEAT}; gendannelsen fortsætter af sig selv inden for minutter.",
    ),
    "wait/group-seat": Entry(
        "Gruppen {group} giver licensen, og ingen af denne slags er ledig: {licenses}.",
        f"{FREE_A_SEAT}; gruppen giver så licensen af sig selv.",
    ),
    "wait/user-lock": Entry(
        "En anden gendannelse af den samme person er ikke færdig.",
        "Der er ikke noget at gøre lige nu: Denne fortsætter af sig selv, når den anden er færdig."
        " Trækker det ud, så få en med rollen Restore.Read til at se, hvad den anden venter på.",
        fix_read="Der er ikke noget at gøre: Denne fortsætter af sig selv, når den anden er"
        " færdig.",
    ),
    "wait/user-free": Entry(
        "Den anden gendannelse af samme person holder ikke længere denne tilbage.",
        "Der er ikke noget at gøre: Denne fortsætter af sig selv.",
    ),
    "wait-behind": Entry(
        "Den gendannelse, {restore_id}, venter selv: {wait}",
        "Denne fortsætter af sig selv, når den anden er færdig. Hvad der hjælper den anden, siger"
        " GET /api/restores/{restore_id} under waiting. Er der kun brug for den ene af de to, så"
        " annullér den anden.",
    ),
    "wait-ends": Entry("Der ses efter igen {at:time}."),
    "wait-ends/until": Entry(
        "Der ses efter igen {at:time}; gendannelsen venter højst til {until:time}."
    ),
    "wait-ends/approval": Entry("Uden en afgørelse slutter gendannelsen {until:time}."),
    "wait-decided": Entry(
        "Nogen tager stilling til den.",
        "Her tages der stilling: POST /api/restores/{restore_id}/approve med den planHash, der står"
        " under approval, eller /reject; eller Godkendelser på /api/desk.",
        fix_table="Her tages der stilling: POST /api/restores/{restore_id}/approve eller /reject;"
        " eller Godkendelser på /api/desk.",
    ),
    "wait-decided/batch": Entry(
        "Nogen tager stilling til den, eller til alle, der venter i dens samling (batch).",
        "Her tages der stilling: POST /api/restores/{restore_id}/approve med den planHash, der står"
        " under approval, eller /reject; eller Godkendelser på /api/desk. For alle, der venter i"
        " samme samling (batch): POST /api/batches/{batch_id}/approve med samlingens planHash,"
        " eller /reject; eller Godkendelser på /api/desk.",
        fix_table="Her tages der stilling: POST /api/restores/{restore_id}/approve eller /reject;"
        " eller Godkendelser på /api/desk. For alle, der venter i samme samling (batch): POST"
        " /api/batches/{batch_id}/approve eller /reject; eller Godkendelser på /api/desk.",
    ),
    "wait-called-off": Entry(
        "Den kan aflyses, så længe intet er ændret.",
        "Sådan aflyses denne gendannelse: POST /api/restores/{restore_id}/cancel; eller Aflys på"
        " /api/desk. Det kan den, der har bedt om den, og den, der har rollen Restore.Admin.",
    ),
    "wait-called-off/by-keys": Entry(
        "Den kan aflyses, så længe intet er ændret.",
        "Sådan aflyses denne gendannelse: POST /api/restores/{restore_id}/cancel.",
    ),
    "wait/mailbox": Entry(
        "Postkassen svarer ikke endnu. Det tager som regel minutter og somme tider timer.",
        _BY_ITSELF,
    ),
    "wait/mailbox-twice": Entry(
        "Postkassen svarer stadig, selv om licensen er væk. For en sikkerheds skyld ses"
        " der efter igen om nogle minutter.",
        _BY_ITSELF,
    ),
    "wait/mailbox-silent": Entry(
        "Brugeren har licens, og ingen postkasse svarer. Der ses efter igen om nogle minutter.",
        _BY_ITSELF,
    ),
    "wait/purpose": Entry(
        "Den gendannede postkasse har ikke svaret endnu. Er den delt, får den ingen licens.",
        _BY_ITSELF,
    ),
    "wait/audit-log": Entry(
        "Ændringen er måske ikke i overvågningsloggen endnu: Den er nogle minutter forsinket.",
        _BY_ITSELF,
    ),
    "wait/unsettled": Entry(
        "En ændring fra de seneste minutter vises endnu ikke overalt i Entra ID.",
        _BY_ITSELF,
    ),
    "wait/blank": Entry(
        "Kataloget viser brugeren uden nogen af dens egenskaber, hverken licenser eller om den må"
        " logge på. Det er en læsning, der slog fejl.",
        _BY_ITSELF,
    ),
    "wait/nobody": Entry(
        "Ingen med dette navn er fundet endnu. En bruger, der er slettet for et øjeblik siden,"
        " vises måske ikke endnu, så tjenesten ser efter igen indtil {until:time}.",
        "Er navnet rigtigt, er der ikke noget at gøre. Er det en tastefejl, så annullér"
        " gendannelsen, og send den igen med det rigtige navn.",
    ),
    "wait/nobody-by-id": Entry(
        "Ingen med dette objekt-id er fundet endnu. En bruger, der er slettet for et øjeblik siden,"
        " vises måske ikke endnu, så tjenesten ser efter igen indtil {until:time}.",
        "Er id'et rigtigt, er der ikke noget at gøre. Er det forkert, så annullér gendannelsen, og"
        " send den igen med det rigtige.",
    ),
    "wait/nobody-similar": Entry(
        "Ingen med dette navn er fundet endnu, men {count:én person har|# personer har} et"
        " lignende: de står i candidates. En bruger, der er slettet for et øjeblik siden,"
        " vises måske ikke endnu, så tjenesten ser efter igen indtil {until:time}.",
        "Er navnet rigtigt, er der ikke noget at gøre. Er en af dem ment, så annullér gendannelsen,"
        " og send den igen med det id.",
        message_table="Ingen med dette navn er fundet endnu, men {count:én person har|# personer"
        " har} et lignende. En bruger, der er slettet for et øjeblik siden, vises måske ikke endnu,"
        " så tjenesten ser efter igen indtil {until:time}.",
        fix_table="Er navnet rigtigt, er der ikke noget at gøre. Er en af de personer ment, så"
        " annullér gendannelsen, og send den igen med det id.",
    ),
    "wait/unreachable": Entry(
        "Microsoft Graph kunne ikke gøre det, der blev bedt om: {why}",
        "Der er ikke noget at gøre lige nu: Gendannelsen prøver igen af sig selv. Bliver det ved,"
        " ser en administrator på GET /api/status.",
    ),
    "wait/in-doubt": Entry(
        "En ændring blev sendt, og svaret kom ikke. Tjenesten venter et minut og ser efter, om den"
        " er foretaget, så intet gøres to gange.",
        _BY_ITSELF,
    ),
    "wait/not-found": Entry(
        "Microsoft Graph siger, at brugeren ikke er der, selv om den lige har vist den.",
        _BY_ITSELF,
    ),
    "wait/not-shown": Entry(
        "Brugeren vises ikke som aktiv endnu.",
        _BY_ITSELF,
    ),
    "wait/lost-again": Entry(
        "Brugeren ser ud til at være mistet igen, slettet eller uden sin licens. Der ses efter i"
        " nogle minutter, før det tages for sikkert.",
        _BY_ITSELF,
    ),
    "wait/taken-back": Entry(
        "Ændringen vises ikke endnu.",
        _BY_ITSELF,
    ),
    "wait/licenses": Entry(
        "Den gendannede brugers licenser vises ikke endnu.",
        _BY_ITSELF,
    ),
    "wait/renaming": Entry(
        "Navnet blev optaget for et øjeblik siden; brugeren gendannes under det nye navn.",
        NOTHING,
    ),
    "wait/usage-location": Entry(
        "Brugerens land (brugsplacering) er angivet, og Microsoft tager endnu ikke hensyn til det.",
        _BY_ITSELF,
    ),
}
