"""Define what Microsoft Graph may do in place of what was asked."""

from datetime import timedelta
from enum import StrEnum

from shared.domain.text import Text, text
from shared.errors.root import ReprieveError


class DirectoryError(ReprieveError):
    """Microsoft Graph, or the identity endpoint before it, did not do what was asked.

    `why` is for the people who read of a restore that waits for it, or has failed by it.
    """

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.key, *(value for _, value in why.params))


class NotSentError(DirectoryError):
    """The request never reached Graph: the effect certainly did not happen."""


class Quota(StrEnum):
    """Which of Graph's quotas for the whole tenant is used up; other quotas bind one caller."""

    REQUESTS = "requests"
    WRITES = "writes"


class ThrottledError(NotSentError):
    """Graph would not look at the request for now (429); `retry_after` is None if unsaid.

    `quota` is the one that every worker shares, or None where the 429 concerns this call alone.
    """

    def __init__(
        self, why: Text, retry_after: timedelta | None, quota: Quota | None = None
    ) -> None:
        self.retry_after = retry_after
        self.quota = quota
        super().__init__(why)


class LogInUseError(ThrottledError):
    """The audit log takes few requests, and others use them now; says when there is one again."""


class OutcomeUnknownError(DirectoryError):
    """Sent, and the answer is missing or unreadable: the effect may have happened.

    `retry_after` is what a 503 asked for; None if it named no time.
    """

    def __init__(self, why: Text, retry_after: timedelta | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(why)


# The code of a refusing answer that carries no error of Graph's: a proxy's page, say.
UNREADABLE_ANSWER = "unreadable-answer"


def graph_said(status: int, code: str, message: str, request_id: str | None) -> Text:
    """An error in Graph's own words, with the request id that Microsoft's support asks for."""
    if not request_id:
        return text("graph-said", "without-id", status=status, answer=code, message=message)
    return text("graph-said", status=status, answer=code, message=message, request_id=request_id)


class AnsweredError(DirectoryError):
    """Graph answered "no", definitively: the effect did not happen.

    Keeps Graph's own `status`, `code`, `message`, the `details` as (code, target) pairs and the
    `request_id` that Microsoft's support asks for. With the code UNREADABLE_ANSWER it may not be
    Graph that spoke: whoever needs the answer waits and looks again. `why` where we say it, not it.
    """

    def __init__(
        self,
        *,
        status: int,
        code: str,
        message: str = "",
        details: tuple[tuple[str, str], ...] = (),
        request_id: str | None = None,
        why: Text | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.request_id = request_id
        super().__init__(why or graph_said(status, code, message, request_id))
