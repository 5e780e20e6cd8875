"""Texts about steps, and the lines of the journal."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "step/licenses": Entry("{licenses} ({source})"),
    "step/shared": Entry(
        "en delt postkasse, lokale- eller udstyrspostkasse, som ikke kræver licens"
    ),
    "step/another-license": Entry("en anden licens med postkasse blev givet i mellemtiden"),
    "step/by-group": Entry("givet af gruppen {group}"),
    "step/location-late": Entry("der tages endnu ikke hensyn til brugerens land"),
    "step/not-seen": Entry("svaret gik tabt; ændringen er ikke set i Entra ID"),
    "step/seen-done": Entry("svaret gik tabt; ændringen er set udført"),
    "step/done-before": Entry("intet at gøre: Det var allerede sådan"),
    "step/not-sent": Entry("ikke sendt: {why}"),
    "step/no-seat": Entry("ingen licens var ledig"),
    "step/not-found": Entry("Microsoft Graph fandt ikke brugeren"),
    "step/renaming": Entry("navnet er optaget: Det nye bruges"),
    "step/sign-in-open": Entry("logon er tilladt"),
    "step/sign-in-off": Entry("logon er blokeret"),
    "step/mailbox-answers": Entry("postkassen svarer; indholdet er ikke kontrolleret"),
    "step/mailbox-answers-as": Entry(
        "postkassen svarer ({purpose}); indholdet er ikke kontrolleret"
    ),
    "step/purpose-user": Entry("brugerpostkasse"),
    "step/purpose-shared": Entry("delt postkasse"),
    "step/purpose-room": Entry("lokalepostkasse"),
    "step/purpose-equipment": Entry("udstyrspostkasse"),
    "step/no-mailbox": Entry("ingen postkasse svarede"),
    "step/taken-back": Entry("det vises som rullet tilbage"),
    "step/not-permitted": Entry("tjenesten måtte ikke se efter"),
    "journal/reason": Entry("begrundelse: {reason}"),
    "journal/attempt": Entry("forsøg {count}"),
    "journal/claimed": Entry("arbejder {worker}"),
    "journal/put-back": Entry("udsat i en time, {count} af {most} gange"),
    "journal/message-back": Entry("dens meddelelse kom tilbage"),
    "journal/run-failed": Entry("kørslen mislykkedes"),
    "journal/licence-stayed-away": Entry("licensen kom ikke tilbage med brugeren"),
    "journal/parked": Entry("der ses efter igen {until:time}: {wait}"),
    "journal/planned": Entry("{case}; periode {verdict}, ifølge {evidence}"),
    "journal/planned-licenses": Entry("{case}; periode {verdict}, ifølge {evidence}; {licenses}"),
    "journal/erased": Entry("det, der var husket om personen, er fjernet"),
    "journal/undo-planned": Entry("ruller gendannelsen {restore_id} tilbage"),
    "journal/undone": Entry("rullet tilbage af {restore_id}"),
    "journal/callback-failed": Entry("kaldet blev ikke modtaget ({why})"),
    "journal/callback-arrived": Entry("kaldet blev modtaget alligevel"),
}
