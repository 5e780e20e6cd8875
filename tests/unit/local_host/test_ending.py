"""Why a host has ended, in words for the person who finds it gone."""

import pytest

from infra.local.host.ending import Ending
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.worker.dispatcher import WorkerRestartsExceededError


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (None, "told to stop"),
        (
            StorageCallError("GET messages of 'jobs'", None, "", "refused"),
            (
                "the storage account gave no answer to six tries in half a minute (GET messages of"
                " 'jobs'); in Azure the platform starts it again"
            ),
        ),
        (
            StorageCallError("DELETE a message of 'jobs'", 503, "ServerBusy", "busy"),
            (
                "the storage account answered 503 to six tries in half a minute (DELETE a message"
                " of 'jobs'); in Azure the platform starts it again"
            ),
        ),
        (
            StorageCallError("GET messages of 'jobs'", 403, "AuthorizationFailure", "no"),
            (
                "the storage account refused a call with 403 AuthorizationFailure (GET messages of"
                " 'jobs'); in Azure the platform starts it again"
            ),
        ),
        (
            WorkerRestartsExceededError(),
            (
                "the worker died too often in a row: three times, each within 30 minutes; in Azure"
                " the platform starts it again"
            ),
        ),
    ],
)
def test_a_host_says_why_it_ended(fault: Exception | None, words: str) -> None:
    """Each fault is told with what was tried, and what Azure would do."""
    ending = Ending()
    if fault is not None:
        ending.unhandled(fault)

    assert ending.in_words() == words
    assert ending.told.is_set() == (fault is not None)


def test_first_fault_is_the_reason() -> None:
    """What breaks afterwards, because of the first, does not replace it."""
    ending = Ending()
    ending.unhandled(WorkerRestartsExceededError())
    ending.unhandled(StorageCallError("a call", 403, "", "no"))

    assert isinstance(ending.fault, WorkerRestartsExceededError)
