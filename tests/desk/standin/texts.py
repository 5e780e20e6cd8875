"""Hold the double's texts in both languages: made up, in the style of the service."""

_TEXTS: dict[str, tuple[str, str]] = {
    "window-open": (
        "The window is open: proven by the date of the deletion.",
        "Opbevaringsperioden er åben: bevist ved datoen for sletningen.",
    ),
    "license-chosen": (
        "Office 365 E3 comes back: it is what was taken away.",
        "Office 365 E3 kommer tilbage: det er den, der blev fjernet.",
    ),
    "seats-free": (
        "Office 365 E3 has 4 free seats.",
        "Office 365 E3 har 4 ledige licenser.",
    ),
    "groups-come-back": (
        "Memberships of Microsoft 365 groups come back by themselves.",
        "Medlemskaber af Microsoft 365-grupper kommer tilbage af sig selv.",
    ),
    "no-free-seat": (
        "Office 365 E3 has no free seat; the restore would wait for one.",
        "Office 365 E3 har ingen ledig licens; gendannelsen ville vente på en.",
    ),
    "no-free-seat/fix": (
        "Free a seat, or choose another licence: Office 365 E1 has 12.",
        "Frigør en licens, eller vælg en anden: Office 365 E1 har 12.",
    ),
    "upn-conflict": (
        "The name jan.dewit@contoso.example belongs to somebody else now.",
        "Navnet jan.dewit@contoso.example tilhører nu en anden.",
    ),
    "upn-conflict/fix": (
        "Give a new name, or have the other account renamed.",
        "Giv et nyt navn, eller få den anden konto omdøbt.",
    ),
    "address-conflict": (
        "The address j.dewit@contoso.example belongs to a group now.",
        "Adressen j.dewit@contoso.example tilhører nu en gruppe.",
    ),
    "address-conflict/fix": (
        "Have the address freed, or leave it out of the restored user.",
        "Få adressen frigjort, eller udelad den fra den gendannede bruger.",
    ),
    "window-unknown": (
        "Nobody can tell when the licence was taken away: the audit log has no record of it.",
        "Ingen kan sige, hvornår licensen blev fjernet: overvågningsloggen har ingen post om det.",
    ),
    "window-unknown/fix": (
        "Say when it was, or go on although nobody can tell.",
        "Angiv hvornår, eller fortsæt, selv om ingen ved det.",
    ),
    "license-unknown": (
        "Nothing says which licence this person had.",
        "Intet siger, hvilken licens personen havde.",
    ),
    "license-unknown/fix": (
        "Choose one of the licences that carry a mailbox.",
        "Vælg en af licenserne med postkasse.",
    ),
    "synced-from-on-premises": (
        "The account is synchronised from on-premises.",
        "Kontoen er synkroniseret fra on-premises.",
    ),
    "synced-from-on-premises/fix": (
        "Restore it in Active Directory, or move it back into the scope of the synchronisation.",
        "Gendan den i Active Directory, eller flyt den tilbage i synkroniseringens område.",
    ),
    "privileged-user": (
        "The account holds an administrator's role, and is protected.",
        "Kontoen har en administratorrolle og er beskyttet.",
    ),
    "privileged-user/fix": (
        "Ask a Privileged Role Administrator to restore it in Entra ID.",
        "Bed en administrator af privilegerede roller gendanne den i Entra ID.",
    ),
    "rehire-blocked": (
        "The name now belongs to somebody with another employee id.",
        "Navnet tilhører nu en med et andet medarbejder-id.",
    ),
    "rehire-blocked/fix": (
        "Make sure who is meant before you go on.",
        "Find ud af, hvem der menes, før du fortsætter.",
    ),
    "window-not-proven": (
        "The window rests on the date of creation alone; nobody can promise the old content.",
        "Opbevaringsperioden hviler alene på oprettelsesdatoen; ingen kan love det gamle indhold.",
    ),
    "mailbox-still-there": (
        "The mailbox still answers: nothing is lost yet.",
        "Postkassen svarer stadig: intet er gået tabt endnu.",
    ),
    "sign-in-blocked": (
        "The account comes back, and cannot sign in: sign-in was blocked.",
        "Kontoen kommer tilbage, men kan ikke logge ind: login var blokeret.",
    ),
    "user-not-found": (
        "Nobody, active or deleted, is called so.",
        "Ingen aktiv eller slettet bruger hedder sådan.",
    ),
    "user-not-found/fix": (
        "Choose one of the near names, or send the object id.",
        "Vælg et af de lignende navne, eller send objekt-id'et.",
    ),
    "ambiguous-user": ("Several people are called so.", "Flere personer hedder sådan."),
    "ambiguous-user/fix": (
        "Choose who is meant, or send the object id.",
        "Vælg, hvem der menes, eller send objekt-id'et.",
    ),
    "mailbox-restored": (
        "The mailbox is back and answers; its content was not looked at.",
        "Postkassen er tilbage og svarer; indholdet er ikke undersøgt.",
    ),
    "user-restored": ("The user is back.", "Brugeren er tilbage."),
    "license-restored": (
        "The licence is back; whether the mailbox is the old one was not proven.",
        "Licensen er tilbage; om postkassen er den gamle, er ikke bevist.",
    ),
    "license-restored/fix": (
        "Open the mailbox and look whether the old messages are in it.",
        "Åbn postkassen, og se, om de gamle beskeder er i den.",
    ),
    "window-closed": (
        "The window closed on 21 Nov; a licence given now makes a new, empty mailbox.",
        "Opbevaringsperioden udløb 21. nov.; en licens givet nu laver en ny, tom postkasse.",
    ),
    "window-closed/fix": (
        "Look for a backup or a hold; Microsoft keeps nothing after that.",
        "Se efter en sikkerhedskopi eller en tilbageholdelse; Microsoft gemmer intet derefter.",
    ),
    "no-seat": (
        "No seat of Office 365 E3 came free before the window closed.",
        "Ingen licens til Office 365 E3 blev ledig, før opbevaringsperioden udløb.",
    ),
    "mailbox-not-seen": (
        "The licence is back, and the mailbox has not answered for 24 hours.",
        "Licensen er tilbage, men postkassen har ikke svaret i 24 timer.",
    ),
    "mailbox-not-seen/fix": (
        "Look in Exchange for a soft-deleted mailbox of the same name.",
        "Se i Exchange efter en blødt slettet postkasse med samme navn.",
    ),
    "permission-missing": (
        "The service lacks User.DeleteRestore.All in Microsoft Graph.",
        "Tjenesten mangler User.DeleteRestore.All i Microsoft Graph.",
    ),
    "permission-missing/fix": (
        "Have an administrator grant it, then try again.",
        "Få en administrator til at give den, og prøv igen.",
    ),
    "invalid-request": (
        "The message is not JSON: a comma is missing in line 3, column 9.",
        "Beskeden er ikke JSON: der mangler et komma i linje 3, kolonne 9.",
    ),
    "invalid-request/fix": (
        "Mend it where it comes from, and send it again.",
        "Ret den, hvor den kommer fra, og send den igen.",
    ),
    "cancelled": (
        "Called off; nothing was changed in the directory.",
        "Aflyst; intet blev ændret i kataloget.",
    ),
    "undone": ("Taken back.", "Taget tilbage."),
    "waiting-seat": (
        "Waits for a free seat of Office 365 E3; two others asked first.",
        "Venter på en ledig licens til Office 365 E3; to andre bestilte først.",
    ),
    "waiting-seat/fix": (
        "Free a seat, or buy one; it goes on by itself.",
        "Frigør eller køb en licens; den fortsætter af sig selv.",
    ),
    "waiting-mailbox": (
        "The licence is back; the mailbox does not answer yet.",
        "Licensen er tilbage; postkassen svarer ikke endnu.",
    ),
    "waiting-approval": (
        "Waits for the approval of somebody else.",
        "Venter på en andens godkendelse.",
    ),
    "waiting-approval-override": (
        "Waits: what is refused without it (acceptRehire: also if the person is marked).",
        "Venter: hvad der ellers afvises (acceptRehire: også hvis personen er mærket).",
    ),
    "waiting-user-lock": (
        "Another restore of the same person is at work.",
        "En anden gendannelse af samme person er i gang.",
    ),
    "waiting-schedule": ("Begins at its time.", "Begynder på sit tidspunkt."),
    "reuses-name": ("the old name is in use", "det gamle navn er i brug"),
    "role-missing": ("You lack a role for that.", "Du mangler en rolle til det."),
    "not-signed-in": ("Nobody is signed in.", "Ingen er logget ind."),
    "busy": ("The service is busy.", "Tjenesten har travlt."),
    "not-undoable": (
        "Undoing is switched off here (UNDO).",
        "Fortrydelse er slået fra her (UNDO).",
    ),
}


def say(key: str, danish: bool) -> str:  # noqa: FBT001 - a language is one of two here
    """The text of a key; without one, nothing: not every code has a fix."""
    english, other = _TEXTS.get(key, ("", ""))
    return other if danish else english
