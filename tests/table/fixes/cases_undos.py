"""The endings of undos, which administrators ask for."""

from dataclasses import replace

from shared.domain.person import AssignedLicense
from shared.domain.requests.request import RestoreKind
from shared.errors import NotSentError, OutcomeUnknownError
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, NOW, UPN, because
from tests.fakes import refusals
from tests.table.fixes import changes as its
from tests.table.fixes import undoing as undo
from tests.table.fixes.engine import Case, Ending, Way
from tests.unit.world.people import DAY

_ADMIN = ("admin",)
_BACK = "mailbox-restored"
_OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
_LOST = OutcomeUnknownError(because("lost"))
_DENIED = its.fails("delete_user", refusals.denied())
_ANSWER_LOST = its.fails("delete_user", _LOST)
_BY_HAND = Way("do it by hand in the Microsoft 365 admin centre", _BACK, its.deleted_now)
"""Done, the user is deleted, as it was meant: the service finds it so."""


def _case(key: str, ending: Ending, *ways: Way, field: str = "fix", **more: object) -> Case:
    told = {field: ways} if ways else {}
    return Case(key, its.deleted(), {}, told, _ADMIN, ending, **more)  # type: ignore[arg-type]


UNDOS = (
    _case("undone", undo.undone(), hand="it is done"),
    Case(
        "undone/by-hand",
        its.both(
            its.deleted(mail=its.ALIAS, proxy_addresses=()), its.other(user_principal_name=UPN)
        ),
        {"on_upn_conflict": "rename", "new_user_principal_name": "megan.b@contoso.com"},
        callers=_ADMIN,
        ending=undo.undone(),
        hand="Graph cannot put a name back",
    ),
    _case("undo-refused", undo.undone(undo.signed_in), _BY_HAND),
    _case("undo-refused/license", undo.undone(undo.given), _BY_HAND),
    _case(
        "undo-refused/roles",
        undo.undone(undo.made_admin),
        replace(_BY_HAND, change=its.both(its.on("roles", {}), its.deleted_now)),
    ),
    _case("undo-refused/forgotten", undo.forgotten, _BY_HAND),
    _case(
        "undo-refused/unreadable",
        undo.unreadable,
        Way("then retry this undo", "undone", undo.readable_again, retries=True),
        replace(_BY_HAND, change=its.both(undo.readable_again, its.deleted_now)),
        field="fix_admin",
    ),
    Case(
        "undo-refused/plans",
        its.both(its.active(licenses=(_OFF,), plans=()), its.seen_with(lost_at=NOW - 2 * DAY)),
        {"kind": RestoreKind.LICENSE, "license": its.NAMED},
        {"fix": (Way("switch them in the Microsoft 365 admin centre", "already-active"),)},
        _ADMIN,
        undo.undone(undo.switched),
    ),
    _case(
        "undo-refused/restore",
        undo.undone_after_another,
        Way("take that one back", "undone", undoes_other=True),
    ),
    _case(
        "undo-refused/doubt",
        undo.undone(its.fails("delete_user", _LOST), undo.put_back),
        Way("retry this undo", "undone", retries=True),
        field="fix_admin",
    ),
    _case("undo-refused/gone", undo.undone(its.deleted_now), hand="it is as it was to be"),
    Case(
        "undo-refused/half",
        its.both(its.deleted(licenses=(), license_states=(), plans=()), its.seen_with()),
        {"license": its.NAMED},
        {
            "fix": (
                Way("delete it there", _BACK, its.deleted_now),
                Way("give it its licence back", "already-active", its.active()),
            )
        },
        _ADMIN,
        undo.undone(its.fails("delete_user", NotSentError(because("429"))), undo.signed_in),
    ),
    _case(
        "permission-missing/undo",
        undo.undone(_DENIED),
        Way("Then retry the undo", "undone", retries=True),
        field="fix_admin",
    ),
    _case(
        "gave-up/undo",
        undo.undone(its.fails("delete_user", NotSentError(because("500"))), its.passes(31 * DAY)),
        Way("then retry the undo", "undone", retries=True),
        field="fix_admin",
    ),
)
"""Nobody else can ask for one."""
