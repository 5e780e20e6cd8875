"""When Graph says to come back, and that nobody waits for it here."""

from datetime import timedelta

import pytest

from shared.errors import OutcomeUnknownError, Quota, ThrottledError
from shared.graph.tenant import GraphTenant
from shared.graph.wire.http_answer import HttpAnswer
from shared.graph.wire.throttling import quota, retry_after
from tests.unit.graph.wire import Wire, refused


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "10"}, timedelta(seconds=10)),
        ({"retry-after": "2.128"}, timedelta(seconds=2.128)),
        ({"retry-after": "-1"}, timedelta(0)),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "1e999"}, timedelta(days=1)),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, None),
        (
            {
                "retry-after": "Sun, 22 Nov 2026 12:00:30 GMT",
                "date": "Sun, 22 Nov 2026 12:00:00 GMT",
            },
            timedelta(seconds=30),
        ),
        (
            {
                "retry-after": "Sun, 22 Nov 2026 12:00:30 -0000",
                "date": "Sun, 22 Nov 2026 12:00:00 GMT",
            },
            None,
        ),
    ],
)
def test_every_form_of_retry_after_is_read(
    headers: dict[str, str], expected: timedelta | None
) -> None:
    """Seconds, fractions, a date against the answer's own clock, nonsense, nothing."""
    assert retry_after(headers) == expected


async def test_throttling_says_when_to_come_back() -> None:
    """The wish is carried, not obeyed: nothing sleeps here."""
    wire = Wire(refused(429, "TooManyRequests", retry_after="2.5"))

    with pytest.raises(ThrottledError) as raised:
        await GraphTenant(wire.client()).skus()
    assert raised.value.retry_after == timedelta(seconds=2.5)
    assert len(wire.sent) == 1


async def test_a_503_may_say_when_to_come_back() -> None:
    """The time of a 503 is carried as that of a 429."""
    wire = Wire(refused(503, "serviceNotAvailable", retry_after="120"))

    with pytest.raises(OutcomeUnknownError) as raised:
        await GraphTenant(wire.client()).skus()
    assert raised.value.retry_after == timedelta(seconds=120)


@pytest.mark.parametrize(
    ("path", "scope", "expected"),
    [
        ("/v1.0/users/x", "", Quota.REQUESTS),
        ("/v1.0/users/x", "Tenant_Application/ReadWrite/app/tenant", Quota.REQUESTS),
        ("/v1.0/users/x/assignLicense", "Tenant_Application/Write/app/tenant", Quota.WRITES),
        ("/v1.0/auditLogs/directoryAudits", "Tenant_Application/ReadWrite/app/tenant", None),
        ("/v1.0/users/x/mailboxSettings", "", None),
    ],
)
def test_which_quota_a_429_speaks_of(path: str, scope: str, expected: Quota | None) -> None:
    """Users and licences share their quotas with every worker; logs and mailboxes do not."""
    assert quota(HttpAnswer(429, {"x-ms-throttle-scope": scope}, path)) is expected
