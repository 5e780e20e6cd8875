"""Test the Graph ports, in memory and over the wire, by one suite."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.evidence.audit_records import evidence_of
from shared.domain.licensing.groups import Group, GroupMembership
from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.person import AssignedLicense, Conflict, ConflictProperty, HolderKind, Person
from shared.domain.window.timeline import changed
from shared.errors import AnsweredError
from shared.ports.audit_log import AuditLogPage
from shared.ports.directory import SearchHits
from tests.builders import EXCHANGE_PLAN_ID, NOW, TEAMS_PLAN_ID
from tests.contract.graph.directories import (
    ADMIN_ROLE,
    ALICE,
    BOB,
    CARLA,
    COMPANY,
    DORA,
    E3,
    ELIGIBLE_ROLE,
    ERIC,
    FRANK,
    FULL,
    GRETA,
    GROUP_ROLE,
    HUGO,
    IDA,
    JIM,
    KIM,
    LICENSE_REMOVED_AT,
    NO_GROUP,
    NOBODY,
    OLD_SALES,
    PARTNER,
    ROOM,
    RULED,
    SALES,
    SKUS,
    USERS,
    Directories,
    fake_directories,
    over_the_wire,
)

NAMES = {user.id: user for user in USERS}
MARK = "extensionAttribute15"
DORAS = Conflict(
    ConflictProperty.UPN,
    "dora@contoso.com",
    FRANK,
    "Dora the second",
    holder_employee_id="D-2",
)
HOSTILE = ("o'brien@contoso.com", "') or 1 eq 1", "%27 or 1 eq 1", "a&$filter=x", "a\n@b", "", " ")


@pytest.fixture(params=["fake", "graph"])
async def directory(request: pytest.FixtureRequest) -> AsyncIterator[Directories]:
    """Give the same tenant behind the ports."""
    if request.param == "fake":
        yield fake_directories()
        return
    async with over_the_wire(request.getfixturevalue("standin_url")) as directories:
        yield directories


class TestPeople:
    """ReadingMode users."""

    @pytest.mark.parametrize("user_id", [ALICE, CARLA, ROOM])
    async def test_an_active_user_is_read_whole(self, directory: Directories, user_id: str) -> None:
        """Every property the decision turns on comes back, ids in any case."""
        expected = NAMES[user_id]

        assert _sorted(await directory.people.active(user_id.upper())) == _sorted(expected)
        assert await directory.people.deleted(user_id) is None

    @pytest.mark.parametrize("user_id", [BOB, DORA, ERIC, GRETA])
    async def test_a_deleted_user_is_read_whole_and_under_its_own_name(
        self, directory: Directories, user_id: str
    ) -> None:
        """The id before the name is gone, the time of deletion is there."""
        expected = NAMES[user_id]

        found = await directory.people.deleted(user_id)
        assert found is not None
        # The plans of a deleted user are not asserted: Graph does not say what it shows of them.
        assert replace(found, plans=()) == replace(expected, plans=())
        assert await directory.people.active(user_id) is None

    @pytest.mark.parametrize("user_id", [NOBODY, "alice", "", "../users", f"{ALICE}\n"])
    async def test_nobody_has_a_strange_id(self, directory: Directories, user_id: str) -> None:
        """An unknown id, or a text that is no id, is not found."""
        assert await directory.people.active(user_id) is None
        assert await directory.people.deleted(user_id) is None

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("alice@contoso.com", (ALICE,)),
            ("ALICE@Contoso.com", (ALICE,)),
            ("al@contoso.com", (ALICE,)),
            ("dora@contoso.com", (FRANK,)),
            ("bob@contoso.com", ()),
            ("nobody@contoso.com", ()),
        ],
    )
    async def test_active_users_are_found_by_name_then_address(
        self, directory: Directories, name: str, expected: tuple[str, ...]
    ) -> None:
        """The UPN counts first, any mail address second, deleted users never."""
        assert (await directory.people.ids(name)).active == expected

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("bob@contoso.com", (BOB,)),
            ("Bob@Contoso.com", (BOB,)),
            ("dora@contoso.com", (DORA,)),
            ("alice@contoso.com", ()),
            ("ob@contoso.com", ()),
            ("bobby@contoso.com", (BOB,)),
            ("BOBBY@contoso.com", (BOB,)),
            ("al@contoso.com", ()),
            # Bob's id, which Graph shows in front of his name, ends with a "b".
            ("bbob@contoso.com", ()),
            (f"{BOB.replace('-', '')}bob@contoso.com", ()),
            ("im.bob@contoso.com", (JIM,)),
        ],
    )
    async def test_deleted_users_are_found_by_the_name_they_had(
        self, directory: Directories, name: str, expected: tuple[str, ...]
    ) -> None:
        """A longer name with the same end is somebody else, unless it has this one as an alias."""
        assert (await directory.people.ids(name)).deleted == expected

    @pytest.mark.parametrize("name", HOSTILE)
    async def test_a_hostile_name_finds_nobody(self, directory: Directories, name: str) -> None:
        """A name is a value; it cannot change the question."""
        assert await directory.people.ids(name) == SearchHits((), ())
        assert await directory.people.near(name) == ()

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("alicea@contoso.com", [ALICE]),
            ("ALICE", [ALICE]),
            ("the second, Dora", [FRANK]),
            ("dora2@contoso.com", [DORA, FRANK]),
            ("greta@fabrikam.com", [GRETA]),
            # A slip in the first letters, and one in both ends.
            ("laice@contoso.com", [ALICE]),
            ("laiec@contoso.com", []),
            ("somebody@contoso.com", []),
        ],
    )
    async def test_people_of_a_similar_name_are_found(
        self, directory: Directories, name: str, expected: list[str]
    ) -> None:
        """Active and deleted people whose names are much alike, under the names they had."""
        found = await directory.people.near(name)

        assert [one.id for one in found] == expected
        for one in found:
            assert one.user_principal_name == NAMES[one.id].user_principal_name
            assert one.deleted_at == NAMES[one.id].deleted_at

    async def test_conflicts_name_the_holder_of_name_and_address(
        self, directory: Directories
    ) -> None:
        """Each clash is a finding of its own."""
        found = await directory.people.conflicts(NAMES[DORA], also_upn=None)

        assert found.not_looked == frozenset()
        assert set(found.found) == {
            replace(DORAS, property=ConflictProperty.UPN),
            replace(DORAS, property=ConflictProperty.ADDRESS),
        }

    async def test_a_new_name_is_checked_too(self, directory: Directories) -> None:
        """The name to be given may be taken as well."""
        found = await directory.people.conflicts(NAMES[BOB], also_upn="Alice@contoso.com")

        conflict = Conflict(ConflictProperty.UPN, "Alice@contoso.com", ALICE, "Alice")
        assert found.found == (conflict,)

    @pytest.mark.parametrize(
        ("address", "holder"), [("sales@contoso.com", SALES.id), ("partner@contoso.com", PARTNER)]
    )
    async def test_groups_and_contacts_hold_addresses(
        self, directory: Directories, address: str, holder: str
    ) -> None:
        """Each by what it is."""
        bob = replace(NAMES[BOB], proxy_addresses=(f"smtp:{address}",))
        (found,) = (await directory.people.conflicts(bob, also_upn=None)).found

        kind = HolderKind.GROUP if holder == SALES.id else HolderKind.CONTACT
        assert (found.value, found.holder_id, found.holder_kind) == (address, holder, kind)

    async def test_an_address_that_is_somebodys_name(self, directory: Directories) -> None:
        """Carla has no address at all, and her name is not free as one."""
        bob = replace(NAMES[BOB], proxy_addresses=("smtp:kim@contoso.com",))
        (found,) = (await directory.people.conflicts(bob, also_upn=None)).found

        assert (found.holder_id, found.is_name) == (KIM, True)

    async def test_the_anchor_of_another_user(self, directory: Directories) -> None:
        """What ties a user to Active Directory is had by one user only."""
        bob = replace(NAMES[BOB], immutable_id="kim==")
        (found,) = (await directory.people.conflicts(bob, also_upn=None)).found

        assert (found.property, found.holder_id) == (ConflictProperty.IMMUTABLE_ID, KIM)

    @pytest.mark.parametrize(
        ("who", "rule", "expected"),
        [
            (CARLA, MarkRule(SALES.id), MarkLook(is_member=True)),
            (KIM, MarkRule(SALES.id), MarkLook(is_member=False)),
            (BOB, MarkRule(SALES.id), MarkLook(is_member=None)),
            (BOB, MarkRule(None, MARK, "leaver"), MarkLook(has_value=True)),
            (ALICE, MarkRule(None, MARK, "leaver"), MarkLook(has_value=False)),
            (NOBODY, MarkRule(SALES.id, MARK, "leaver"), MarkLook(None, None)),
        ],
    )
    async def test_who_is_not_to_be_brought_back(
        self, directory: Directories, who: str, rule: MarkRule, expected: MarkLook
    ) -> None:
        """By a property of active and deleted users, and by a group; nobody's mark is not seen."""
        person = NAMES.get(who) or Person(NOBODY, "nobody@contoso.com")

        assert await directory.people.mark(person, rule) == expected

    async def test_the_employee_number_of_the_person_and_of_the_holder(
        self, directory: Directories
    ) -> None:
        """Both are told, so that a successor is known as one."""
        dora = await directory.people.deleted(DORA)
        assert dora is not None
        found = await directory.people.conflicts(dora, also_upn=None)

        assert dora.employee_id == "D-1"
        assert {item.holder_employee_id for item in found.found} == {"D-2"}

    async def test_a_person_is_no_conflict_with_itself(self, directory: Directories) -> None:
        """An active user's own name and addresses are its own; many addresses are all asked for."""
        many = tuple(f"smtp:alias{number}@contoso.com" for number in range(25))
        alice = replace(NAMES[ALICE], proxy_addresses=(*many, "smtp:AL@contoso.com"))

        assert (await directory.people.conflicts(alice, also_upn=None)).found == ()
        as_another = replace(alice, id=NOBODY, user_principal_name="x@contoso.com", mail=None)
        found = await directory.people.conflicts(as_another, also_upn=None)
        assert [item.holder_id for item in found.found] == [ALICE]


class TestTenant:
    """ReadingMode what surrounds a user."""

    async def test_subscriptions_with_their_free_seats(self, directory: Directories) -> None:
        """Units in grace count as seats; a company's subscription is not for users."""
        assert await directory.tenant.skus() == SKUS

    async def test_roles_held_are_read_for_active_and_deleted_users(
        self, directory: Directories
    ) -> None:
        """A deleted user keeps the roles; of its groups nobody can tell."""
        blind = frozenset({RoleSource.GROUPS})
        roles_held = directory.tenant.roles_held

        assert await roles_held(HUGO, is_deleted=True) == AdminRoles((ADMIN_ROLE,), blind)
        assert await roles_held(BOB, is_deleted=True) == AdminRoles((), blind)
        assert await roles_held(CARLA, is_deleted=False) == AdminRoles()

    async def test_roles_that_may_be_taken_and_roles_by_group(self, directory: Directories) -> None:
        """Eligible is as good as held; a role-assignable group gives its own."""
        found = await directory.tenant.roles_held(KIM, is_deleted=False)

        assert found == AdminRoles((ELIGIBLE_ROLE, GROUP_ROLE))

    async def test_the_licence_change_in_the_audit_log(self, directory: Directories) -> None:
        """Of all users, only since the time asked for; and the record that says what changed."""
        changes_since, updates_of = (
            directory.audit_log.changes_since,
            directory.audit_log.updates_of,
        )
        since, too_late = NOW - timedelta(days=6), NOW - timedelta(days=4)
        changes, updates = await changes_since(since), await updates_of(CARLA, since)

        assert isinstance(changes, AuditLogPage)
        assert isinstance(updates, AuditLogPage)
        (change,), (update,) = changes.records, updates.records
        assert (change.user_id, change.at) == (CARLA, LICENSE_REMOVED_AT)
        assert (change.before, change.after) == (None, None)
        assert update.correlation_id == change.correlation_id
        found = evidence_of((change, update), SKUS)
        assert found.facts == changed(LICENSE_REMOVED_AT, before=True, after=False)
        assert [one.license.sku_id for one in found.lost] == [E3]
        assert await changes_since(too_late) == AuditLogPage(())
        assert await updates_of(CARLA, too_late) == AuditLogPage(())
        assert await updates_of(ALICE, since) == AuditLogPage(())

    @pytest.mark.parametrize("group", [SALES, RULED, OLD_SALES, NO_GROUP])
    async def test_groups_are_read_with_name_rule_and_state(
        self, directory: Directories, group: Group
    ) -> None:
        """By name, what they give by which rule, and whether they are deleted or gone."""
        assert await directory.tenant.group(group.id, None) == group

    @pytest.mark.parametrize(
        ("user_id", "expected"),
        [
            (ALICE, GroupMembership.DIRECT),
            (CARLA, GroupMembership.NESTED),
            (IDA, GroupMembership.NONE),
            (NOBODY, GroupMembership.NONE),
        ],
    )
    async def test_how_somebody_is_in_a_group(
        self, directory: Directories, user_id: str, expected: GroupMembership
    ) -> None:
        """Directly, by a group in it, or not at all."""
        assert (await directory.tenant.group(SALES.id, user_id)).membership is expected

    async def test_verified_domains_are_those_of_the_tenant(self, directory: Directories) -> None:
        """As the tenant has them now."""
        assert await directory.tenant.verified_domains() == frozenset({"contoso.com"})

    @pytest.mark.parametrize(
        ("user_id", "expected"),
        [
            (ALICE, (True, "user")),
            (ROOM, (True, "room")),
            (CARLA, (False, None)),
            (BOB, (False, None)),
            (NOBODY, (False, None)),
        ],
    )
    async def test_only_licensed_users_and_rooms_have_a_mailbox_that_answers(
        self, directory: Directories, user_id: str, expected: tuple[bool, str | None]
    ) -> None:
        """A mailbox answers for a licensed user and for a room, and for nobody else."""
        mailbox = await directory.tenant.mailbox(user_id)

        assert (mailbox.is_there, mailbox.purpose) == expected


class TestRestoring:
    """The effect of restoring a user."""

    async def test_a_restored_user_is_active_with_everything(self, directory: Directories) -> None:
        """Licences, addresses and mailbox come back with the user; a seat is taken."""
        done = await directory.effects.restore_user(BOB, new_upn=None, drop_addresses=False)

        assert done.request_id
        assert _sorted(await directory.people.active(BOB)) == _sorted(
            replace(NAMES[BOB], deleted_at=None)
        )
        assert await directory.people.deleted(BOB) is None
        assert (await directory.tenant.mailbox(BOB)).is_there
        assert (await directory.tenant.skus())[0].free_seats == SKUS[0].free_seats - 1

    @pytest.mark.parametrize("user_id", [NOBODY, ALICE, GRETA, "not-an-id"])
    async def test_who_is_not_there_cannot_be_restored(
        self, directory: Directories, user_id: str
    ) -> None:
        """Never deleted, unknown, past the window: all not found."""
        with pytest.raises(AnsweredError) as refused:
            await directory.effects.restore_user(user_id, new_upn=None, drop_addresses=False)

        assert (refused.value.status, refused.value.code) == (404, "Request_ResourceNotFound")

    async def test_a_second_restore_is_not_found(self, directory: Directories) -> None:
        """Graph knows no repetition; whoever lost the answer must look."""
        await directory.effects.restore_user(BOB, new_upn=None, drop_addresses=False)

        with pytest.raises(AnsweredError) as refused:
            await directory.effects.restore_user(BOB, new_upn=None, drop_addresses=False)

        assert refused.value.status == 404

    async def test_taken_names_are_refused_by_name(self, directory: Directories) -> None:
        """The details say which property clashes."""
        with pytest.raises(AnsweredError) as refused:
            await directory.effects.restore_user(DORA, new_upn=None, drop_addresses=False)

        assert (refused.value.status, refused.value.code) == (400, "Request_BadRequest")
        assert refused.value.details == (
            ("ObjectConflict", "userPrincipalName"),
            ("ObjectConflict", "proxyAddresses"),
        )
        assert refused.value.request_id

    async def test_a_new_name_and_dropped_addresses(self, directory: Directories) -> None:
        """Both options together bring a clashing user back; the active one keeps the address."""
        await directory.effects.restore_user(
            DORA, new_upn="dora.old@contoso.com", drop_addresses=True
        )

        restored = await directory.people.active(DORA)
        assert restored is not None
        assert restored.user_principal_name == "dora.old@contoso.com"
        assert "SMTP:dora@contoso.com" not in restored.proxy_addresses
        assert await directory.people.active(FRANK) == NAMES[FRANK]

    async def test_an_admin_is_refused(self, directory: Directories) -> None:
        """The app permission is not enough for whoever holds a role."""
        with pytest.raises(AnsweredError) as refused:
            await directory.effects.restore_user(HUGO, new_upn=None, drop_addresses=False)

        assert (refused.value.status, refused.value.code) == (403, "Authorization_RequestDenied")


class TestLicensing:
    """The effect of assigning licences."""

    async def test_an_assigned_licence_brings_the_mailbox(self, directory: Directories) -> None:
        """With exactly these plans disabled, and one seat fewer."""
        wanted = AssignedLicense(E3, (TEAMS_PLAN_ID,))
        done = await directory.effects.assign_licenses(CARLA, (wanted,))

        carla = await directory.people.active(CARLA)
        assert done.request_id
        assert carla is not None
        assert carla.licenses == (wanted,)
        assert EXCHANGE_PLAN_ID in carla.enabled_plans
        assert (await directory.tenant.mailbox(CARLA)).is_there
        assert (await directory.tenant.skus())[0].free_seats == SKUS[0].free_seats - 1

    async def test_a_licence_that_is_there_is_set_anew(self, directory: Directories) -> None:
        """The disabled plans are replaced, no seat is taken."""
        await directory.effects.assign_licenses(ALICE, (AssignedLicense(E3),))

        alice = await directory.people.active(ALICE)
        assert alice is not None
        assert alice.licenses == (AssignedLicense(E3),)
        assert (await directory.tenant.skus())[0].free_seats == SKUS[0].free_seats

    @pytest.mark.parametrize(
        ("user_id", "wanted", "status", "words"),
        [
            (CARLA, AssignedLicense(FULL), 400, "does not have any available licenses."),
            (IDA, AssignedLicense(E3), 400, "invalid usage location"),
            (CARLA, AssignedLicense(NOBODY), 400, "does not correspond to a valid company License"),
            (CARLA, AssignedLicense(COMPANY), 400, "cannot be assigned to a user"),
            (CARLA, AssignedLicense(E3, (NOBODY,)), 400, "does not belong to the subscription"),
            (BOB, AssignedLicense(E3), 404, "does not exist"),
            (NOBODY, AssignedLicense(E3), 404, "does not exist"),
        ],
    )
    async def test_refusals_in_graphs_words(
        self, directory: Directories, user_id: str, wanted: AssignedLicense, status: int, words: str
    ) -> None:
        """Each refusal is definitive and carries what tells it apart."""
        with pytest.raises(AnsweredError) as refused:
            await directory.effects.assign_licenses(user_id, (wanted,))

        assert refused.value.status == status
        assert words in refused.value.message
        assert refused.value.code.startswith("Request_")


def _sorted(person: Person | None) -> Person | None:
    """The person with its plans in one order, without those that are gone: no promise of Graph."""
    if person is None:
        return None
    kept = (plan for plan in person.plans if plan.status != "Deleted")
    return replace(person, plans=tuple(sorted(kept, key=str)))
