"""Describe what the registration needs for people to sign in to the desk, without a secret.

The platform signs people in by the hybrid flow: it is sent an ID token and a code, and proves with
a token of the login's identity that it may redeem the code.

Source: Microsoft Learn, "Configure your App Service or Azure Functions app to use Microsoft Entra
sign-in"; "Configure an application to trust a managed identity".
"""

import re
from dataclasses import dataclass
from typing import Any

from infra.graph.az import Json, az

NAME = "reprieve-desk"

# What the platform asks for by default where it signs somebody in. Source: Microsoft Learn,
# "Connect an App Service app to SQL Database on behalf of the signed-in user", requested scopes.
SCOPES = ("openid", "profile", "email")
_AUDIENCE = "api://AzureADTokenExchange"
_ADDRESS = re.compile(r"https://[a-z0-9.-]+(:\d+)?")


def is_address(text: str) -> bool:
    """Whether this is the address of an app, without a path."""
    return _ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True)
class DeskLogin:
    """The address of the app, and the object id of the identity that proves its logins."""

    url: str
    identity: str

    def change(self, app: Json) -> dict[str, Any]:
        """What is missing of the registration; addresses of other deployments stay."""
        web = app.get("web") or {}
        uris, granted = web.get("redirectUris") or [], web.get("implicitGrantSettings") or {}
        address = f"{self.url}/.auth/login/aad/callback"
        if address in uris and granted.get("enableIdTokenIssuance"):
            return {}
        kept = [uri for uri in uris if uri != address]
        settings = granted | {"enableIdTokenIssuance": True}
        return {"web": {"redirectUris": [*kept, address], "implicitGrantSettings": settings}}

    def proof(self) -> dict[str, Any]:
        """The credential of the identity, as Graph takes it. Raises: AzError."""
        login = az("cloud", "show", "--query", "endpoints.activeDirectory", "-o", "tsv")
        tenant = az("account", "show", "--query", "tenantId", "-o", "tsv")
        return {
            "name": f"{NAME}-{self.identity}",
            "issuer": f"{login.strip().rstrip('/')}/{tenant.strip()}/v2.0",
            "subject": self.identity,
            "audiences": [_AUDIENCE],
        }


def of_others(credentials: list[Json]) -> list[str]:
    """The names of federated credentials that this command did not make."""
    return [
        str(it.get("name"))
        for it in credentials
        if not str(it.get("name")).startswith(NAME) or it.get("audiences") != [_AUDIENCE]
    ]
