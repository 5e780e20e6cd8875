"""What storage, or something before it, answers is one of our errors, whatever its status."""

from dataclasses import dataclass, field

import pytest
from azure.core.exceptions import HttpResponseError

from shared.errors import StorageRefusedError, StorageUnavailableError
from shared.ledger.tables.faults import TABLES, reaching


@dataclass
class Answer:
    """As much of an answer as the SDK's errors look at."""

    status_code: int
    reason: str = ""
    request: object = None
    headers: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """No body."""
        return ""


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, StorageRefusedError),
        (413, StorageRefusedError),
        (499, StorageUnavailableError),
        (429, StorageUnavailableError),
        (503, StorageUnavailableError),
        (525, StorageUnavailableError),
    ],
)
async def test_a_status_that_no_standard_knows_is_no_refusal(
    status: int, error: type[Exception]
) -> None:
    """A gateway in between has statuses of its own, such as 499 and 525: the same again may do."""
    with pytest.raises(error, match=str(status)):
        async with reaching(TABLES):
            raise HttpResponseError("no", response=Answer(status))
