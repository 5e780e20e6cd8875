"""The rows about names and addresses that are another's now."""

from dataclasses import replace

from tests.builders import UPN
from tests.table.row import (
    COMES_BACK,
    UNKNOWN,
    Expected,
    Json,
    Restoring,
    Row,
    ask,
    found,
    refused,
    row,
    under,
)
from tests.table.rows.deleted import MAILBOX_BACK, OPEN
from tests.table.rows.losses import NAMED
from tests.table.tenant import (
    ALEX,
    DELETED,
    MEGAN,
    OTHER,
    Fault,
    State,
    User,
)

ALIAS = "megan@contoso.com"
NEW_NAME = "megan2@contoso.com"
RENAME: Json = {"onUpnConflict": "rename", "newUserPrincipalName": NEW_NAME}
DROP: Json = {"onAddressConflict": "drop"}
NAMESAKE = User(ALEX, UPN, "Newcomer", None, (), licenses=(), mailbox=None)
HAS_ALIAS = replace(OTHER, aliases=(ALIAS,))
MOVED = replace(DELETED, mail="m.bowen@contoso.com")
"""A person whose mail address is not the name."""
NAME_TAKEN = (MOVED, NAMESAKE)
ADDRESS_TAKEN = (DELETED, HAS_ALIAS)
ALL_TAKEN = (MOVED, replace(NAMESAKE, aliases=(ALIAS,)))
WITHOUT_ALIAS = {"deleted": False, "addresses": (f"SMTP:{UPN}",), "content": "original"}
MOVED_WITHOUT_ALIAS = WITHOUT_ALIAS | {"addresses": ("SMTP:m.bowen@contoso.com",)}
NAME_KEPT = replace(
    MAILBOX_BACK,
    findings=found("warn new-name-not-used", info=COMES_BACK),
    warnings=("new-name-not-used",),
)
NOT_OURS, LOST_ALIAS = "megan@elsewhere.example", "megan@lost.example"
ELSEWHERE = ask(onUpnConflict="rename", newUserPrincipalName=NOT_OURS)
DOMAINS_NOT_TOLD: dict[str, object] = {"organizationWithUserRead": False}
MADE_UP = "ExRemoved-0a1b2c3d4e5f60718293a4b5c6d7e8f9@contoso.com"
RENAMED = replace(
    MAILBOX_BACK,
    sent=(Restoring(NEW_NAME),),
    findings=found("warn user-renamed", info=COMES_BACK),
    warnings=("user-renamed",),
    after={"deleted": False, "upn": NEW_NAME, "content": "original"},
)
DROPPED = replace(
    MAILBOX_BACK,
    sent=(Restoring(drop=True),),
    findings=found("warn addresses-dropped", info=COMES_BACK),
    warnings=("addresses-dropped",),
    notes=(ALIAS,),
    after=WITHOUT_ALIAS,
)
TAKEN = refused("upn-conflict", window=OPEN, info=COMES_BACK, says=(UPN, ALEX, "Newcomer"))


def said_no(code: str, *says: str, base: Expected = MAILBOX_BACK) -> Expected:
    """Not seen beforehand: sent once, and refused by Graph."""
    return replace(base, code=code, made=(0, 0), after={"deleted": True}, says=says)


CLASHES = [
    row("the name is another's now", NAME_TAKEN, ask(), TAKEN),
    row("the name is another's now, asked by id", NAME_TAKEN, ask(user=MEGAN), TAKEN),
    row(
        "the name is another's now, and a licence is asked for: it is theirs",
        NAME_TAKEN,
        ask("license", **NAMED),
        refused(
            "window-unknown",
            window=UNKNOWN,
            info=("license-chosen", "seats-free"),
            waits=("directory",),
        ),
    ),
    row("the name is another's now: rename", NAME_TAKEN, ask(**RENAME), RENAMED),
    row(
        "contacts may not be looked through",
        State((DELETED,), lacks=("OrgContact.Read.All",)),
        ask(),
        replace(MAILBOX_BACK, findings=found("warn conflicts-not-checked", info=COMES_BACK)),
    ),
    row("the name is free: no rename", DELETED, ask(**RENAME), NAME_KEPT),
    row(
        "the name is free, and another is asked for at all events, with the right to",
        DELETED,
        ask(**RENAME | {"onUpnConflict": "always"}),
        RENAMED,
    ),
    row(
        "the name is free, and the old primary address is asked for at all events",
        MOVED,
        ask(onUpnConflict="always", newUserPrincipalName="M.Bowen@contoso.com"),
        replace(
            MAILBOX_BACK,
            sent=(Restoring("M.Bowen@contoso.com"),),
            findings=found("warn user-renamed", info=COMES_BACK),
            warnings=("user-renamed",),
            after={"deleted": False, "upn": "M.Bowen@contoso.com", "content": "original"},
        ),
    ),
    row(
        "deleted in Exchange, the old address is known: it becomes the name",
        replace(MOVED, upn=MADE_UP),
        ask(user=MEGAN),
        replace(
            RENAMED,
            sent=(Restoring("m.bowen@contoso.com"),),
            findings=found("warn user-renamed", "warn removed-in-exchange", info=COMES_BACK),
            warnings=("removed-in-exchange",),
            after={"deleted": False, "upn": "m.bowen@contoso.com", "content": "original"},
        ),
    ),
    row(
        "deleted in Exchange, no old address is known",
        replace(DELETED, upn=MADE_UP, mail=None, aliases=()),
        ask(user=MEGAN),
        refused(
            "new-name-needed",
            "warn removed-in-exchange",
            window=OPEN,
            info=COMES_BACK,
            warnings=("removed-in-exchange",),
        ),
    ),
    row(
        "the new name is taken as well",
        (*NAME_TAKEN, replace(OTHER, id=ALEX[::-1].replace("5", "a"), upn=NEW_NAME)),
        ask(**RENAME),
        refused("upn-conflict", window=OPEN, info=COMES_BACK, says=(NEW_NAME,)),
    ),
    row(
        "the new name is on no domain of the tenant",
        NAME_TAKEN,
        ELSEWHERE,
        refused("new-name-not-allowed", window=OPEN, info=COMES_BACK, says=(NOT_OURS,)),
    ),
    row(
        "the new name is on no domain of the tenant, and its domains are not told",
        State(NAME_TAKEN, switches=DOMAINS_NOT_TOLD),
        ELSEWHERE,
        replace(
            said_no(
                "new-name-not-allowed",
                "domain portion",
                "verified domain",
                base=replace(RENAMED, warnings=()),
            ),
            sent=(Restoring(NOT_OURS),),
        ),
    ),
    row(
        "an address is another's now",
        ADDRESS_TAKEN,
        ask(),
        refused("address-conflict", window=OPEN, info=COMES_BACK, says=(ALIAS, ALEX, "Alex")),
    ),
    row("an address is another's now: drop", ADDRESS_TAKEN, ask(**DROP), DROPPED),
    row(
        "no address is another's: nothing is dropped",
        DELETED,
        ask(**DROP),
        replace(MAILBOX_BACK, sent=(Restoring(drop=True),)),
    ),
    row(
        "name and address are another's now",
        ALL_TAKEN,
        ask(),
        refused(
            "upn-conflict",
            "block address-conflict",
            window=OPEN,
            info=COMES_BACK,
            warnings=("address-conflict",),
        ),
    ),
    row(
        "name and address are another's now: rename and drop",
        ALL_TAKEN,
        ask(**RENAME, **DROP),
        replace(
            DROPPED,
            sent=(Restoring(NEW_NAME, drop=True),),
            after=MOVED_WITHOUT_ALIAS,
            findings=found("warn addresses-dropped", "warn user-renamed", info=COMES_BACK),
            warnings=("addresses-dropped", "user-renamed"),
        ),
    ),
    row(
        "Graph will not say what is taken, and nothing is",
        State((DELETED,), faults=(Fault("conflicts", 403, calls=()),)),
        ask(user=MEGAN),
        replace(
            MAILBOX_BACK,
            findings=found("warn conflicts-not-checked", info=COMES_BACK),
            warnings=("conflicts-not-checked",),
        ),
    ),
]

MUTE = State(NAME_TAKEN, faults=(Fault("conflicts", 403, calls=()),))
HIDDEN = State(ADDRESS_TAKEN, switches={"deletedKeepsAddresses": False})
UNSEEN = [
    # Somebody has the address as a name alone, which keeps it from everybody else as well.
    row(
        "the name is another's now and an address, too: rename",
        (DELETED, NAMESAKE),
        ask(**RENAME),
        refused(
            "address-conflict",
            "warn user-renamed",
            window=OPEN,
            info=COMES_BACK,
            says=(UPN, ALEX, "Newcomer"),
        ),
    ),
    row(
        "Graph will not say what is taken, and the name is",
        MUTE,
        ask(user=MEGAN),
        replace(
            said_no("upn-conflict", "userPrincipalName"),
            findings=found("warn conflicts-not-checked", info=COMES_BACK),
            warnings=("conflicts-not-checked",),
        ),
    ),
    row(
        "an address is taken that the bin does not show",
        HIDDEN,
        ask(),
        said_no("address-conflict", "proxyAddresses"),
    ),
    row(
        "Graph will not say what is taken, and an address is: drop",
        replace(MUTE, users=ADDRESS_TAKEN),
        ask(user=MEGAN, **DROP),
        replace(
            DROPPED,
            findings=found("warn conflicts-not-checked", info=COMES_BACK),
            warnings=("conflicts-not-checked", "addresses-dropped"),
        ),
    ),
    # Which addresses went cannot be told here: the bin did not show them, nor does Graph's answer.
    row(
        "an address is taken that the bin does not show: drop",
        HIDDEN,
        ask(**DROP),
        replace(MAILBOX_BACK, sent=(Restoring(drop=True),), after=WITHOUT_ALIAS),
    ),
]

LOST_DOMAIN = State((replace(DELETED, aliases=(LOST_ALIAS,)),))
DROPPED_BY_GRAPH: dict[str, object] = {"lostDomainAliasesDropped": True}
NOT_TOLD = replace(LOST_DOMAIN, switches=DOMAINS_NOT_TOLD | DROPPED_BY_GRAPH)
LOST_DOMAINS = [
    row(
        "an address on a domain that the tenant lost",
        LOST_DOMAIN,
        ask(),
        refused("address-conflict", window=OPEN, info=COMES_BACK, says=(LOST_ALIAS,)),
    ),
    row(
        "an address on a domain that the tenant lost: drop",
        replace(LOST_DOMAIN, switches=DROPPED_BY_GRAPH),
        ask(**DROP),
        replace(DROPPED, notes=(LOST_ALIAS,)),
    ),
    row(
        "an address on a domain that the tenant lost, which is not told: dropped by Graph",
        NOT_TOLD,
        ask(),
        replace(MAILBOX_BACK, after=WITHOUT_ALIAS, warnings=("addresses-dropped",)),
    ),
    row(
        "an address on a domain that the tenant lost, which is not told: refused by Graph",
        replace(NOT_TOLD, switches=DOMAINS_NOT_TOLD | {"lostDomainAliasesDropped": False}),
        ask(),
        said_no("address-conflict", "proxyAddresses is invalid"),
    ),
]

CONFLICT_ROWS: list[Row] = [*CLASHES, *UNSEEN]
CONFLICT_VARIANTS: list[Row] = [
    *LOST_DOMAINS,
    *under([*UNSEEN, *CLASHES[:4]], conflictStatus=(409,)),
    *under([CLASHES[0], CLASHES[3]], deletedKeepsAddresses=(False,)),
]
