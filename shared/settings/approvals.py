"""Read the settings of approvals: which restores want somebody else's word."""

import re
from datetime import timedelta

from shared.domain.approval_rules import ApprovalRules
from shared.domain.requests.request import AskedKind, RestoreKind
from shared.settings.reader import SettingsReader

_KIND = re.compile("|".join(map(re.escape, AskedKind)))
_KINDS = "mailbox, user or license, with commas between"
_MOST_ITEMS = 1000
_MOST_DAYS = 30


def read_approvals(reader: SettingsReader, auth_mode: str) -> ApprovalRules:
    """APPROVE_KINDS, APPROVE_OVERRIDES, APPROVE_REUSE, APPROVE_BATCH_OVER, APPROVE_GONE_DAYS."""
    kinds = reader.items("APPROVE_KINDS", "", _KIND, _KINDS)
    rules = ApprovalRules(
        kinds=tuple(RestoreKind(kind) for kind in AskedKind if kind.value in kinds),
        overrides=reader.flag("APPROVE_OVERRIDES", default=False),
        reuse=reader.flag("APPROVE_REUSE", default=False),
        batch_over=_batch_over(reader),
        gone_for=_gone_for(reader),
    )
    if rules.is_any and auth_mode == "keys":
        reader.fault(
            "AUTH_MODE",
            "is keys, and by function key nobody can approve what the settings APPROVE_ ask for",
            "entra, or leave the settings APPROVE_ out",
        )
    return rules


def _batch_over(reader: SettingsReader) -> int | None:
    if reader.text("APPROVE_BATCH_OVER") is None:
        return None
    write = f"a whole number from 0 to {_MOST_ITEMS}"
    number = reader.number("APPROVE_BATCH_OVER", 0, lambda n: n in range(_MOST_ITEMS + 1), write)
    return int(number)


def _gone_for(reader: SettingsReader) -> timedelta | None:
    if reader.text("APPROVE_GONE_DAYS") is None:
        return None
    write = f"a number from 0 to {_MOST_DAYS}"
    days = reader.number("APPROVE_GONE_DAYS", 0, lambda n: 0 <= n <= _MOST_DAYS, write)
    return timedelta(days=days)
