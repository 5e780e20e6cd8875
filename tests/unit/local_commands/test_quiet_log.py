"""What a person sees of the log while the service runs."""

import pytest

from infra.local.serve.quiet import QuietLog

AT = "2026-05-04T12:00:07.123+00:00"
CALLED = "This function was programmatically called via the host APIs."


def begins(name: str, run: str, why: str = CALLED) -> str:
    """Write the line of a run that begins."""
    return f"{AT} INFO host: Executing 'Functions.{name}' (Reason='{why}', Id={run})"


def ends(name: str, run: str, how: str = "Succeeded") -> str:
    """Write the line of a run that ends."""
    level = "INFO" if how == "Succeeded" else "ERROR"
    return f"{AT} {level} host: Executed 'Functions.{name}' ({how}, Id={run}, Duration=21ms)"


@pytest.fixture
def log() -> QuietLog:
    """Give the log of a host that listens."""
    quiet = QuietLog()
    assert quiet.shown("functions host listening on http://127.0.0.1:7071") is None
    return quiet


def test_call_is_one_line_and_what_the_app_says(log: QuietLog) -> None:
    """Its beginning is not told, its end is, and the app's own lines in between."""
    lines = (begins("StartRestore", "1"), f"{AT} INFO app: accepted", ends("StartRestore", "1"))

    assert [log.shown(line) for line in lines] == [
        None,
        "12:00:07 app: accepted",
        "12:00:07 StartRestore succeeded after 21 ms",
    ]


def test_timer_that_goes_well_says_nothing(log: QuietLog) -> None:
    """Nor does the app, as long as nothing but timers runs."""
    why = "Timer fired at 2026-05-04T12:00:07+00:00"
    lines = (begins("Sweep", "1", why), f"{AT} INFO app: swept", ends("Sweep", "1"))

    assert [log.shown(line) for line in lines] == [None, None, None]


def test_timer_that_fails_is_told(log: QuietLog) -> None:
    """Whoever runs."""
    log.shown(begins("Sweep", "1", "Timer fired at now"))

    assert log.shown(ends("Sweep", "1", "Failed")) == "12:00:07 Sweep failed after 21 ms"


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_warnings_and_errors_are_always_told(log: QuietLog, level: str) -> None:
    """With or without a run."""
    assert log.shown(f"{AT} {level} host: gone") == f"12:00:07 {level} host: gone"


def test_table_of_functions_is_left_out_and_a_new_worker_is_told() -> None:
    """Before the host listens its lines are its own business; afterwards a restart is not."""
    quiet = QuietLog()
    lines = ("worker process started, pid 7", "  GetHealth  http   GET /api/health (anonymous)")
    assert [quiet.shown(line) for line in lines] == [None, None]

    quiet.shown("functions host listening on http://127.0.0.1:7071")
    assert quiet.shown("worker process started, pid 8") == "worker process started, pid 8"
    assert quiet.shown("functions host ended: told to stop") == "functions host ended: told to stop"
