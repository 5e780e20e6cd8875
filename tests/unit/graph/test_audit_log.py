"""The audit log: what is asked, which pages are believed, and what is read of a record."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent, LogRefusal
from shared.domain.person import AssignedLicense, UserPlan
from shared.errors import AnsweredError, OutcomeUnknownError
from shared.graph.audit_log import GraphAuditLog
from shared.ports.audit_log import AuditLogPage
from tests.unit.graph.wire import USER_ID, Wire, ok, page, refused

SINCE = datetime(2026, 11, 1, 12, 30, 15, 999_999, tzinfo=UTC)
LINK = "https://graph.microsoft.com/v1.0/auditLogs/directoryAudits?$skiptoken=x"
SKU, PLAN = "6fd2c87f-b296-42f0-b197-1e91e994b900", "efb87545-963c-4e0d-99df-69c6916d9eb0"
OTHER_PLAN = "5dbe027f-2339-4123-9542-606e4d348a72"
AT = datetime(2026, 11, 5, tzinfo=UTC)


def audited(at: str = "2026-11-05T00:00:00Z", user_id: str = USER_ID, **fields: object) -> Any:
    """A record of the log."""
    target = {"id": user_id, "type": "User", "modifiedProperties": fields.pop("modified", [])}
    activity = {"activityDisplayName": "Change user license"}
    return {"activityDateTime": at, "targetResources": [target], **activity, **fields}


def license_text(sku: str = SKU, off: str = "") -> str:
    """One licence as a record has it."""
    return f"[SkuName=ENTERPRISEPACK, AccountId={USER_ID}, SkuId={sku}, DisabledPlans=[{off}]]"


def modified(name: str, before: object, after: object, **how: Any) -> dict[str, object]:
    """A property that changed; the values are JSON in a text unless they are texts."""
    old, new = (x if isinstance(x, str) else json.dumps(x, **how) for x in (before, after))
    return {"displayName": name, "oldValue": old, "newValue": new}


async def records(*rows: object) -> tuple[AuditRecord, ...]:
    """The records of one page with these rows."""
    found = await GraphAuditLog(Wire(page(*rows)).client()).changes_since(SINCE)  # type: ignore[arg-type]
    assert isinstance(found, AuditLogPage)
    return found.records


class TestPages:
    """Pages of the log."""

    async def test_the_changes_of_all_users_that_came_to_pass(self) -> None:
        """A page and the link to the next; a failed change changed nothing."""
        wire = Wire(
            page(audited(user_id=USER_ID.upper(), result="success"), next_link=LINK),
            page(
                audited("2026-11-04T00:00:00Z"),
                audited("2026-11-03T00:00:00Z", result="failure"),
                audited("2026-11-02T00:00:00Z", "not an id"),
            ),
        )
        log = GraphAuditLog(wire.client())
        first, second = await log.changes_since(SINCE), await log.changes_since(SINCE, LINK)

        days = [datetime(2026, 11, day, tzinfo=UTC) for day in (5, 4)]
        assert first == AuditLogPage((AuditRecord(USER_ID, days[0]),), LINK)
        assert second == AuditLogPage((AuditRecord(USER_ID, days[1]),))
        assert wire.sent[0].url.params["$filter"] == (
            "activityDisplayName eq 'Change user license'"
            " and activityDateTime ge 2026-11-01T12:30:15Z"
        )
        assert str(wire.sent[1].url) == LINK
        assert wire.sent[1].headers["Authorization"] == "Bearer secret"

    async def test_the_other_records_of_one_user(self) -> None:
        """By target; a text that is no id is asked for nowhere."""
        wire = Wire(page())
        log = GraphAuditLog(wire.client())

        assert await log.updates_of(USER_ID, SINCE) == AuditLogPage(())
        assert await log.updates_of("') or 1 eq 1", SINCE) == AuditLogPage(())
        (sent,) = wire.sent
        assert sent.url.params["$filter"] == (
            f"activityDisplayName eq 'Update user' and targetResources/any(t:t/id eq '{USER_ID}')"
            " and activityDateTime ge 2026-11-01T12:30:15Z"
        )

    async def test_a_tenant_that_takes_no_time_filter_is_asked_without(self) -> None:
        """The 400 is met once; what is older than asked for ends the list."""
        old = page(audited(), audited("2026-10-09T00:00:00Z"), next_link=LINK)
        wire = Wire(refused(400, "BadRequest"), old, old)
        log = GraphAuditLog(wire.client())
        first, second = await log.changes_since(SINCE), await log.changes_since(SINCE)

        assert first == second == AuditLogPage((AuditRecord(USER_ID, AT),))
        filters = [sent.url.params["$filter"] for sent in wire.sent]
        assert filters[1:] == 2 * ["activityDisplayName eq 'Change user license'"]

    async def test_a_record_of_the_second_asked_for_does_not_end_the_list(self) -> None:
        """The filter goes by whole seconds."""
        row = audited("2026-11-01T12:30:15.5Z")
        found = await GraphAuditLog(Wire(page(row, next_link=LINK)).client()).changes_since(SINCE)

        assert found == AuditLogPage((), LINK)

    async def test_a_link_to_another_host_is_not_followed(self) -> None:
        """No token is sent there."""
        wire = Wire(page())

        with pytest.raises(OutcomeUnknownError):
            await GraphAuditLog(wire.client()).changes_since(SINCE, "https://elsewhere.example/x")
        assert wire.sent == []

    @pytest.mark.parametrize(
        ("status", "code", "expected"),
        [
            (403, "Authorization_RequestDenied", LogRefusal.PERMISSION),
            (403, "Authentication_MSGraphPermissionMissing", LogRefusal.PERMISSION),
            (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", LogRefusal.LICENSE),
            (400, "BadRequest", LogRefusal.UNAVAILABLE),
            (404, "ResourceNotFound", LogRefusal.UNAVAILABLE),
        ],
    )
    async def test_evidence_not_to_be_had_is_no_error(
        self, status: int, code: str, expected: LogRefusal
    ) -> None:
        """It is told why. Of a link, it is the link's fault."""
        log = GraphAuditLog(Wire(refused(status, code)).client())

        assert await log.changes_since(SINCE) is expected
        assert await log.updates_of(USER_ID, SINCE) is expected
        with pytest.raises(AnsweredError):
            await log.changes_since(SINCE, LINK)

    async def test_no_list_is_no_page(self) -> None:
        """Nothing read is not nothing there."""
        with pytest.raises(OutcomeUnknownError):
            await GraphAuditLog(Wire(ok({})).client()).changes_since(SINCE)


class TestContent:
    """What a record says of licences."""

    async def test_licences_and_plans_before_and_after(self) -> None:
        """A licence with the plans that are off in it; of the plans, which are enabled."""
        plans = [
            {"ServicePlanId": PLAN.upper(), "CapabilityStatus": 0},
            {"ServicePlanId": OTHER_PLAN, "CapabilityStatus": 3},
            {"ServicePlanId": OTHER_PLAN, "CapabilityStatus": False},
        ]
        told = [
            modified("AssignedLicense", [license_text(SKU.upper(), f"{PLAN}, x")], []),
            modified("AssignedPlan", plans, []),
            modified("Included Updated Properties", "a", "b"),
        ]
        (found,) = await records(
            audited(
                activityDisplayName="Update user",
                modified=told,
                correlationId="c",
                id="Directory_1",
            )
        )

        assert found == AuditRecord(
            USER_ID,
            AT,
            Activity.UPDATE_USER,
            "c",
            before=LicenseContent(
                (AssignedLicense(SKU, (PLAN, "x")),),
                (UserPlan(PLAN), UserPlan(OTHER_PLAN, "3"), UserPlan(OTHER_PLAN, "False")),
            ),
            after=LicenseContent((), ()),
            id="Directory_1",
        )

    async def test_values_may_be_indented(self) -> None:
        """As the unified log has shown them."""
        told = [modified("AssignedLicense", [license_text()], [], indent=2)]
        (found,) = await records(audited(modified=told))

        assert found.before == LicenseContent((AssignedLicense(SKU),))

    @pytest.mark.parametrize(
        "value",
        [
            '["[SkuName=ENTERPRISEPACK, AccountId=x, SkuId=6fd2c87f-b296',
            f'["{license_text()[:-3]}"]',
            '["[SkuName=ENTERPRISEPACK]"]',
            '{"SkuId": "x"}',
            "[7]",
            "[null]",
            "",
            "[" * 100_000,
            "[]" + " " * 200_000,
        ],
    )
    async def test_a_value_that_cannot_be_read_says_nothing(self, value: str) -> None:
        """Cut off, of another shape, or too long to be one; the other side is read all the same."""
        told = [modified("AssignedLicense", value, []), modified("AssignedPlan", value, [])]
        (found,) = await records(audited(modified=told))

        assert found.before == LicenseContent()
        assert found.after == LicenseContent((), ())

    async def test_a_value_that_is_null_says_nothing(self) -> None:
        """Whether it was empty nobody can tell."""
        told = [{"displayName": "AssignedLicense", "oldValue": None, "newValue": "[]"}]
        (found,) = await records(audited(modified=told))

        assert (found.before, found.after) == (LicenseContent(), LicenseContent(()))

    async def test_an_update_without_a_word_of_licences_is_no_record(self) -> None:
        """It tells of something else; a change of licences is one without content."""
        told = [modified("DisplayName", "a", "b")]
        update = audited(activityDisplayName="Update user", modified=told)

        assert await records(update, audited(modified=told)) == (AuditRecord(USER_ID, AT),)

    @pytest.mark.parametrize(
        ("by", "expected"),
        [
            ({"app": {"displayName": "Microsoft Azure AD Group-Based Licensing"}}, True),
            ({"app": {"displayName": "Some tool"}, "user": None}, False),
            ({"app": None, "user": {"id": USER_ID, "displayName": None}}, False),
            ({"app": {"displayName": None}, "user": {"id": None}}, None),
            ({}, None),
            (None, None),
        ],
    )
    async def test_the_actor_of_a_change_is_read(self, by: object, expected: object) -> None:
        """Group-based licensing has a name of its own."""
        (found,) = await records(audited(initiatedBy=by))

        assert found.by_group is expected

    @pytest.mark.parametrize("missing", [None, 0, 1, 2])
    async def test_a_record_in_parts_is_joined_where_all_of_them_are_there(
        self, missing: int | None
    ) -> None:
        """Its first part then speaks for it; with one missing, none says what changed."""
        body = json.dumps(
            {"targetUpdatedProperties": [modified("AssignedLicense", [license_text()], [])]}
        )
        third = len(body) // 3 + 1
        rows = [
            audited(additionalDetails=_details("a", number + 1, 3, body[number * third :][:third]))
            for number in range(3)
            if number != missing
        ]
        found = await records(*rows[::-1])

        told = [one for one in found if one.before is not None]
        expected = [LicenseContent((AssignedLicense(SKU),))] if missing is None else []
        assert [one.before for one in told] == expected
        assert len(found) == len(rows)

    @pytest.mark.parametrize("body", ["", "{", "7", '{"targetUpdatedProperties": 7}', "[" * 99_999])
    async def test_parts_that_make_no_sense_say_nothing(self, body: str) -> None:
        """The record is there, without content."""
        (found,) = await records(audited(additionalDetails=_details("a", 1, 1, body)))

        assert found.before is None

    @pytest.mark.parametrize("written", ["9" * 5_000, "9" * 30, "0", "-1", "\u0661", ""])
    async def test_a_number_of_parts_that_is_none_costs_nothing(self, written: str) -> None:
        """Nothing is counted up to it, and the page is read to its end."""
        details = [*_details("a", 1, 1, "{}")[:2], {"key": "c", "value": written}]
        (found, other) = await records(audited(additionalDetails=details), audited())

        assert found.before is None
        assert other.user_id == found.user_id


def _details(name: str, number: int, count: int, body: str) -> list[dict[str, str]]:
    pairs = {"id": name, "seq": str(number), "c": str(count), "b": body}
    return [{"key": key, "value": value} for key, value in pairs.items()]
