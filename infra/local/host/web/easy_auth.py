"""Imitate the platform's sign-in: the addresses under /.auth, and the session cookie.

Everybody is let in as whom they choose to be. The header that names a caller is taken as it comes,
so that a program can be anybody; in Azure the platform takes it away, and writes its own.
Source: learn.microsoft.com, "Customize sign-in and sign-out in Azure App Service authentication"
and "Work with user identities in Azure App Service authentication".
"""

import base64
import html
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

_COOKIE: Final = "AppServiceAuthSession"
_PRINCIPAL: Final = "X-MS-CLIENT-PRINCIPAL"
_LOGIN: Final = "/.auth/login/aad"
_LOGOUT: Final = "/.auth/logout"

# A page of elsewhere that has taken a name of its own for this address comes by that name.
_HERE: Final = frozenset({"127.0.0.1", "localhost"})

# A browser says with every request what it is for; other programs do not.
# Source: W3C, "Fetch Metadata Request Headers".
_OF_BROWSERS: Final = "Sec-Fetch-Mode"

_READ, _REQUEST, _OVERRIDE = "Restore.Read", "Restore.Request", "Restore.Override"
_APPROVE, _ADMIN = "Restore.Approve", "Restore.Admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in, with the roles they have."""

    id: str
    name: str
    does: str
    roles: tuple[str, ...]

    @property
    def claims(self) -> list[dict[str, str]]:
        """The claims of their token, as the platform hands them on."""
        own = {"oid": self.id, "name": self.name, "preferred_username": self.user_name}
        mine = [{"typ": kind, "val": value} for kind, value in own.items()]
        return [*mine, *({"typ": "roles", "val": role} for role in self.roles)]

    @property
    def header(self) -> str:
        """The value of the header by which the platform names them to the app."""
        told = {"auth_typ": "aad", "claims": self.claims}
        return base64.b64encode(json.dumps(told).encode()).decode()

    @property
    def user_name(self) -> str:
        """Their user principal name."""
        return f"{self.name.replace(' ', '.').lower()}@contoso.example"


def _person(number: int, name: str, does: str, *roles: str) -> Person:
    return Person(f"11111111-2222-4333-8444-0000000000{number:02}", name, does, roles)


PEOPLE: Final = (
    _person(1, "Ada Linden", "may do everything", _READ, _REQUEST, _OVERRIDE, _APPROVE, _ADMIN),
    _person(2, "Dirk Wacht", "is on duty: brings people back", _READ, _REQUEST),
    _person(3, "Olga Ruiter", "is on duty, and may override", _READ, _REQUEST, _OVERRIDE),
    _person(4, "Pia Goed", "approves", _READ, _APPROVE),
    _person(5, "Ron Lees", "audits: reads everything, changes nothing", _READ),
    _person(6, "Hugo Balie", "at the helpdesk: asks, and sees only their own", _REQUEST),
    _person(7, "Nemo Niets", "has no role"),
    _person(8, "Petra Ja", "approves, and does nothing else", _APPROVE),
    _person(9, "Bas Beheer", "administers, and reads only what is their own", _ADMIN),
)


@dataclass(slots=True)
class EasyAuth:
    """The platform in front of the app; `caller` is whoever calls unnamed, from no browser."""

    caller: Person | None = None
    _sessions: dict[str, Person] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """List the routes for the application."""
        return [
            web.get(_LOGIN, self.sign_in),
            web.get(_LOGOUT, self.sign_out),
            web.get("/.auth/me", self.me),
        ]

    def headers(self, request: web.Request) -> Iterable[tuple[str, str]]:
        """Give the headers that the app sees: those of the request, and who it comes from."""
        person = self._who(request)
        if person is None:
            return request.headers.items()
        others = ((name, it) for name, it in request.headers.items() if name.lower() != _LOWER)
        return [*others, (_PRINCIPAL, person.header)]

    async def sign_in(self, request: web.Request) -> web.Response:
        """Ask who somebody is, or begin their session and send them back."""
        back = _local(request.query.get("post_login_redirect_uri", "/"))
        chosen = request.query.get("as")
        person = next((it for it in PEOPLE if it.id == chosen), None)
        if person is None:
            return web.Response(text=_page(back, PEOPLE), content_type="text/html")
        token = secrets.token_urlsafe()
        self._sessions[token] = person
        answer = web.Response(status=302, headers={"Location": back})
        answer.set_cookie(_COOKIE, token, path="/", httponly=True, samesite="Lax")
        return answer

    async def sign_out(self, request: web.Request) -> web.Response:
        """End the session and send them back."""
        self._sessions.pop(request.cookies.get(_COOKIE, ""), None)
        back = _local(request.query.get("post_logout_redirect_uri", "/"))
        answer = web.Response(status=302, headers={"Location": back})
        answer.del_cookie(_COOKIE, path="/")
        return answer

    async def me(self, request: web.Request) -> web.Response:
        """Tell the claims of whoever is signed in."""
        person = self._sessions.get(request.cookies.get(_COOKIE, ""))
        if person is None:
            return web.Response(status=401)
        told = {
            "provider_name": "aad",
            "user_id": person.user_name,
            "user_claims": person.claims,
        }
        return web.json_response([told])

    def _who(self, request: web.Request) -> Person | None:
        session = self._sessions.get(request.cookies.get(_COOKIE, ""))
        says_who = _PRINCIPAL in request.headers
        is_page = _OF_BROWSERS in request.headers or request.url.host not in _HERE
        return session if session is not None or says_who or is_page else self.caller


_LOWER: Final = _PRINCIPAL.lower()


def _local(address: str) -> str:
    """The address to go back to, which is one of this app."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours else "/"


def _page(back: str, people: Sequence[Person]) -> str:
    rows = "\n".join(
        f'<li><a href="{_LOGIN}?as={person.id}&amp;post_login_redirect_uri={html.escape(back)}">'
        f"{html.escape(person.name)}</a> {html.escape(person.does)}"
        f"<br><small>{html.escape(', '.join(person.roles)) or '&ndash;'}</small></li>"
        for person in people
    )
    return _PAGE.replace("@people@", rows)


_PAGE: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sign in (made up)</title><link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem }
li { margin: 0 0 1rem } a { font-weight: 600 }
</style>
<main><h1>Who are you?</h1>
<p>On this machine nobody is asked for a password: in Azure, Microsoft's own sign-in is here.</p>
<ul>
@people@
</ul></main></html>
"""
