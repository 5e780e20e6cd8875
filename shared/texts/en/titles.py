"""Titles of problems, and what is said of addresses and methods that there are not."""

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
    "route-not-found": Entry(
        "There is nothing at {path}.",
        "Look the address up in the guide (functions/README.md) or in the description of the API"
        " (infra/connector/openapi.json). Both are files of the project, and this service does not"
        " hand them out: whoever runs it has them.",
    ),
    "route-not-found/start": Entry(
        "There is nothing at /api itself.",
        "Open /api/desk, the page for people, or send a request to /api/restores. The guide"
        " (functions/README.md) and the description of the API (infra/connector/openapi.json) have"
        " all addresses. Both are files of the project: whoever runs the service has them.",
    ),
    "route-not-found/desk": Entry(
        "The desk has no such file; it may belong to an earlier version of the page.",
        "Open /api/desk again.",
    ),
    "route-not-found/description": Entry(
        "There is nothing at {path}: this service does not hand out the description of its API.",
        "It is the file infra/connector/openapi.json of the project, and part of each release:"
        " whoever runs the service has it. GET /api/desk is the page for people.",
    ),
    "route-not-found/person": Entry(
        "There is nothing at {path}.",
        "What was done for one person: GET /api/restores?user={user} lists the restores (role"
        " Restore.Read), and each has its journal at /api/restores/{{restoreId}}/journal. What can"
        " be brought back now: POST /api/checks with the person as user. The guide"
        " (functions/guide/trail.md, functions/guide/one-person.md) shows both.",
    ),
    "route-not-found/history": Entry(
        "There is nothing at {path}.",
        "GET /api/restores lists what was asked for, and GET /api/restores?user= with an address"
        " that of one person; each has its journal at /api/restores/{{restoreId}}/journal. GET"
        " /api/trail hands out all journals. The guide (functions/guide/trail.md) shows them.",
    ),
    "route-not-found/meant": Entry(
        "There is nothing at {path}.",
        "Use {meant}, which was probably meant.",
    ),
    "method-not-allowed": Entry(
        "{path} does not take {method}.",
        "Use one of: {methods}.",
    ),
    "method-not-allowed/only": Entry(
        "{path} does not take {method}.",
        "Use {only}.",
    ),
    "method-not-allowed/body": Entry(
        "{path} does not take {method}.",
        "Use {only}, with the header Content-Type: application/json and a body like this:"
        " {example}",
    ),
    "method-not-allowed/removal": Entry(
        "{path} does not take {method}.",
        "DELETE is all that it takes, and what that removes is gone for good: send it only if you"
        " mean to remove it.",
    ),
    "method-not-allowed/person": Entry(
        "{path} does not take {method}.",
        "To see what was done for this person, use GET /api/restores?user={user}. DELETE is all"
        " that this address takes, and what that removes is gone for good: send it only if you mean"
        " to remove it.",
    ),
    "method-not-allowed/listed": Entry(
        "{path} does not take {method}.",
        "To see it, use GET {whole}, which lists it. DELETE is all that this address takes, and"
        " what that removes is gone for good: send it only if you mean to remove it.",
    ),
    "method-not-allowed/cancel": Entry(
        "{path} does not take {method}: a restore can be called off, not deleted.",
        "To call it off, use POST {path}/cancel; to see it, GET {path}.",
    ),
    "method-not-allowed/cancel-each": Entry(
        "{path} does not take {method}: a batch can be called off, not deleted.",
        "To call it off, cancel each of its restores (POST /api/restores/{{id}}/cancel); GET {path}"
        " lists their ids.",
    ),
}
