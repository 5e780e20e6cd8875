"""An outcome says what nobody looked at, and sends nobody past the warnings beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.documents.restore import restore_document
from shared.domain.approval_rules import ApprovalRules
from shared.domain.outcomes import Code
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from tests.builders import NOW, UPN, USER_ID, a_deleted_person, a_person
from tests.reading import EVERYBODY
from tests.unit.world.people import ask, world_with
from tests.unit.world.world import code_of

SEE_WARNINGS = "See what the warnings of this restore say, too."


def fix_of(record: Record) -> str:
    """What whoever asked is told to do."""
    outcome = restore_document(record, EVERYBODY)["outcome"]
    assert isinstance(outcome, dict)
    return str(outcome["fix"])


@pytest.mark.parametrize("kind", [RestoreKind.USER, RestoreKind.MAILBOX])
async def test_a_user_who_is_back_is_never_said_to_need_nothing_more(kind: RestoreKind) -> None:
    """What the check warned of and nobody looked at since is named once more."""
    record = await world_with(a_deleted_person()).restore(ask(kind))

    assert code_of(record) in {Code.USER_RESTORED, Code.MAILBOX_RESTORED}
    fix = fix_of(record)
    assert "Nothing" not in fix
    assert [one for one in ("password", "forwarding", "OneDrive") if one not in fix] == []
    assert SEE_WARNINGS not in fix


async def test_a_success_with_warnings_sends_the_reader_on_to_them() -> None:
    """Whoever reads the outcome alone must not miss that somebody holds a role again."""
    world = world_with(a_deleted_person())
    world.directory.group_roles[USER_ID] = ("User Administrator",)

    record = await world.restore(ask(RestoreKind.USER))

    assert "privileged-user" in {item.code for item in record.warnings}
    assert fix_of(record).endswith(SEE_WARNINGS)


async def test_a_refusal_begins_with_what_would_refuse_next() -> None:
    """Both are put right in one request, and not one after the other."""
    newcomer = a_person(id="11111111-2222-4333-8444-555555555555", user_principal_name=UPN)

    record = await world_with(a_deleted_person(), newcomer).restore(ask(RestoreKind.USER))

    assert code_of(record) == Code.UPN_CONFLICT
    assert [item.code for item in record.warnings] == [Code.ADDRESS_CONFLICT]
    fix = fix_of(record)
    assert fix.startswith(
        "One more thing is in the way, and told under warnings (address-conflict). See to all of it"
        " before you send the request again. Give the other one another name"
    )
    assert SEE_WARNINGS not in fix


async def test_an_approval_that_comes_next_is_no_further_refusal() -> None:
    """It is told behind the fix, since there is nothing to put right before the next request."""
    newcomer = a_person(id="11111111-2222-4333-8444-555555555555", user_principal_name=UPN)
    world = world_with(a_deleted_person(), newcomer)
    world.policy = replace(world.policy, approvals=ApprovalRules(reuse=True))

    record = await world.restore(ask(RestoreKind.USER))

    assert [item.code for item in record.warnings] == ["address-conflict", "not-approved"]
    assert fix_of(record).startswith("One more thing is in the way, ")
    assert fix_of(record).endswith(SEE_WARNINGS)


async def test_a_refusal_with_mere_warnings_has_its_own_fix_alone() -> None:
    """They stand in nobody's way."""
    world = world_with(replace(a_deleted_person(), deleted_at=NOW - timedelta(days=31)))

    record = await world.restore(ask(RestoreKind.USER))

    assert code_of(record) == Code.WINDOW_CLOSED
    assert SEE_WARNINGS not in fix_of(record)
