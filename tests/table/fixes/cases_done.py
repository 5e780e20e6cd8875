"""The endings of restores that came through: what their fixes name is for people to see."""

from shared.domain.requests.request import RestoreKind
from tests.builders import USER_ID
from tests.table.fixes import changes as its
from tests.table.fixes.engine import Case, Change

_SEEN = "it is done, and people look whether it is what they wanted"


def _done(key: str, begin: Change, **asks: object) -> Case:
    return Case(key, begin, asks, hand=_SEEN)


DONE = (
    _done("mailbox-restored", its.lost()),
    _done("mailbox-restored/with-user", its.deleted()),
    _done(
        "mailbox-restored/shared",
        its.both(its.deleted(), its.on("purposes", {USER_ID: "shared"})),
    ),
    _done("user-restored", its.deleted(), kind=RestoreKind.USER),
    _done(
        "user-restored/shared",
        its.both(
            its.deleted(licenses=(), license_states=(), plans=()),
            its.on("purposes", {USER_ID: "shared"}),
        ),
        kind=RestoreKind.USER,
    ),
    _done(
        "user-restored/without-mailbox",
        its.deleted(
            user_principal_name="x#EXT#@contoso.com", licenses=(), license_states=(), plans=()
        ),
        user="x#EXT#@contoso.com",
    ),
    _done("license-restored", its.lost(), kind=RestoreKind.LICENSE),
    _done("license-restored/still-there", its.both(its.lost(), its.answers_as("user"))),
)
