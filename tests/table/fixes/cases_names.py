"""The endings about names and addresses that are taken, lost, or not to be given."""

from dataclasses import replace

from tests.builders import UPN, a_deleted_person
from tests.fakes import refusals
from tests.table.fixes import changes as its
from tests.table.fixes.callers import WITHOUT_OVERRIDE
from tests.table.fixes.engine import Case, Way

MADE_UP = "ExRemoved-0a1b2c@contoso.onmicrosoft.com"
# Whose name is not her address, so that the one can be taken without the other.
ELSEWHERE = its.deleted(mail=its.ALIAS, proxy_addresses=(f"SMTP:{its.ALIAS}",))
NAME_TAKEN = its.other(user_principal_name=UPN)
NAME_FREE = its.other()
ADDRESS_TAKEN = its.other(proxy_addresses=("SMTP:other@contoso.com", f"smtp:{its.ALIAS}"))
NEW_NAME = {"on_upn_conflict": "rename", "new_user_principal_name": "megan2@contoso.com"}
DROP = {"on_address_conflict": "drop"}
OLD_DOMAIN = "SMTP:megan@old.example"
VERIFIED = its.on("domains", frozenset({"contoso.com"}))
VERIFIED_AGAIN = its.on("domains", frozenset({"contoso.com", "old.example"}))
UNIQUE = "Uniqueness violation. Property: ProxyAddresses"
_RENAMES = (
    Way("Give the other one another name first", "mailbox-restored", NAME_FREE),
    Way('set onUpnConflict: "rename"', "mailbox-restored", asks=NEW_NAME),
)
_OTHERS_DROP = Way(
    "have somebody with the role Restore.Override send the request with onAddressConflict",
    "mailbox-restored",
    asks=DROP,
    by="override",
)
_I_DROP = Way('set onAddressConflict: "drop"', "mailbox-restored", asks=DROP)
_KEYS_DROP = Way(
    "without these addresses takes the role Restore.Override",
    "mailbox-restored",
    asks=DROP,
    by="override",
)
_TAKE_OFF = Way("Take the address off whoever has it", "mailbox-restored", its.other())
_DROPS = {
    "fix": (_TAKE_OFF, _OTHERS_DROP),
    "fix_override": (_TAKE_OFF, _I_DROP),
    "fix_keys": (_TAKE_OFF, _KEYS_DROP),
}
_VERIFY = Way("Add the domain to the tenant again", "mailbox-restored", VERIFIED_AGAIN)
_ANCHOR = Way("clear onPremisesImmutableId of the other one", "mailbox-restored", its.other())

NAMES = (
    Case("upn-conflict", its.both(ELSEWHERE, NAME_TAKEN), ways={"fix": _RENAMES}),
    Case(
        "upn-conflict/new-name",
        its.both(
            ELSEWHERE,
            NAME_TAKEN,
            its.put(
                replace(
                    its.OTHER,
                    id="33333333-2222-4333-8444-555555555555",
                    user_principal_name="megan2@contoso.com",
                )
            ),
        ),
        NEW_NAME,
        {
            "fix": (
                Way(
                    "Choose a newUserPrincipalName that is free",
                    "mailbox-restored",
                    asks={"new_user_principal_name": "megan3@contoso.com"},
                ),
            )
        },
    ),
    Case(
        "upn-conflict/refused",
        its.both(
            ELSEWHERE,
            NAME_TAKEN,
            its.on("tells_conflicts", False),  # noqa: FBT003 - a state
        ),
        ways={"fix": _RENAMES},
    ),
    Case(
        "upn-conflict/domain",
        its.both(
            its.deleted(user_principal_name="megan@old.example", proxy_addresses=()), VERIFIED
        ),
        {"user": "megan@old.example"},
        {"fix": (_VERIFY, _RENAMES[1])},
    ),
    Case(
        "upn-conflict/domain-refused",
        its.both(
            its.deleted(), its.fails("restore_user", refusals.bad_request(refusals.LOST_DOMAIN))
        ),
        ways={
            "fix": (
                Way("Add the domain to the tenant again", "mailbox-restored"),
                Way('set onUpnConflict: "rename"', "mailbox-restored", asks=NEW_NAME),
            )
        },
    ),
    Case("address-conflict", its.both(its.deleted(), ADDRESS_TAKEN), ways=_DROPS),
    Case(
        "address-conflict/refused",
        its.both(
            its.deleted(),
            ADDRESS_TAKEN,
            its.on("tells_conflicts", False),  # noqa: FBT003 - a state
        ),
        ways=_DROPS,
    ),
    Case(
        "address-conflict/domain",
        its.both(its.deleted(proxy_addresses=(f"SMTP:{UPN}", OLD_DOMAIN.lower())), VERIFIED),
        ways={
            "fix": (_VERIFY, _OTHERS_DROP),
            "fix_override": (_VERIFY, _I_DROP),
            "fix_keys": (_VERIFY, _KEYS_DROP),
        },
    ),
    Case(
        "address-conflict/not-dropped",
        its.both(
            its.deleted(),
            its.fails("restore_user", its.says(400, "Another object", "proxyAddresses")),
        ),
        DROP,
        {"fix": (Way("Take the address off whoever has it", "mailbox-restored"),)},
    ),
    Case(
        "address-conflict/assigning",
        its.both(its.lost(), ADDRESS_TAKEN, its.fails("assign_licenses", its.says(400, UNIQUE))),
        ways={"fix": (_TAKE_OFF,)},
    ),
    Case(
        "address-conflict/assigning-unseen",
        its.both(its.lost(), its.fails("assign_licenses", its.says(400, UNIQUE))),
        ways={"fix": (Way("and take them off", "mailbox-restored"),)},
    ),
    Case(
        "immutable-id-conflict/held",
        its.both(its.deleted(immutable_id="anchor"), its.other(immutable_id="anchor")),
        ways={"fix": (_ANCHOR,)},
    ),
    Case(
        "immutable-id-conflict",
        its.both(
            its.deleted(),
            its.fails("restore_user", its.says(400, "Another", "onPremisesImmutableId")),
        ),
        ways={"fix": (_ANCHOR,)},
    ),
    Case(
        "property-conflict",
        its.both(
            its.deleted(), its.fails("restore_user", its.says(400, "Another", "mailNickname"))
        ),
        ways={"fix": (Way("of the other one", "mailbox-restored"),)},
    ),
    Case(
        "new-name-needed",
        its.deleted(user_principal_name=MADE_UP, mail=None, proxy_addresses=()),
        {"user": a_deleted_person().id},
        {
            "fix": (
                Way(
                    'Set onUpnConflict: "rename" and newUserPrincipalName to the old main address',
                    "mailbox-restored",
                    asks={"on_upn_conflict": "rename", "new_user_principal_name": UPN},
                ),
            ),
        },
    ),
    Case(
        "new-name-not-allowed",
        its.deleted(),
        {"on_upn_conflict": "always", "new_user_principal_name": "other.name@contoso.com"},
        {
            "fix": (
                Way(
                    "Send the old main address as newUserPrincipalName",
                    "mailbox-restored",
                    asks={"new_user_principal_name": UPN},
                ),
                Way("have somebody with that role send", "mailbox-restored", by="override"),
            ),
            "fix_keys": (
                Way(
                    "Send the old main address as newUserPrincipalName",
                    "mailbox-restored",
                    asks={"new_user_principal_name": UPN},
                ),
                Way("takes the role Restore.Override", "mailbox-restored", by="override"),
            ),
        },
        callers=WITHOUT_OVERRIDE,
    ),
    Case(
        "new-name-not-allowed/domain",
        its.both(ELSEWHERE, NAME_TAKEN, VERIFIED),
        {"on_upn_conflict": "rename", "new_user_principal_name": "megan@new.example"},
        {"fix": (Way("on a verified domain", "mailbox-restored", asks=NEW_NAME),)},
    ),
    Case(
        "new-name-not-allowed/refused",
        its.both(ELSEWHERE, NAME_TAKEN, its.on("real_domains", {"contoso.com"})),
        {"on_upn_conflict": "rename", "new_user_principal_name": "megan@new.example"},
        {"fix": (Way("on a verified domain", "mailbox-restored", asks=NEW_NAME),)},
    ),
)
