"""Refuse a change that another site's page may have sent in the name of whoever is signed in.

Why a header: a page of another site can make a browser send a form with the session's cookie, but
no header of its own; that takes a permission (CORS) that this service never gives.
Source: OWASP, "Cross-Site Request Forgery Prevention", Custom Request Headers.
"""

from collections.abc import Mapping
from typing import Final

from shared.errors import CrossSiteError

OWN_PAGE: Final = ("x-requested-with", "reprieve")

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# A key in the address (`code`) is no such sign: another site can write an address.
_CREDENTIALS = frozenset({"authorization", "x-functions-key"})


def demand_same_site(method: str, headers: Mapping[str, str]) -> None:
    """Let a call pass that reads, has credentials of its own, or was sent by this site's page.

    Raises: CrossSiteError.
    """
    given = {name.lower(): value for name, value in headers.items() if value}
    if method.upper() in _READING or "cookie" not in given or _CREDENTIALS & given.keys():
        return
    name, value = OWN_PAGE
    if given.get(name, "").strip().lower() != value:
        raise CrossSiteError
