"""No comfort that is false, and no refusal of what can be saved, whatever a tenant's history."""

import asyncio

from hypothesis import given, settings

from shared.domain.outcomes import Code
from shared.texts.reader import Reader
from tests.lag.tenants import Tenant, tenants
from tests.reading import said
from tests.unit.world.world import code_of

_READER = Reader()


def test_no_made_up_person_is_promised_or_refused_in_error(soak: bool) -> None:  # noqa: FBT001 - a fixture
    """A caller without Override, histories of every kind, records with content and without."""

    @settings(max_examples=10_000 if soak else 200, derandomize=not soak, print_blob=True)
    @given(tenants())
    def holds(tenant: Tenant) -> None:
        asyncio.run(_judge(tenant))

    holds()


async def _judge(tenant: Tenant) -> None:
    record = await tenant.restored()

    code = code_of(record)
    assert record.outcome is not None
    assert not tenant.promised_in_error(record), record.window
    assert not tenant.closed_in_error(code.value if code else None), record.window
    is_said = "mailbox is back" in said(record.outcome, _READER).message
    assert is_said == (code is Code.MAILBOX_RESTORED)
    on_its_window = {"window-not-proven", "window-declared", "mailbox-is-new"}
    assert not (is_said and on_its_window & {one.code for one in record.warnings})
