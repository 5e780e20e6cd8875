"""Compare the result of a row with what it expects, and with what must hold of every row."""

from shared.documents.outcome import outcome_document
from shared.domain.decision import StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Status
from shared.domain.preflight import Preflight
from shared.domain.records.progress import StepStatus
from shared.domain.records.record import Record
from tests.reading import EVERYBODY, said, shown, unsaid
from tests.table.codes import STATUS_OF
from tests.table.play import Played, preflight, run
from tests.table.row import Json, Row
from tests.table.stage import Directory

_EFFECTS = (StepName.RESTORE_USER, StepName.ASSIGN_LICENSE)


async def judge_preflight(row: Row, directory: Directory) -> Preflight | None:
    """The preflight of the row, found to be as the row says and to have changed nothing."""
    await directory.load()
    if row.door != "http":
        return None
    before = await directory.traces()

    told = await look_first(row, directory)

    findings = _findings(row, told) if told is not None else None
    assert findings == row.expected.findings
    assert await directory.traces() == before
    return told


def _findings(row: Row, told: Preflight) -> set[str]:
    """Those of this row: what is said of every deleted person's roles is held here for all.

    Each can be said, with all that it names.
    """
    assert [item for item in told.findings if unsaid(item)] == []
    found = {(x.code, x.text.variant): f"{x.severity} {x.code}" for x in told.findings}
    of_groups = found.pop((FindingCode.ROLES_NOT_CHECKED.value, "groups"), None)
    found_codes = {code for code, _ in found}
    if not found_codes & {"privileged-user", "roles-not-checked"}:
        is_back = "groups-come-back" in found_codes and row.policy.protect_privileged
        assert of_groups == "warn roles-not-checked" or not is_back
    return set(found.values())


async def look_first(row: Row, directory: Directory) -> Preflight | None:
    """The preflight of a tenant that is loaded; found to write nothing and to change nothing."""
    told = await preflight(row, directory)
    # What it has of storage are reads: what was observed, and whether a restore is under way.
    assert told.ledger_calls <= {"observations.last", "locks.holder", "ledger.read"}
    assert await directory.sent() == ()
    return told.preflight


async def judge_run(row: Row, directory: Directory, told: Preflight | None) -> None:
    """The run of the row, found to be as the row says and as the preflight told."""
    await directory.load()
    users = [user.id for user in row.state.present]

    played = await run(row, directory)

    _judge_record(row, played)
    assert row.expected.sent in {None, await directory.sent()}
    assert await directory.made() == row.expected.effects
    if users:
        _judge_user(row, played.record, await directory.user(users[0]) or {})
    if told is not None and not row.changes_before_deciding:
        judge_agreement(told, played)


def _judge_record(row: Row, played: Played) -> None:
    record, expected = played.record, row.expected
    outcome = record.outcome
    assert (outcome.code.value if outcome else None) == expected.code, outcome
    assert record.status.value == STATUS_OF[expected.code]
    assert tuple(name.value for name in record.plan) == expected.plan
    window = record.window
    seen = (window.verdict.value, window.evidence.value) if window is not None else None
    assert seen == expected.window
    assert tuple(item.code for item in record.warnings) == expected.warnings
    notes = "; ".join(said(item).message for item in record.warnings)
    assert [text for text in expected.notes if text not in notes] == []
    assert played.waits == expected.waits
    assert len(played.published) == 1
    details = "; ".join(shown(step.detail) for step in record.steps)
    assert [text for text in expected.details if text not in details] == []
    if outcome is not None:
        assert said(outcome).fix
        message = str(outcome_document(outcome, EVERYBODY)["message"])
        assert [text for text in expected.says if text not in message] == []
    if record.status is Status.SUCCEEDED and outcome and outcome.code.value != "dry-run":
        assert all(step.is_over for step in record.steps)
    untried = {step.name for step in record.steps if step.attempts == 0}
    done = {step.name for step in record.steps if step.status is StepStatus.DONE}
    assert not untried & done & set(_EFFECTS)


def _judge_user(row: Row, record: Record, after: Json) -> None:
    # What is in the mailbox only the stand-in knows.
    told = {"content": row.expected.after.get("content"), **after}
    assert {name: told[name] for name in row.expected.after} == row.expected.after
    is_proven = "window-not-proven" not in row.expected.warnings
    if record.status is Status.SUCCEEDED and row.expected.effects != (0, 0) and is_proven:
        # What the service is for: nobody is told "restored" and given an empty mailbox.
        assert after.get("content") != "empty"


def judge_agreement(told: Preflight, played: Played) -> None:
    """The preflight's verdict and plan are those of the run begun at the same instant."""
    decided = played.decided
    assert told.plan == decided.plan
    assert told.case == decided.case
    assert told.window == decided.window
    stays = decided.status in {Status.REFUSED, Status.FAILED}
    assert (told.block is not None) == stays
    if told.block is not None and decided.outcome is not None:
        assert told.block.code == decided.outcome.code
    is_needless = decided.outcome is not None and decided.outcome.code == "already-active"
    assert told.is_restorable == (not stays and not is_needless)
    assert {item.code for item in decided.warnings} <= {item.code for item in told.findings}
