"""Every setting: its default, what it takes, what it refuses; and all faults at once."""

import base64
import contextlib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.alerts.thresholds import AlertThresholds
from shared.domain.approval_rules import ApprovalRules
from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.requests.request import RestoreKind
from shared.domain.snapshot import Policy
from shared.errors import ConfigurationError
from shared.settings.all_settings import Settings, read_settings
from shared.texts.reader import Language

ROOT = Path(__file__).parents[2]
ID_1 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
ID_2 = "c7df2760-2c81-4ef7-b578-5b5392b571df"
STORAGE = "AzureWebJobsStorage"
CONNECTION = "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=s3cret==;EndpointSuffix=x"
MINIMAL = {STORAGE: CONNECTION}
STORAGE_PARTS = [
    f"{STORAGE}__{name}"
    for name in ("credential", "clientId", "accountName", "tableServiceUri", "queueServiceUri")
]


def settings(**env: str) -> Settings:
    """The settings of a deployment that sets only storage, and these."""
    return read_settings(MINIMAL | env)


def faults(env: dict[str, str]) -> tuple[str, ...]:
    """What is wrong with an environment."""
    with pytest.raises(ConfigurationError) as wrong:
        read_settings(env)
    return wrong.value.faults


def test_storage_alone_is_enough() -> None:
    """Everything else has a default."""
    hosts = ("*.logic.azure.com", "*.api.powerplatform.com", "*.environment.api.powerplatform.com")
    expected = Settings(
        storage_connection_string=CONNECTION,
        table_uri=None,
        queue_uri=None,
        blob_uri=None,
        storage_client_id=None,
        client_id=None,
        graph_cloud="global",
        graph_base_url=None,
        auth_mode="entra",
        public_base_url=None,
        language=Language.ENGLISH,
        platform_auth=False,
        ledger_keep=timedelta(days=90),
        trail_keep=timedelta(days=365),
        callback_hosts=hosts,
        callback_secrets=(),
        sweep_schedule="0 * * * * *",
        observe_schedule="0 7 * * * *",
        report_schedule="0 0 6 * * 1",
        drill_schedule="0 30 5 1 * *",
        cleanup_schedule="0 30 3 * * *",
        policy=Policy(),
        alerting=AlertThresholds(),
    )

    assert expected == read_settings(MINIMAL)


@pytest.mark.parametrize(
    ("keep", "delayed", "days"), [("90", "true", 90), ("40", "true", 61), ("40", "false", 40)]
)
def test_what_was_seen_is_kept_as_long_as_a_loss_can_be_undone(
    keep: str, delayed: str, days: int
) -> None:
    """Where mailboxes live for 60 days, their losses are not forgotten after 40."""
    read = settings(LEDGER_KEEP_DAYS=keep, DELAYED_DELICENSING=delayed)

    assert (read.keep_seen, read.ledger_keep) == (timedelta(days=days), timedelta(days=int(keep)))


def test_an_empty_setting_is_unset() -> None:
    """Deployment templates write empty texts; they mean the default."""
    names = ("AUTH_MODE", "RETENTION_DAYS", "VERIFY_MAILBOX", "CALLBACK_HOSTS", "SWEEP_SCHEDULE")
    empty = dict.fromkeys((*names, "GRAPH_BASE_URL", "AZURE_CLIENT_ID", *STORAGE_PARTS), "  ")

    assert read_settings(MINIMAL) == settings(**empty)


@pytest.mark.parametrize(
    ("cloud", "hosts"),
    [
        ("usgov", ("*.logic.azure.us", "*.api.high.powerplatform.microsoft.us")),
        ("usgovdod", ("*.logic.azure.us", "*.api.appsplatform.us")),
        ("china", ("*.logic.azure.cn", "*.api.powerplatform.partner.microsoftonline.cn")),
    ],
)
def test_each_cloud_calls_back_the_flows_of_its_own(cloud: str, hosts: tuple[str, ...]) -> None:
    """Unless others are named, and none of the global cloud's."""
    assert settings(GRAPH_CLOUD=cloud).callback_hosts == hosts
    assert settings(GRAPH_CLOUD=cloud, CALLBACK_HOSTS="a.de").callback_hosts == ("a.de",)


SECRET = base64.b64encode(b"k" * 24).decode()
GOOD: list[tuple[str, str, str, Any]] = [
    ("AZURE_CLIENT_ID", ID_1, "client_id", ID_1),
    ("GRAPH_CLOUD", "USGov", "graph_cloud", "usgov"),
    ("GRAPH_CLOUD", "usgovdod", "graph_cloud", "usgovdod"),
    ("GRAPH_CLOUD", "china", "graph_cloud", "china"),
    (
        "GRAPH_BASE_URL",
        "https://graph.example/v1.0/",
        "graph_base_url",
        "https://graph.example/v1.0",
    ),
    ("GRAPH_BASE_URL", "http://localhost:8080", "graph_base_url", "http://localhost:8080"),
    ("GRAPH_BASE_URL", "http://127.0.0.1:1", "graph_base_url", "http://127.0.0.1:1"),
    ("GRAPH_BASE_URL", "http://[::1]:1", "graph_base_url", "http://[::1]:1"),
    ("AUTH_MODE", "Keys", "auth_mode", "keys"),
    ("WEBSITE_AUTH_ENABLED", "True", "platform_auth", True),
    ("LEDGER_KEEP_DAYS", "31", "ledger_keep", timedelta(days=31)),
    ("TRAIL_KEEP_DAYS", "90", "trail_keep", timedelta(days=90)),
    ("CALLBACK_HOSTS", "Flows.Example.com", "callback_hosts", ("flows.example.com",)),
    ("CALLBACK_HOSTS", "*.a.de, b.de;b.de", "callback_hosts", ("*.a.de", "b.de")),
    ("CALLBACK_SECRETS", f"whsec_{SECRET}", "callback_secrets", (b"k" * 24,)),
    ("CALLBACK_SECRETS", f"whsec_{SECRET}, whsec_{SECRET}", "callback_secrets", (b"k" * 24,) * 2),
    ("SWEEP_SCHEDULE", "*/30 * * * * *", "sweep_schedule", "*/30 * * * * *"),
    ("OBSERVE_SCHEDULE", "0 5/15 8-18 * * mon-FRI", "observe_schedule", "0 5/15 8-18 * * mon-FRI"),
    ("REPORT_SCHEDULE", "0 0 6 1 * *", "report_schedule", "0 0 6 1 * *"),
    ("DRILL_SCHEDULE", "0 0 4 15 * *", "drill_schedule", "0 0 4 15 * *"),
    ("CLEANUP_SCHEDULE", "00 0,30 3 1 Jan,december 0", "cleanup_schedule", None),
]
GOOD_POLICY: list[tuple[str, str, str, Any]] = [
    ("RETENTION_DAYS", "14", "retention", timedelta(days=14)),
    ("RETENTION_DAYS", "30", "retention", timedelta(days=30)),
    ("CLOSING_DAYS", "0", "closing", timedelta(0)),
    ("CLOSING_DAYS", "1.5", "closing", timedelta(hours=36)),
    ("CLOSING_DAYS", "29.999", "closing", timedelta(days=29.999)),
    ("VERIFY_MAILBOX", "FALSE", "verify_mailbox", False),
    ("VERIFY_MAILBOX", "1", "verify_mailbox", True),
    ("DELAYED_DELICENSING", "true", "delayed_delicensing", True),
    ("MAILBOX_DEADLINE_HOURS", "720", "mailbox_deadline", timedelta(days=30)),
    ("MAILBOX_DEADLINE_HOURS", "0.5", "mailbox_deadline", timedelta(minutes=30)),
    ("UNKNOWN_WINDOW", "attempt", "unknown_window", "attempt"),
    ("ALLOWED_SKU_IDS", f"{ID_1.upper()}; {ID_2}", "allowed_sku_ids", (ID_1, ID_2)),
    ("DEFAULT_SKU_IDS", f"{ID_1.upper()}, {ID_2};{ID_1} {ID_2}", "default_sku_ids", (ID_1, ID_2)),
    ("PROTECT_PRIVILEGED", "0", "protect_privileged", False),
    (
        "APPROVE_KINDS",
        "User, license",
        "approvals",
        ApprovalRules(kinds=(RestoreKind.USER, RestoreKind.LICENSE)),
    ),
    ("DO_NOT_RESTORE_GROUP", ID_1.upper(), "do_not_restore", MarkRule(ID_1.lower())),
    (
        "DO_NOT_RESTORE_ATTRIBUTE",
        " ExtensionAttribute15 = Left = for good ",
        "do_not_restore",
        MarkRule(None, "extensionAttribute15", "Left = for good"),
    ),
    (
        "DO_NOT_RESTORE_ATTRIBUTE",
        "extension_6fd2c87fb29642f0b1971e91e994b900_gone=1",
        "do_not_restore",
        MarkRule(None, "extension_6fd2c87fb29642f0b1971e91e994b900_gone", "1"),
    ),
    ("UNDO", "true", "undo", True),
    ("DRILL_USER", ID_1.upper(), "drill_user", ID_1),
    ("DRILL_USER", "Drill@Contoso.com", "drill_user", "drill@contoso.com"),
    ("APPROVE_OVERRIDES", "true", "approvals", ApprovalRules(overrides=True)),
    ("APPROVE_REUSE", "1", "approvals", ApprovalRules(reuse=True)),
    ("APPROVE_BATCH_OVER", "0", "approvals", ApprovalRules(batch_over=0)),
    ("APPROVE_GONE_DAYS", "1.5", "approvals", ApprovalRules(gone_for=timedelta(hours=36))),
]


@pytest.mark.parametrize(("name", "text", "attribute", "value"), GOOD)
def test_a_good_setting_is_taken(name: str, text: str, attribute: str, value: Any) -> None:
    """Each setting arrives where it belongs."""
    assert (text if value is None else value) == getattr(settings(**{name: text}), attribute)


@pytest.mark.parametrize(("name", "text", "attribute", "value"), GOOD_POLICY)
def test_a_good_choice_is_policy(name: str, text: str, attribute: str, value: Any) -> None:
    """The tenant's own choices arrive in the policy that the decision takes."""
    assert value == getattr(settings(**{name: text}).policy, attribute)


GOOD_ALERTING: list[tuple[str, str, str, Any]] = [
    ("ALERT_DAYS", "1, 14;3 14", "days", (14.0, 3.0, 1.0)),
    ("ALERT_DAYS", "0.5", "days", (0.5,)),
    ("MASS_DELETION_COUNT", "2", "mass_count", 2),
    ("MASS_DELETION_MINUTES", "90.5", "mass_span", timedelta(minutes=90.5)),
]


@pytest.mark.parametrize(("name", "text", "attribute", "value"), GOOD_ALERTING)
def test_a_good_choice_is_alerting(name: str, text: str, attribute: str, value: Any) -> None:
    """When to be woken is the tenant's own choice."""
    assert value == getattr(settings(**{name: text}).alerting, attribute)


BAD: list[tuple[str, str, str]] = [
    ("ALERT_DAYS", "7,s3cret", "write numbers above 0 and up to 30"),
    ("ALERT_DAYS", "7,0", "write numbers above 0 and up to 30"),
    ("ALERT_DAYS", "31", "write numbers above 0 and up to 30"),
    ("MASS_DELETION_COUNT", "1", "write a whole number from 2"),
    ("MASS_DELETION_MINUTES", "0", "write a number above 0"),
    ("AZURE_CLIENT_ID", "s3cret", "write a GUID like"),
    ("APPROVE_KINDS", "user,s3cret", "write mailbox, user or license"),
    ("APPROVE_OVERRIDES", "s3cret", "write true or false"),
    ("DO_NOT_RESTORE_GROUP", "s3cret", "write a GUID like"),
    ("DO_NOT_RESTORE_ATTRIBUTE", "s3cret", "write name=value"),
    ("DO_NOT_RESTORE_ATTRIBUTE", "s3cret=leaver", "names no property that the service can look at"),
    ("DO_NOT_RESTORE_ATTRIBUTE", "employeeType", "has no value to look for"),
    ("DO_NOT_RESTORE_ATTRIBUTE", "employeeType=", "has no value to look for"),
    ("UNDO", "s3cret", "write true or false"),
    ("DRILL_USER", "s3cret", "write the object id of one throw-away account"),
    ("APPROVE_REUSE", "s3cret", "write true or false"),
    ("APPROVE_BATCH_OVER", "1.5", "write a whole number from 0 to 1000"),
    ("APPROVE_GONE_DAYS", "31", "write a number from 0 to 30"),
    ("GRAPH_CLOUD", "s3cret", "write global or usgov or usgovdod or china"),
    ("GRAPH_BASE_URL", "http://s3cret.example", "write an https URL"),
    ("GRAPH_BASE_URL", "https://u:s3cret@example.com", "without user name"),
    ("GRAPH_BASE_URL", "https://example.com?code=s3cret", "query"),
    ("GRAPH_BASE_URL", "https://[s3cret", "write an https URL"),
    ("GRAPH_BASE_URL", "https://example.com:s3cret", "write an https URL"),
    ("GRAPH_BASE_URL", "graph.example.com", "write an https URL"),
    ("AUTH_MODE", "none", "write entra or keys"),
    ("WEBSITE_AUTH_ENABLED", "yes", "write true or false"),
    ("RETENTION_DAYS", "31", "write a whole number from 1 to 30"),
    ("RETENTION_DAYS", "0", "write a whole number from 1 to 30"),
    ("RETENTION_DAYS", "29.5", "write a whole number"),
    ("RETENTION_DAYS", "nan", "write a whole number"),
    ("CLOSING_DAYS", "30", "write a number from 0 to less than 30"),
    ("CLOSING_DAYS", "-1", "write a number from 0"),
    ("LEDGER_KEEP_DAYS", "30", "write a whole number from 31 to 3650"),
    ("TRAIL_KEEP_DAYS", "89", "write a whole number from 90 to 146000"),
    ("LEDGER_KEEP_DAYS", "999999999", "to 3650"),
    ("VERIFY_MAILBOX", "yes", "write true or false"),
    ("PROTECT_PRIVILEGED", "off", "write true or false"),
    ("MAILBOX_DEADLINE_HOURS", "0", "write a number above 0, at most 720"),
    ("MAILBOX_DEADLINE_HOURS", "720.1", "at most 720"),
    ("MAILBOX_DEADLINE_HOURS", "1e1", "write a number"),
    ("UNKNOWN_WINDOW", "ask", "write refuse or attempt"),
    ("ALLOWED_SKU_IDS", "SPE_E3", "entry 1 has the wrong shape; write a GUID"),
    ("DEFAULT_SKU_IDS", f"{ID_1},SPE_E3", "entry 2 has the wrong shape; write a GUID"),
    ("CALLBACK_HOSTS", "a.de,https://s3cret.de", "entry 2 has the wrong shape; write bare host"),
    ("CALLBACK_HOSTS", "*", "entry 1"),
    ("CALLBACK_HOSTS", "*.com", "entry 1"),
    ("CALLBACK_HOSTS", "a.*.de", "entry 1"),
    ("CALLBACK_HOSTS", "a.de:443", "entry 1"),
    ("CALLBACK_HOSTS", "a.de/", "entry 1"),
    ("CALLBACK_SECRETS", "whsec_s3cret", "write at most 2 secrets"),
    ("CALLBACK_SECRETS", SECRET, "each whsec_"),
    ("CALLBACK_SECRETS", f"whsec_{SECRET} s3cret", "holds a text that is no secret"),
    ("CALLBACK_SECRETS", " ".join([f"whsec_{SECRET}"] * 3), "has 3 secrets"),
    ("SWEEP_SCHEDULE", "* * * * *", "has 5 fields; write six NCRONTAB fields"),
    ("SWEEP_SCHEDULE", "60 * * * * *", "its second is outside 0 to 59"),
    ("SWEEP_SCHEDULE", "0 */0 * * * *", "its minute"),
    ("OBSERVE_SCHEDULE", "0 0 24 * * *", "its hour is outside 0 to 23"),
    ("OBSERVE_SCHEDULE", "0 0 0 0 * *", "its day of the month"),
    ("OBSERVE_SCHEDULE", "0 0 0 * 13 *", "its month"),
    ("CLEANUP_SCHEDULE", "0 0 0 * * 7", "its day of the week is outside 0 to 6"),
    ("CLEANUP_SCHEDULE", "0 0 5-3 * * *", "its hour"),
    ("CLEANUP_SCHEDULE", "0 0 1,,2 * * *", "its hour"),
    ("CLEANUP_SCHEDULE", "0 0 jan * * *", "its hour"),
    (STORAGE, "s3cret", "write a connection string"),
    (STORAGE, "AccountName=acme", "write a connection string"),
    (STORAGE, "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://x", "UseDevelopment"),
]


@pytest.mark.parametrize(("name", "text", "advice"), BAD)
def test_a_bad_setting_is_the_only_fault(name: str, text: str, advice: str) -> None:
    """One bad setting gives one fault: its name, what to write, and never what was written."""
    (fault,) = faults(MINIMAL | {name: text})

    assert fault.startswith(f"{name}: ")
    assert advice in fault
    assert "s3cret" not in fault


def test_every_fault_is_reported_at_once() -> None:
    """Nobody has to start the service twice to learn of the second mistake."""
    wrong = {name: "?" for name, *_ in BAD if name != STORAGE}

    assert {STORAGE, *wrong} == {fault.split(":")[0] for fault in faults(wrong)}


@pytest.mark.parametrize(
    "rule",
    [
        {"APPROVE_KINDS": "user"},
        {"APPROVE_OVERRIDES": "true"},
        {"APPROVE_REUSE": "true"},
        {"APPROVE_BATCH_OVER": "10"},
        {"APPROVE_GONE_DAYS": "10"},
    ],
    ids=lambda rule: str(*rule),
)
def test_by_function_key_nobody_could_approve(rule: dict[str, str]) -> None:
    """So a rule that asks for it is a fault, and no rule is none."""
    (fault,) = faults(MINIMAL | {"AUTH_MODE": "keys"} | rule)

    assert fault.startswith("AUTH_MODE: ")
    assert settings(AUTH_MODE="keys", APPROVE_REUSE="false").auth_mode == "keys"


def test_a_default_must_fit_what_was_set() -> None:
    """A short retention makes the default of three closing days a fault, not a surprise."""
    (fault,) = faults(MINIMAL | {"RETENTION_DAYS": "3"})

    assert fault.startswith("CLOSING_DAYS: is 3 by default, which does not fit; write a number")
    policy = settings(RETENTION_DAYS="3", CLOSING_DAYS="1").policy
    assert (timedelta(days=3), timedelta(days=1)) == (policy.retention, policy.closing)


@given(st.dictionaries(st.sampled_from([name for name, *_ in BAD] + STORAGE_PARTS), st.text()))
def test_any_environment_is_answered(env: dict[str, str]) -> None:
    """Whatever the environment holds, the answer is settings or ConfigurationError."""
    with contextlib.suppress(ConfigurationError):
        read_settings(env)


def _main(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "shared.settings"]
    return subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_command_is_silent_when_all_is_well() -> None:
    """Exit code 0 and not a word."""
    done = _main(MINIMAL)

    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


def test_the_command_says_what_is_nearly_a_setting() -> None:
    """Settings that can be used, and one that was meant otherwise: exit code 0, and a line."""
    done = _main(MINIMAL | {"RETENTION_DAY": "5"})

    assert (0, "") == (done.returncode, done.stdout)
    assert done.stderr == "RETENTION_DAY is no setting. Write RETENTION_DAYS, if that is meant.\n"


def test_the_command_prints_one_fault_per_line() -> None:
    """Exit code 2, and every fault on its own line of stderr."""
    done = _main({"AUTH_MODE": "none", "RETENTION_DAYS": "45"})

    assert (2, "") == (done.returncode, done.stdout)
    names = [line.split(":")[0] for line in done.stderr.splitlines()]
    assert [STORAGE, "RETENTION_DAYS", "AUTH_MODE"] == names


@pytest.mark.parametrize(
    ("text", "value"),
    [("https://gw.example/", "https://gw.example"), (" https://gw.example ", "https://gw.example")],
)
def test_the_address_in_front_is_kept_without_a_slash(text: str, value: str) -> None:
    """Paths are put behind it."""
    assert settings(PUBLIC_BASE_URL=text).public_base_url == value


@pytest.mark.parametrize(
    "text",
    ["http://gw.example", "http://localhost:7071", "gw.example", "https://gw.example?code=k"],
)
def test_the_address_in_front_is_https_and_carries_no_key(text: str) -> None:
    """Anything else is a fault."""
    with pytest.raises(ConfigurationError, match="PUBLIC_BASE_URL") as caught:
        settings(PUBLIC_BASE_URL=text)
    assert text not in str(caught.value)
