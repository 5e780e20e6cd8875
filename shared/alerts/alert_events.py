"""Build the events that carry alerts: CloudEvents 1.0, with the same id each time one is sent.

    type                       subject      one for each
    restore.window-closing.v1  user id      user, start of the loss, and threshold of ALERT_DAYS
    restore.mass-deletion.v1   (none)       burst of losses
    restore.stuck.v1           restore id   restore and attempt
    restore.subscription-ending.v1
                               subscription id   subscription and end

An alert is delivered at least once: published first, then marked as sent. Whoever reads tells a
repetition by `id`. `data` of each is laid out in the guide; instants are RFC 3339 in UTC. With the
evidence `mailbox` nothing is lost yet: the window is that of the licence, and it ends when the
mailbox may go.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shared.documents.subscription import subscription_document
from shared.domain.alerts.thresholds import Burst
from shared.domain.decision import Case
from shared.domain.events.subscription import Subscription
from shared.domain.licensing.groups import Group
from shared.domain.licensing.skus import Sku
from shared.domain.person import AssignedLicense, Person
from shared.domain.records.record import Record
from shared.domain.values.json_values import Json, instant
from shared.domain.window import Window

# As many ids as a queue message holds with room to spare; the count includes all.
MOST_IDS = 200


@dataclass(frozen=True, slots=True)
class Closing:
    """A person whose window is about to close."""

    person: Person
    case: Case
    window: Window
    threshold: float
    licenses: tuple[AssignedLicense, ...]

    @property
    def mark(self) -> str:
        """What the alert is marked by, under the instant at which the window began."""
        return closing_mark(self.person.id, self.threshold)


def closing_mark(user_id: str, threshold: float) -> str:
    """The name under which the alert of this user and threshold is marked as sent."""
    return f"closing-{user_id}-{threshold:g}"


def closing_event(closing: Closing, skus: tuple[Sku, ...], now: datetime) -> Json:
    """The alert of one window that is about to close.

    Name and display name are in it for the administrator who reads it; no log has them.
    """
    window, person = closing.window, closing.person
    names = {sku.sku_id: sku.part_number for sku in skus}
    data: Json = {
        "user": {
            "id": person.id,
            "userPrincipalName": person.user_principal_name or None,
            "displayName": person.display_name,
        },
        "case": closing.case.value,
        "threshold": _plain(closing.threshold),
        "daysLeft": window.days_left,
        "startedAt": instant(window.started_at),
        "endsAt": instant(window.ends_at),
        "evidence": window.evidence.value,
        "licenses": [
            {"skuId": one.sku_id, "skuPartNumber": names.get(one.sku_id)}
            for one in closing.licenses
        ],
    }
    event_id = f"{closing.mark}-{instant(window.started_at)}"
    return _event("window-closing", event_id, now, data, subject=person.id)


@dataclass(frozen=True, slots=True)
class ManyLost:
    """Many people lost in a short time, by id; `group` gave all of them their licence.

    `is_in_doubt`: their mailboxes answer, so it may be the reading that is wrong.
    `told_as`: what the event's id begins with; another one for a burst that is told of again, since
    it holds a burst of another sort by now.
    """

    burst: Burst
    deleted: Collection[str]
    unlicensed: Collection[str]
    group: Group | None = None
    is_in_doubt: bool = False
    told_as: str = "mass"


def mass_event(many: ManyLost, now: datetime) -> Json:
    """The alert of many users lost in a short time: how many, when, and the first of their ids."""
    burst, gone, without = many.burst, sorted(many.deleted), sorted(many.unlicensed)
    group = many.group
    data: Json = {
        "count": burst.size,
        "inDoubt": many.is_in_doubt,
        "firstAt": instant(burst.first),
        "lastAt": instant(burst.last),
        "deletedUsers": {"count": len(gone), "ids": gone[:MOST_IDS]},
        "licensesRemoved": {"count": len(without), "ids": without[:MOST_IDS]},
        "group": None if group is None else {"id": group.id, "displayName": group.name},
    }
    kind = "doubt" if many.is_in_doubt else many.told_as
    return _event("mass-deletion", f"{kind}-{instant(burst.first)}", now, data)


def stuck_mark(record: Record) -> str:
    """The name under which the alert of this attempt is marked as sent."""
    return f"stuck-{record.id}-{record.attempts}"


def stuck_event(record: Record, since: datetime, now: datetime) -> Json:
    """The alert of a restore that should move and does not; `since`: when it should have."""
    step = record.next_step
    data: Json = {
        "restoreId": record.id,
        "kind": record.kind.value if record.kind else None,
        "status": record.status.value,
        "attempts": record.attempts,
        "since": instant(since),
        "step": step.name.value if step else None,
        "userId": record.person.id if record.person else None,
        "windowEndsAt": instant(record.window.ends_at) if record.window else None,
    }
    return _event("stuck", stuck_mark(record), now, data, subject=record.id)


def subscription_event(subscription: Subscription, now: datetime) -> Json:
    """The alert of a subscription that ends soon: which, whose, and where it leads."""
    ends_at = instant(subscription.expires_at)
    event_id = f"subscription-ending-{subscription.id}-{ends_at}"
    data = subscription_document(subscription)
    return _event("subscription-ending", event_id, now, data, subject=subscription.id)


def report_event(data: Json, now: datetime) -> Json:
    """The weekly report; of one day, one event."""
    return _event("weekly-report", f"weekly-report-{now:%Y-%m-%d}", now, data)


def _plain(days: float) -> float:
    """Whole days without a fraction, as the setting has them."""
    return int(days) if days.is_integer() else days


def _event(
    kind: str, event_id: str, now: datetime, data: Json, *, subject: str | None = None
) -> Json:
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": "/reprieve",
        "type": f"restore.{kind}.v1",
        **({} if subject is None else {"subject": subject}),
        "time": instant(now),
        "datacontenttype": "application/json",
        "data": data,
    }
