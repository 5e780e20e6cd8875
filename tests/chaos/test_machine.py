"""Test that nothing is lost and nothing is done twice, in random orders of events."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.chaos.drills import Drills
from tests.chaos.machine import Restores

# Enough to go through every rule beside every other one in some ten seconds.
_SETTINGS = settings(
    max_examples=100,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


def test_no_order_of_events_loses_or_doubles_anything() -> None:
    """Requests, crashes, faults, lost leases, two workers and time, in any order."""
    run_state_machine_as_test(Restores, settings=_SETTINGS)


def test_no_order_of_events_leaves_the_account_of_drills_deleted() -> None:
    """Drills among all that, killed and failing at any place: back, once for each deletion."""
    run_state_machine_as_test(Drills, settings=settings(_SETTINGS, max_examples=60))
