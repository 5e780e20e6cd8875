"""The rows about users: who is meant, the window of a deletion, conflicts, protection."""

from dataclasses import replace

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.decision import Case
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense
from shared.domain.snapshot import Nobody, Policy, Several, Snapshot
from tests.builders import ENTERPRISEPACK_ID, a_person
from tests.unit.domain.table import (
    ADDRESS_TAKEN,
    CLOSED,
    CLOSING,
    DAY,
    DELETED,
    LOST_2_DAYS_AGO,
    NAMED_E3,
    RESTORE,
    SHARED,
    TICK,
    UNLICENSED,
    UPN_TAKEN,
    USER,
    Row,
    ask,
    deleted,
    deleted_for,
    seen,
    unlicensed,
)

ADMIN = AdminRoles(("Global Administrator",))
KINDS = ("user", "mailbox")
UNLISTED = AssignedLicense("gone")
NO_MAIL = replace(SHARED, mail=None)
SYNCED = replace(DELETED, synced=True)
NEW_NAME = {"on_upn_conflict": "rename", "new_user_principal_name": "Megan2@contoso.com"}
NEW_NAME_TAKEN = replace(UPN_TAKEN, value="megan2@contoso.com")

WHO = [
    Row("nobody", Snapshot(Nobody()), ask(), Code.USER_NOT_FOUND),
    Row("seen before, gone now", Snapshot(Nobody(was_seen=True)), ask(), Code.USER_PURGED),
    Row("two of one name", Snapshot(Several((DELETED, SHARED))), ask(), Code.AMBIGUOUS_USER),
    *(
        Row(f"active, {kind}", seen(a_person()), ask(kind), Code.ALREADY_ACTIVE, case=Case.ACTIVE)
        for kind in (*KINDS, "license")
    ),
    Row(
        "active, the named licence is there",
        seen(a_person()),
        ask("license", license=NAMED_E3),
        Code.ALREADY_ACTIVE,
        case=Case.ACTIVE,
    ),
    Row(
        "active without a licence, user",
        seen(UNLICENSED),
        ask("user"),
        Code.ALREADY_ACTIVE,
        case=Case.LICENSE_REMOVED,
    ),
    Row(
        "deleted, licence asked",
        seen(DELETED),
        ask("license"),
        Code.USER_IS_DELETED,
        case=Case.DELETED_USER,
    ),
]

DELETIONS = [
    *(deleted(f"deleted, {kind}", seen(DELETED), ask(kind)) for kind in KINDS),
    deleted(
        "nothing to verify by setting",
        seen(DELETED),
        ask(),
        plan=(RESTORE, USER),
        policy=Policy(verify_mailbox=False),
        warnings=("mailbox-not-verified",),
    ),
    deleted(
        "nothing to verify by setting, and never a mailbox to look for",
        seen(NO_MAIL),
        ask("user"),
        plan=(RESTORE, USER),
        policy=Policy(verify_mailbox=False),
    ),
    *(deleted(f"shared mailbox, {kind}", seen(SHARED), ask(kind)) for kind in KINDS),
    deleted(
        "shared mailbox, default SKU set",
        seen(SHARED),
        ask(),
        policy=Policy(default_sku_ids=(ENTERPRISEPACK_ID,)),
    ),
    deleted("never had a mailbox", seen(NO_MAIL), ask("user"), plan=(RESTORE, USER)),
    deleted(
        "a licence that the tenant has no more, on a shared mailbox: it needs none",
        seen(replace(SHARED, licenses=(UNLISTED,)), mailbox_purpose="shared"),
        ask(),
        warnings=("license-left-out",),
    ),
    deleted(
        "a licence that the tenant has no more, on a guest, who has no mailbox here",
        seen(replace(SHARED, licenses=(UNLISTED,), user_type="Guest")),
        ask(),
        plan=(RESTORE, USER),
        warnings=("license-left-out",),
    ),
    deleted(
        "a licence that the tenant has no more, beside one that brings the mailbox back",
        seen(replace(DELETED, licenses=(*DELETED.licenses, UNLISTED))),
        ask(),
        warnings=("license-left-out",),
    ),
    deleted("no mail address, and the mailbox is asked for: it is looked at", seen(NO_MAIL), ask()),
    unlicensed(
        "no mail address, and a licence that gives a mailbox: it is looked at",
        seen(replace(UNLICENSED, mail=None), audit=LOST_2_DAYS_AGO),
        ask("license", license=NAMED_E3),
    ),
    deleted("closing", seen(deleted_for(28 * DAY)), ask(), verdict=CLOSING),
    deleted("one tick before the end", seen(deleted_for(30 * DAY - TICK)), ask(), verdict=CLOSING),
    deleted("at the end", seen(deleted_for(30 * DAY)), ask(), Code.WINDOW_CLOSED, verdict=CLOSED),
    deleted(
        "still listed after the end, whatever the caller accepts",
        seen(deleted_for(33 * DAY)),
        ask("user", accept_unknown_window=True),
        Code.WINDOW_CLOSED,
        verdict=CLOSED,
    ),
]

CLASHES = [
    deleted("name taken", seen(DELETED, conflicts=(UPN_TAKEN,)), ask(), Code.UPN_CONFLICT),
    deleted("name taken, renamed", seen(DELETED, conflicts=(UPN_TAKEN,)), ask(**NEW_NAME)),
    deleted(
        "the new name is taken, too",
        seen(DELETED, conflicts=(UPN_TAKEN, NEW_NAME_TAKEN)),
        ask(**NEW_NAME),
        Code.UPN_CONFLICT,
    ),
    deleted(
        "address taken", seen(DELETED, conflicts=(ADDRESS_TAKEN,)), ask(), Code.ADDRESS_CONFLICT
    ),
    deleted(
        "address taken, dropped",
        seen(DELETED, conflicts=(ADDRESS_TAKEN,)),
        ask(on_address_conflict="drop"),
        warnings=("addresses-dropped",),
    ),
    deleted(
        "Graph will not say what is taken",
        seen(DELETED, conflicts=None),
        ask(),
        warnings=("conflicts-not-checked",),
    ),
]

PROTECTION = [
    deleted("synchronised", seen(SYNCED), ask(), Code.SYNCED),
    deleted("synchronised, allowed", seen(SYNCED), ask(allow_synced=True), warnings=("next-sync",)),
    unlicensed(
        "synchronised and active: a licence is the cloud's own",
        seen(replace(UNLICENSED, synced=True), audit=LOST_2_DAYS_AGO),
        ask("license", license=NAMED_E3),
        warnings=("mailbox-may-be-on-premises",),
    ),
    unlicensed(
        "synchronised and active, its mailbox was seen in the cloud",
        seen(replace(UNLICENSED, synced=True), audit=LOST_2_DAYS_AGO, was_mailbox_seen=True),
        ask("license", license=NAMED_E3),
    ),
    deleted("an admin", seen(DELETED, roles=ADMIN), ask(), Code.PRIVILEGED_USER),
    deleted(
        "an admin, not protected",
        seen(DELETED, roles=ADMIN),
        ask(),
        policy=Policy(protect_privileged=False),
    ),
    deleted(
        "Graph will not say which roles",
        seen(DELETED, roles=AdminRoles(not_looked=frozenset({RoleSource.ACTIVE}))),
        ask(),
        warnings=("roles-not-checked",),
    ),
    Row(
        "an active admin's licence",
        seen(a_person(deleted_at=None), roles=ADMIN),
        ask("license"),
        Code.ALREADY_ACTIVE,
        case=Case.ACTIVE,
    ),
]

USER_ROWS = [*WHO, *DELETIONS, *CLASHES, *PROTECTION]
