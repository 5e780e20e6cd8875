"""Read all settings of a deployment once, from a mapping, and report every fault together.

An empty setting counts as unset, because deployment templates write empty texts. No fault quotes
what was written: it may be a secret, or one in the wrong place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal, NamedTuple

from shared.domain.alerts.thresholds import AlertThresholds
from shared.domain.snapshot import Policy
from shared.domain.text import Text
from shared.domain.values.ids import GUID
from shared.domain.values.schedules import (
    CLEANUP_SCHEDULE,
    DRILL_SCHEDULE,
    OBSERVE_SCHEDULE,
    REPORT_SCHEDULE,
    SWEEP_SCHEDULE,
)
from shared.errors import ConfigurationError
from shared.settings.alert_thresholds import read_alerting
from shared.settings.approvals import read_approvals
from shared.settings.callback_secrets import read_secrets
from shared.settings.do_not_restore import read_mark
from shared.settings.drill import read_drill_user
from shared.settings.host_json import doubts_of_host_json
from shared.settings.reader import A_GUID, SettingsReader
from shared.settings.storage import read_storage
from shared.texts.reader import Language

type AuthMode = Literal["entra", "keys"]
type GraphCloud = Literal["global", "usgov", "usgovdod", "china"]
type UnknownWindow = Literal["refuse", "attempt"]

# The first of each is the default.
_AUTH_MODES: tuple[AuthMode, ...] = ("entra", "keys")
_CLOUDS: tuple[GraphCloud, ...] = ("global", "usgov", "usgovdod", "china")
_UNKNOWN_WINDOW: tuple[UnknownWindow, ...] = ("refuse", "attempt")

# Entra ID keeps a deleted user, and Exchange Online the mailbox of a user without a licence, for
# 30 days; nothing can prolong that. Source: Microsoft Learn, "Restore or remove a recently deleted
# user" and "Delete or restore user mailboxes in Exchange Online".
_MAX_RETENTION_DAYS = 30
_MAX_DEADLINE_HOURS = _MAX_RETENTION_DAYS * 24
_MAX_KEEP_DAYS = 3650
_TRAIL_DAYS = 365
_MAX_TRAIL_DAYS = 146_000

# Where Logic Apps and Power Automate wait for callbacks; the regions are labels of their own.
# Source: Microsoft Learn, "IP address configuration" of Power Automate, "When an HTTP request is
# received". The government's GCC uses the global Graph, and hosts of its own for flows: whoever is
# there names them.
_CALLBACK_HOSTS: Mapping[GraphCloud, str] = {
    "global": "*.logic.azure.com,*.api.powerplatform.com,*.environment.api.powerplatform.com",
    "usgov": "*.logic.azure.us,*.api.high.powerplatform.microsoft.us",
    "usgovdod": "*.logic.azure.us,*.api.appsplatform.us",
    "china": "*.logic.azure.cn,*.api.powerplatform.partner.microsoftonline.cn",
}

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
# A star needs two labels after it: *.com would be everybody.
_HOST = re.compile(rf"(\*(\.{_LABEL}){{2,}}|{_LABEL}(\.{_LABEL})*)")
_HOSTS = "bare host names, such as flows.example.com or *.logic.azure.com, with commas between"


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployment's settings; storage is a connection string, or two URIs and an identity."""

    storage_connection_string: str | None = field(repr=False)
    table_uri: str | None
    queue_uri: str | None
    blob_uri: str | None
    storage_client_id: str | None
    client_id: str | None
    """The user-assigned identity that asks Graph; None takes the system-assigned one."""
    graph_cloud: GraphCloud
    graph_base_url: str | None
    auth_mode: AuthMode
    public_base_url: str | None
    """Where callers reach the service, if a gateway stands in front; without a slash at its end."""
    language: Language
    """Of the texts, where a reader asks for none."""
    platform_auth: bool
    """Whether the platform authenticates callers before the request arrives."""
    ledger_keep: timedelta
    trail_keep: timedelta
    """How long the blobs that prove the trail are kept from change; Azure does it, not we."""
    callback_hosts: tuple[str, ...]
    """Lower case; a leading `*.` stands for one label or more."""
    callback_secrets: tuple[bytes, ...] = field(repr=False)
    """What events to callers are signed with; none, and they are not signed."""
    sweep_schedule: str
    observe_schedule: str
    cleanup_schedule: str
    report_schedule: str
    drill_schedule: str
    policy: Policy
    alerting: AlertThresholds
    doubts: tuple[Text, ...] = ()
    """What can be done without being right: each with what to write instead."""

    @property
    def keep_seen(self) -> timedelta:
        """How long what was seen of a person is kept after a loss: as long as it may be undone.

        A day more, so that a loss just outside the window is seen and called closed.
        """
        return max(self.ledger_keep, self.policy.rules.license_reach + timedelta(days=1))


def read_settings(env: Mapping[str, str], *, host_json: str | None = None) -> Settings:
    """The settings in `env`, with their defaults; `host_json`: the host's own, doubted with them.

    Raises: ConfigurationError with every fault: the setting, what is wrong, what to write.
    """
    reader = SettingsReader(env)
    settings = _settings(reader)
    if reader.faults:
        raise ConfigurationError(tuple(reader.faults))
    doubts = [*reader.near_names()]
    if host_json is not None:
        doubts += doubts_of_host_json(host_json, env)
    return replace(settings, doubts=tuple(doubts))


def _settings(reader: SettingsReader) -> Settings:
    storage = read_storage(reader)
    days = _days(reader)
    auth_mode = reader.choice("AUTH_MODE", _AUTH_MODES)
    cloud = reader.choice("GRAPH_CLOUD", _CLOUDS)
    return Settings(
        storage_connection_string=storage.connection_string,
        table_uri=storage.table_uri,
        queue_uri=storage.queue_uri,
        blob_uri=storage.blob_uri,
        storage_client_id=storage.client_id,
        client_id=reader.guid("AZURE_CLIENT_ID"),
        graph_cloud=cloud,
        graph_base_url=reader.url("GRAPH_BASE_URL"),
        auth_mode=auth_mode,
        public_base_url=reader.https_url("PUBLIC_BASE_URL"),
        language=reader.choice("LANGUAGE", tuple(Language)),
        platform_auth=reader.flag("WEBSITE_AUTH_ENABLED", default=False),
        ledger_keep=timedelta(days=days.keep),
        trail_keep=timedelta(days=days.trail),
        callback_hosts=reader.items("CALLBACK_HOSTS", _CALLBACK_HOSTS[cloud], _HOST, _HOSTS),
        callback_secrets=read_secrets(reader),
        sweep_schedule=reader.schedule("SWEEP_SCHEDULE", SWEEP_SCHEDULE),
        observe_schedule=reader.schedule("OBSERVE_SCHEDULE", OBSERVE_SCHEDULE),
        cleanup_schedule=reader.schedule("CLEANUP_SCHEDULE", CLEANUP_SCHEDULE),
        report_schedule=reader.schedule("REPORT_SCHEDULE", REPORT_SCHEDULE),
        drill_schedule=reader.schedule("DRILL_SCHEDULE", DRILL_SCHEDULE),
        policy=replace(
            _policy(reader, days),
            approvals=read_approvals(reader, auth_mode),
            do_not_restore=read_mark(reader),
            drill_user=read_drill_user(reader),
        ),
        alerting=read_alerting(reader),
    )


class _Days(NamedTuple):
    """Spans that bound one another, in days."""

    retention: float
    closing: float
    keep: float
    trail: float


def _days(reader: SettingsReader) -> _Days:
    retention = reader.number(
        "RETENTION_DAYS",
        _MAX_RETENTION_DAYS,
        lambda n: n in range(1, _MAX_RETENTION_DAYS + 1),
        f"a whole number from 1 to {_MAX_RETENTION_DAYS}: Entra ID keeps nobody longer",
    )
    closing = reader.number(
        "CLOSING_DAYS", 3, lambda n: n < retention, f"a number from 0 to less than {retention:g}"
    )
    keep = reader.number(
        "LEDGER_KEEP_DAYS",
        90,
        lambda n: n in range(int(retention) + 1, _MAX_KEEP_DAYS + 1),
        f"a whole number from {retention + 1:g} to {_MAX_KEEP_DAYS}: more than RETENTION_DAYS",
    )
    # What proves an entry must not go before it. Source: Microsoft Learn, "Time-based retention
    # policies for immutable blob data", at most 146,000 days.
    trail = reader.number(
        "TRAIL_KEEP_DAYS",
        max(_TRAIL_DAYS, keep),
        lambda n: n in range(int(keep), _MAX_TRAIL_DAYS + 1),
        f"a whole number from {keep:g} to {_MAX_TRAIL_DAYS}: not less than LEDGER_KEEP_DAYS",
    )
    return _Days(retention, closing, keep, trail)


def _policy(reader: SettingsReader, days: _Days) -> Policy:
    deadline = reader.number(
        "MAILBOX_DEADLINE_HOURS",
        24,
        lambda n: 0 < n <= _MAX_DEADLINE_HOURS,
        f"a number above 0, at most {_MAX_DEADLINE_HOURS}",
    )
    return Policy(
        retention=timedelta(days=days.retention),
        closing=timedelta(days=days.closing),
        unknown_window=reader.choice("UNKNOWN_WINDOW", _UNKNOWN_WINDOW),
        default_sku_ids=reader.items("DEFAULT_SKU_IDS", "", GUID, f"{A_GUID} for each"),
        allowed_sku_ids=reader.items("ALLOWED_SKU_IDS", "", GUID, f"{A_GUID} for each"),
        protect_privileged=reader.flag("PROTECT_PRIVILEGED", default=True),
        verify_mailbox=reader.flag("VERIFY_MAILBOX", default=True),
        mailbox_deadline=timedelta(hours=deadline),
        undo=reader.flag("UNDO", default=False),
        delayed_delicensing=reader.flag("DELAYED_DELICENSING", default=False),
    )
