"""Titles of problems, and of what the health check finds."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "title/invalid-request": Entry("Anmodningen kunne ikke forstås"),
    "title/not-signed-in": Entry("Ingen er logget på"),
    "title/role-missing": Entry("Der mangler en rolle"),
    "title/cross-site": Entry("Anmodningen kom fra et andet websted"),
    "title/own-request": Entry("Det er din egen anmodning"),
    "title/restore-not-found": Entry("Den gendannelse findes ikke"),
    "title/batch-not-found": Entry("Den samling findes ikke"),
    "title/guard-not-found": Entry("Den vagt findes ikke"),
    "title/subscription-not-found": Entry("Det abonnement findes ikke"),
    "title/route-not-found": Entry("Den adresse findes ikke"),
    "title/method-not-allowed": Entry("Adressen tager ikke imod den metode"),
    "title/key-reused": Entry("Nøglen tilhører en anden anmodning"),
    "title/not-cancellable": Entry("Gendannelsen kan ikke annulleres"),
    "title/not-retryable": Entry("Gendannelsen kan ikke køres igen"),
    "title/not-waiting-for-approval": Entry("Gendannelsen venter ikke på en godkendelse"),
    "title/plan-changed": Entry("Planen er ændret"),
    "title/not-undoable": Entry("Gendannelsen kan ikke rulles tilbage"),
    "title/body-too-large": Entry("Anmodningen er for stor"),
    "title/wrong-content-type": Entry("Anmodningen er ikke JSON"),
    "title/too-many": Entry("For mange på én gang"),
    "title/busy": Entry("Gendannelsen er under ændring i dette øjeblik"),
    "title/storage-unavailable": Entry("Lageret svarer ikke"),
    "title/directory-unavailable": Entry("Microsoft Graph kunne ikke spørges"),
    "title/configuration-wrong": Entry("Tjenestens indstillinger er forkerte"),
}
