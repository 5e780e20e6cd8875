"""Tell which field was meant by a name that a request does not have."""

import difflib
from collections.abc import Mapping
from typing import Final

# What Graph, other tools and people call it, and the fields that may be meant: a request has one
# of each line, the first of them that it has.
_LINES: Final = (
    ("userprincipalname upn mail email userid userobjectid objectid person", ("user",)),
    ("username address emailaddress mailaddress mailbox account member", ("user",)),
    ("users people persons usernames upns mails emails addresses", ("restores", "user")),
    ("mailboxes accounts members recipients", ("restores", "user")),
    ("items", ("restores", "restoreids")),
    ("requests orders rows list value values batch", ("restores",)),
    ("id ids", ("restoreids",)),
    ("type restoretype case", ("kind", "kinds", "event")),
    ("startat starttime startdate start scheduledat scheduledfor runat when", ("notbefore",)),
    ("ticketnumber ticketid incident incidentid casenumber", ("ticket",)),
    ("url webhook webhookurl callback uri", ("callbackurl", "notificationurl")),
    ("comment note why justification", ("reason",)),
    ("skuid skuids", ("license", "skuids")),
    ("sku skupartnumber skupartnumbers", ("license", "skupartnumbers")),
    ("name names", ("skupartnumbers", "user")),
    ("product products partnumber partnumbers", ("skupartnumbers",)),
)
_MEANT: Final[Mapping[str, tuple[str, ...]]] = {
    other: fields for others, fields in _LINES for other in others.split()
}


def plain_name(name: str) -> str:
    """A name without what is written in many ways: case, and signs between its parts."""
    return name.lower().replace("_", "").replace("-", "")


def close_name(name: str, known: Mapping[str, str]) -> str | None:
    """The one of the known names, each by its plain form, that this plain name means."""
    meant = next((field for field in _MEANT.get(name, ()) if field in known), None)
    if name not in known and meant is not None:
        return known[meant]
    matches = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    return known[matches[0]] if matches else None
