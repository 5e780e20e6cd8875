"""The endings of people who are not to come back, and of those who were lost anew."""

from tests.builders import UPN
from tests.table.fixes import changes as its
from tests.table.fixes.endings import lost_anew
from tests.table.fixes.engine import Case, Way

_BACK = "mailbox-restored"
_AGAIN = "send the request again, with a new idempotencyKey"
_RENAMED = {"on_upn_conflict": "rename", "new_user_principal_name": "megan.b@contoso.com"}
_ACCEPTS = Way("set acceptRehire: true", _BACK, asks={"accept_rehire": True})


def _somebody_accepts(says: str) -> Way:
    return Way(says, _BACK, asks={"accept_rehire": True}, by="override")


_OTHERS_ACCEPT = _somebody_accepts("send the request with acceptRehire: true")
_KEYS_ACCEPT = _somebody_accepts("takes the role Restore.Override")

PROTECTION = (
    Case(
        "rehire-blocked",
        its.both(
            its.deleted(employee_id="4711", mail=its.ALIAS, proxy_addresses=(f"SMTP:{its.ALIAS}",)),
            its.other(user_principal_name=UPN, employee_id="4712"),
        ),
        _RENAMED,
        {
            "fix": (_somebody_accepts("Restore.Override can do it with acceptRehire: true"),),
            "fix_override": (_ACCEPTS,),
            "fix_keys": (_KEYS_ACCEPT,),
        },
    ),
    Case(
        "rehire-blocked/marked",
        its.both(its.deleted(), its.marked),
        ways={
            "fix": (
                Way("Ask whoever set the mark to take it off", _BACK, its.unmarked),
                _OTHERS_ACCEPT,
            ),
            "fix_override": (_ACCEPTS,),
            "fix_keys": (Way("to take it off", _BACK, its.unmarked), _KEYS_ACCEPT),
        },
    ),
    Case(
        "rehire-blocked/member",
        its.both(its.deleted(), its.marked_by_group),
        ways={
            "fix": (Way("to take the person out", _BACK, its.unmarked), _OTHERS_ACCEPT),
            "fix_override": (_ACCEPTS,),
            "fix_keys": (Way("to take the person out", _BACK, its.unmarked), _KEYS_ACCEPT),
        },
    ),
    Case(
        "lost-again",
        its.deleted(),
        ways={"fix": (Way(_AGAIN, _BACK, its.forget_lag),)},
        ending=lost_anew(its.deleted_now),
    ),
    Case(
        "lost-again/license",
        its.lost(),
        ways={"fix": (Way(_AGAIN, _BACK, its.forget_lag),)},
        ending=lost_anew(its.unlicensed_now),
    ),
)
