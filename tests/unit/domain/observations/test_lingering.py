"""When a mailbox that answers without a licence is asked again."""

from datetime import timedelta

import pytest

from shared.domain.alerts.thresholds import AlertThresholds
from shared.domain.watch.lingering import asked_next_at
from tests.builders import NOW

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "next_at"),
    [
        (0, 1),
        (0.4, 1),
        (1, 2),
        (28.9, 29),
        (29, 29.5),
        (29.5, 30),
        (29.7, 30),
        (30, 31),
        (90.5, 91),
    ],
)
def test_it_is_asked_each_day_and_when_an_alert_is_due(now: float, next_at: float) -> None:
    """Days since the licence went; half a day before it may go, an alert is due as well."""
    alerts_at = AlertThresholds(days=(7.0, 0.5)).due_before(NOW + 30 * DAY)

    assert asked_next_at(NOW, NOW + now * DAY, alerts_at) == NOW + next_at * DAY
