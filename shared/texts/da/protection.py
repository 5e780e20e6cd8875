"""Texts about people who are protected: synchronised, administrators, not to be brought back."""

from typing import Final

from shared.texts.da.phrases import AGAIN, BY_KEYS, GRANT, LOOK_FOR_COPY
from shared.texts.entry import Catalogue, Entry

_IN_ACTIVE_DIRECTORY: Final = (
    "Er kontoen slettet i Active Directory, så gendan den dér (papirkurven); er den der stadig, så"
    " flyt den tilbage til en organisationsenhed, der synkroniseres. Den næste synkronisering"
    " gendanner så brugeren."
)

ENTRIES: Final[Catalogue] = {
    "synced-from-on-premises": Entry(
        "{user} synkroniseres fra Active Directory. Gendannes brugeren kun i skyen, kan den næste"
        " synkronisering slette brugeren igen eller oprette den to gange.",
        f"{_IN_ACTIVE_DIRECTORY} Eller få en med rollen Restore.Override til at sende anmodningen"
        f" med allowSynced: true.",
        fix_override=f"{_IN_ACTIVE_DIRECTORY} Eller sæt allowSynced: true: {AGAIN}.",
        fix_keys=f"{_IN_ACTIVE_DIRECTORY} En gendannelse i skyen kræver rollen Restore.Override, og"
        f" {BY_KEYS}.",
    ),
    "next-sync": Entry(
        "{user} synkroniseres fra Active Directory: Den næste synkronisering kan slette"
        " den gendannede bruger igen.",
        "Få den, der passer Active Directory, til også at gendanne kontoen der. Skal"
        " brugeren kun være i skyen: Hold kontoen ude af det, der synkroniseres, og ryd"
        " dens onPremisesImmutableId.",
    ),
    "privileged-user": Entry(
        "{user} har {count:en administratorrolle|# administratorroller} eller kan aktivere"
        " {count:den|dem}.",
        "Få en administrator med rollen Privileged Authentication Administrator til at gendanne"
        " brugeren i Entra Administration under Slettede brugere.",
        message_read="{user} har eller kan aktivere: {other_roles}.",
        fix_admin="Få en administrator med rollen Privileged Authentication Administrator til at"
        " gendanne brugeren i Entra Administration under Slettede brugere. Skal tjenesten gøre det:"
        " PROTECT_PRIVILEGED=false i dens indstillinger, og den rolle til dens identitet.",
    ),
    "privileged-user/after": Entry(
        "{user} er tilbage og har {count:en administratorrolle|# administratorroller}, som ikke"
        " kunne ses før gendannelsen.",
        "Sig det til den, der har ansvar for administratorroller, så det, som brugeren ikke længere"
        " skal have, kan blive taget fra den.",
        message_read="{user} er tilbage og har, eller kan aktivere: {other_roles}. Det kunne ikke"
        " ses før gendannelsen.",
    ),
    "roles-not-checked": Entry(
        "Om brugeren har en administratorrolle, kunne ikke slås op. Det afgør Microsoft,"
        " når gendannelsen udføres.",
        GRANT,
    ),
    "roles-not-checked/groups": Entry(
        "En slettet brugers grupper kan ikke ses, og derfor heller ikke en administratorrolle, som"
        " en gruppe giver. Den slås op, når brugeren er tilbage.",
        "Var personen ikke administrator, er der ikke noget at gøre. Var personen det, kan rollen"
        " komme tilbage med gruppen: Den færdige gendannelse advarer så om det eller siger, at det"
        " ikke kunne slås op.",
    ),
    "roles-not-checked/eligible": Entry(
        "Om brugeren kan aktivere en administratorrolle for en tid (Privileged Identity"
        " Management), kunne ikke slås op.",
        "Se i Entra Administration (Brugere, brugeren, Tildelte roller), at brugeren kun"
        f" kan aktivere de roller, den skal have. {GRANT}",
    ),
    "roles-not-checked/groups-hidden": Entry(
        "Om brugeren har en administratorrolle gennem en gruppe, kunne ikke slås op efter"
        " gendannelsen.",
        "Se i Entra Administration (Brugere, brugeren, Tildelte roller), at brugeren kun"
        f" har de roller, den skal have. {GRANT}",
    ),
    "rehire-blocked": Entry(
        "{names} tilhører nu en med et andet medarbejdernummer.",
        "Gendan kun personen under et andet navn, hvis det er den samme person; en med rollen"
        " Restore.Override kan gøre det med acceptRehire: true.",
        message_read="I brug hos en med et andet medarbejdernummer: {other_holders}.",
        fix_override=f"Er det alligevel den samme person, så sæt acceptRehire: true: {AGAIN}.",
        fix_keys=f"At gendanne personen alligevel kræver rollen Restore.Override, og {BY_KEYS}.",
    ),
    "rehire-blocked/marked": Entry(
        "{user} er mærket som en, der ikke skal gendannes ({mark}).",
        "Få den, der har sat mærket, til at fjerne det, eller en med rollen Restore.Override til at"
        " sende anmodningen med acceptRehire: true.",
        fix_override=f"Skal personen alligevel gendannes, så sæt acceptRehire: true: {AGAIN}.",
        fix_keys="Få den, der har sat mærket, til at fjerne det. At se bort fra det kræver rollen"
        f" Restore.Override, og {BY_KEYS}.",
    ),
    "rehire-blocked/member": Entry(
        "{user} er mærket som en, der ikke skal gendannes: medlem af gruppen {group}.",
        "Få den, der passer gruppen, til at tage personen ud, eller en med rollen Restore.Override"
        " til at sende anmodningen med acceptRehire: true.",
        fix_override=f"Skal personen alligevel gendannes, så sæt acceptRehire: true: {AGAIN}.",
        fix_keys="Få den, der passer gruppen, til at tage personen ud. At se bort fra det kræver"
        f" rollen Restore.Override, og {BY_KEYS}.",
    ),
    "conflicts-not-checked/mark": Entry(
        "Om {user} er mærket som en, der ikke skal gendannes ({attribute}), kunne ikke slås op.",
        "Se efter den egenskab i Entra Administration, eller spørg personaleafdelingen.",
    ),
    "conflicts-not-checked/mark-group": Entry(
        "Om {user} er medlem af gruppen {group}, som mærker dem, ingen må gendanne, kunne ikke slås"
        " op.",
        "Spørg den, der passer gruppen. Microsoft Graph fortæller om grupper med tilladelsen"
        " {permission}, og om en slettet bruger måske heller ikke da: Se efter, når brugeren er"
        " tilbage.",
    ),
    "not-approved": Entry(
        "Gendannelsen blev ikke godkendt. Begrundelsen: {reason}",
        f"Afklar sagen med den, der besluttede det; derefter {AGAIN}.",
    ),
    "not-approved/wanted": Entry(
        "Nogen skal godkende denne gendannelse, før noget ændres: {rules:; }.",
        "Start den alligevel: Den venter, til en med rollen Restore.Approve, som ikke selv har"
        " bedt om den, har taget stilling. Sig det til dem, så de tager stilling, mens postkassen"
        " endnu kan komme tilbage.",
    ),
    "not-approved/wanted-then": Entry(
        "En gendannelse, der fortsætter trods afslaget, skal godkendes, før noget ændres:"
        " {rules:; }.",
        "Sig til en med rollen Restore.Approve, som ikke selv sender den anmodning, at den vil"
        " vente på dem.",
    ),
    "not-approved/no-reason": Entry(
        "Gendannelsen blev ikke godkendt; der er ikke givet nogen begrundelse.",
        f"Afklar sagen med den, der besluttede det; derefter {AGAIN}.",
    ),
    "not-approved/too-late": Entry(
        "Ingen tog stilling til gendannelsen før {until:time}, som var det sidste øjeblik,"
        " postkassen kunne komme tilbage.",
        f"En licens, der tildeles nu, giver en ny, tom postkasse. {LOOK_FOR_COPY}",
    ),
    "undo-refused": Entry(
        "Intet blev rullet tilbage: Der er logget på som brugeren siden gendannelsen {restore_id},"
        " {at:time}.",
        "Skal det alligevel rulles tilbage, så gør det manuelt i Microsoft 365 Administration.",
    ),
    "undo-refused/license": Entry(
        "Intet blev rullet tilbage: Siden gendannelsen {restore_id} har brugeren fået {licenses}.",
        "Skal det alligevel rulles tilbage, så gør det manuelt i Microsoft 365 Administration.",
    ),
    "undo-refused/plans": Entry(
        "Intet blev rullet tilbage: Siden gendannelsen {restore_id} har nogen slået tjenester i"
        " {licenses} til eller fra for brugeren.",
        "Skal det alligevel rulles tilbage, så gør det i Microsoft 365 Administration.",
    ),
    "undo-refused/restore": Entry(
        "Intet blev rullet tilbage: Siden gendannelsen {restore_id} har en anden gendannelse ændret"
        " brugeren.",
        "Se først på den senere gendannelse, og rul den tilbage, hvis det er den, der menes.",
        message_read="Intet blev rullet tilbage: Siden gendannelsen {restore_id} har gendannelsen"
        " {other_restore_id} ændret brugeren.",
    ),
    "undo-refused/roles": Entry(
        "Intet blev rullet tilbage: Brugeren har nu {count:en administratorrolle|#"
        " administratorroller} eller kan aktivere {count:den|dem}.",
        "Skal det alligevel rulles tilbage, så gør det i Microsoft 365 Administration.",
        message_read="Intet blev rullet tilbage: Brugeren har eller kan nu aktivere:"
        " {other_roles}.",
    ),
    "undo-refused/forgotten": Entry(
        "Intet blev rullet tilbage: Gendannelsen {restore_id} gemmes ikke længere, og intet vides"
        " om den.",
        "Skal det alligevel rulles tilbage, så gør det i Microsoft 365 Administration.",
    ),
    "undo-refused/unreadable": Entry(
        "Intet blev rullet tilbage: Den udgave af tjenesten, der kører nu, kan ikke læse, hvad"
        " gendannelsen {restore_id} har gjort. En anden udgave har skrevet det, eller det er"
        " beskadiget.",
        "Bed den, der driver tjenesten, om at sætte den anden udgave ind igen. Skal det alligevel"
        " rulles tilbage, så gør det i Microsoft 365 Administration.",
        fix_admin="Sæt den anden udgave ind igen, eller bed den, der driver tjenesten, om det; prøv"
        " så denne tilbagerulning igen. Skal det alligevel rulles tilbage, så gør det i Microsoft"
        " 365 Administration.",
    ),
    "undo-refused/doubt": Entry(
        "Der blev ikke sendt mere: En ændring blev sendt {at:time}, svaret gik tabt, og ændringen"
        " er ikke set siden. Det vides ikke, om den aldrig blev udført, eller om nogen har rettet"
        " den tilbage.",
        "Se på brugeren i Microsoft 365 Administration. Skal den stadig rulles tilbage, så gør det"
        " manuelt der.",
        fix_admin="Se på brugeren i Microsoft 365 Administration. Skal den stadig rulles tilbage,"
        " så prøv denne tilbagerulning igen: Den ser først på det hele på ny.",
    ),
    "undo-refused/half": Entry(
        "Gendannelsens licenser blev taget fra {user}. Brugeren blev ikke slettet: Noget er ændret"
        " siden, eller svaret på en tidligere sletning gik tabt.",
        "Se på brugeren i Microsoft 365 Administration. Skal den slettes alligevel, så slet den"
        " der. Skal den blive, så giv den licensen igen.",
    ),
    "undo-refused/gone": Entry(
        "Intet blev rullet tilbage: Det, som gendannelsen {restore_id} havde gendannet, er"
        " væk igen.",
        "Der er ikke noget at gøre: Brugeren er slettet eller har mistet licensen i mellemtiden.",
    ),
}
