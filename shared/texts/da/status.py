"""Texts of the service's status: what the deployment can do, and settings that are doubtful."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_SEE_FUNCTION: Final = "Se, at {function} er på listen og slået til, og læs dens fejl i loggen."

_SEE_ROUND: Final = (
    "Søg i tjenestens log efter observing-stopped: hver linje med det siger, hvilken del der"
    " stoppede, og hvad Microsoft Graph svarede."
)

ENTRIES: Final[Catalogue] = {
    "status/storage": Entry("Tabeller og køer svarer."),
    "status/storage-silent": Entry(
        "Lagerkontoen svarer ikke.",
        "Se på lagerkontoen og på de roller, tjenestens identitet har på dens data (Azure"
        " Portal, lagerkontoen, Adgangskontrol).",
    ),
    "status/timer-new": Entry("Den har ikke kørt endnu."),
    "status/timer": Entry("Den kørte sidst {at:time}."),
    "status/timer-never": Entry("Den har aldrig kørt.", _SEE_FUNCTION),
    "status/timer-late": Entry("Den har ikke kørt siden {at:time}.", _SEE_FUNCTION),
    "status/round-never": Entry(
        "Den kørte sidst {at:time}. Intet gennemløb af hele lejeren er blevet færdigt indtil nu, så"
        " en mistet licens kan blive overset.",
        _SEE_ROUND,
    ),
    "status/round-late": Entry(
        "Den kørte sidst {at:time}. Det seneste gennemløb af hele lejeren, der blev færdigt,"
        " begyndte {since:time}, så en licens, der er mistet siden, kan være overset.",
        _SEE_ROUND,
    ),
    "status/queue": Entry("{count:én meddelelse|# meddelelser}."),
    "status/queue-late": Entry(
        "{count:én meddelelse|# meddelelser}; den ældste har ventet i {seconds} sekunder.",
        "Se, at funktionen på denne kø er på listen og slået til, og læs dens fejl i loggen.",
    ),
    "status/subscriptions": Entry("Ingen ender inden for 14 dage."),
    "status/subscriptions-end": Entry(
        "{count:Ét ender|# ender} inden for 14 dage: {which}.",
        "GET /api/subscriptions siger, hvis de er, og hvor de fører hen. Få ejerne"
        " til at gemme deres flow igen eller abonnere på ny.",
    ),
    "status/ends": Entry("{subscription_id} ({at:time})"),
    "status/token": Entry("Den administrerede identitet har et token til Microsoft Graph."),
    "status/no-token": Entry(
        "Der er intet token til Microsoft Graph: {why}",
        "Se, at den administrerede identitet er tildelt funktionsappen, og at AZURE_CLIENT_ID er"
        " dens egen.",
    ),
    "status/granted": Entry("Tildelt."),
    "status/missing": Entry(
        "Mangler: {permissions}.",
        "Få en administrator til at køre infra/graph/grant.py; tjenesten opdager det inden for et"
        " døgn.",
    ),
    "status/too-wide": Entry(
        "Tildelt uden at være nødvendige: {permissions}.",
        "Få en administrator til at køre infra/graph/grant.py med --prune.",
    ),
    "status/graph": Entry("Microsoft Graph svarer."),
    "status/graph-silent": Entry(
        "Microsoft Graph blev spurgt og svarede ikke, som det skal: {why}",
        "Se, om tilladelserne eller Microsofts tjenestetilstand (Microsoft 365 Administration)"
        " forklarer det.",
    ),
    "status/settings": Entry("Ingen indstilling er tvivlsom."),
    "doubt/near-name": Entry(
        "{setting} er ikke en indstilling.", "Skriv {meant}, hvis det er den, der menes."
    ),
    "doubt/no-json": Entry(
        "{setting} er ikke et JSON-objekt.",
        "Udrul den fil, der hører til denne version, igen.",
    ),
    "doubt/too-soon": Entry(
        "{setting}: En meddelelse kommer så hurtigt tilbage, at en ny kørsel ville"
        " begynde, mens den første stadig er i gang.",
        "Skriv mere end {least} sekunder, såsom 00:00:30.",
    ),
    "doubt/too-few": Entry("{setting} er for få.", "Skriv mindst {least}."),
    "doubt/encoding": Entry("{setting}: meddelelser læses, som de blev sendt.", 'Skriv "none".'),
    "doubt/too-short": Entry(
        "{setting}: En timer ville blive afsluttet midt i arbejdet.",
        "Skriv mindst 00:10:00.",
    ),
}
