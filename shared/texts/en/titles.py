"""Titles of problems, and of what the health check finds."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "title/invalid-request": Entry("The request could not be understood"),
    "title/not-signed-in": Entry("Nobody is signed in"),
    "title/role-missing": Entry("A role is missing"),
    "title/cross-site": Entry("The request came from another site"),
    "title/own-request": Entry("This is your own request"),
    "title/restore-not-found": Entry("There is no such restore"),
    "title/batch-not-found": Entry("There is no such batch"),
    "title/guard-not-found": Entry("There is no such guard"),
    "title/subscription-not-found": Entry("There is no such subscription"),
    "title/route-not-found": Entry("There is no such address"),
    "title/method-not-allowed": Entry("The address does not take this method"),
    "title/key-reused": Entry("The key belongs to another request"),
    "title/not-cancellable": Entry("The restore cannot be cancelled"),
    "title/not-retryable": Entry("The restore cannot be retried"),
    "title/not-waiting-for-approval": Entry("The restore does not wait for an approval"),
    "title/plan-changed": Entry("The plan has changed"),
    "title/not-undoable": Entry("The restore cannot be taken back"),
    "title/body-too-large": Entry("The request is too large"),
    "title/wrong-content-type": Entry("The request is not JSON"),
    "title/too-many": Entry("Too many at once"),
    "title/busy": Entry("The restore is changing at this moment"),
    "title/storage-unavailable": Entry("The storage does not answer"),
    "title/directory-unavailable": Entry("Microsoft Graph could not be asked"),
    "title/configuration-wrong": Entry("The service's settings are wrong"),
}
