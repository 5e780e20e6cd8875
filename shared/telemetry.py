"""Log lines an operator can search by: ids and codes, never names, addresses or tokens."""

import logging

from shared.domain.record import Record
from shared.errors import AnsweredError, DirectoryError

_LOG = logging.getLogger("reprieve")


def ended(record: Record) -> None:
    """A restore has ended."""
    code = record.outcome.code if record.outcome is not None else "-"
    _LOG.info("restore %s ended: %s %s", record.id, record.status, code)


def parked(record: Record) -> None:
    """A restore waits."""
    if record.waiting is not None:
        _LOG.info(
            "restore %s waits for %s until %s",
            record.id,
            record.waiting.reason,
            record.waiting.until.isoformat(),
        )


def swept(queued: int) -> None:
    """The sweep ran; its heartbeat, also when there was nothing to do."""
    _LOG.info("sweep queued %d restores", queued)


def cleaned(removed: int) -> None:
    """The cleanup ran."""
    _LOG.info("cleanup removed %d restores", removed)


def guarded(looked_at: int, begun: int) -> None:
    """The guards were kept; their heartbeat, also when there was nothing to do."""
    _LOG.info("guards looked at %d persons, began %d restores", looked_at, begun)


def guard_acted(guard_id: str, restore_id: str) -> None:
    """A guard saw a loss and took in its restore."""
    _LOG.info("guard %s began restore %s", guard_id, restore_id)


def guard_round_stopped(why: str) -> None:
    """Not every guard was looked at; the next round goes on behind the last one."""
    _LOG.warning("round of guards stopped early: %s", why)


def forgot(removed: int) -> None:
    """The cleanup removed observations of users lost or gone long ago."""
    _LOG.info("cleanup removed %d observations", removed)


def observed(tally: object) -> None:
    """An observe run ended; its heartbeat, also when there was nothing new.

    `tally` shows itself as counts; None: another run is under way, and this one did nothing.
    """
    _LOG.info("observe: %s", "left to the run that is under way" if tally is None else tally)


def observing_ended(part: str, error: DirectoryError) -> None:
    """Graph would not go on with a part of an observe run; the next run does."""
    code = f" {error.status} {error.code}" if isinstance(error, AnsweredError) else ""
    _LOG.error("observe stopped at %s: %s%s", part, type(error).__name__, code)


def alerted(kind: str, about: str) -> None:
    """An alert was put on its queue; about a restore id, a user id, or a number of users."""
    _LOG.warning("alert restore.%s about %s", kind, about)


def message_refused(restore_id: str) -> None:
    """A message could not be understood and is kept as a refused restore."""
    _LOG.warning("message kept as refused restore %s", restore_id)


def delivered(delivery_id: str, subject: str) -> None:
    """An event arrived; `subject` is what it is about."""
    _LOG.info("delivery %s about %s arrived", delivery_id, subject)


def not_delivered(delivery_id: str, subject: str, why: str) -> None:
    """An event did not arrive this time; `why` is a code."""
    _LOG.warning("delivery %s about %s did not arrive: %s", delivery_id, subject, why)


def gave_up_delivery(delivery_id: str, subject: str, why: str) -> None:
    """An event did not arrive, and is not sent any more."""
    _LOG.error("delivery %s about %s is given up: %s", delivery_id, subject, why)


def subscription_died(subscription_id: str) -> None:
    """A subscription has ended by itself: nobody is there, or its time is over."""
    _LOG.warning("subscription %s has ended: nobody takes its events", subscription_id)


def batch_finished(batch_id: str, items: int) -> None:
    """Every item of a batch has come to its end."""
    _LOG.info("batch %s of %d items has ended", batch_id, items)


def failed(where: str, error: Exception) -> None:
    """A request could not be served; the error's class says whether anything was begun."""
    _LOG.error("%s failed: %s", where, type(error).__name__)


def quiet_libraries() -> None:
    """Keep other libraries from logging request addresses, which carry users' names."""
    for name in (
        "httpx",
        "httpcore",
        "azure.core.pipeline.policies.http_logging_policy",
        "azure.identity",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
