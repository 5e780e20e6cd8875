"""Make access tokens shaped like Entra's: unsigned JWTs for a given identity."""

import base64
import binascii
import json
import uuid
from datetime import timedelta

from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import StandInClock
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import GraphError, Json

GRAPH_AUDIENCES = frozenset({"https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"})
_APP = "11111111-0000-4000-8000-000000000001"
_APP_NAME = "stand-in identity"


def issue(
    resource: str, client_id: str | None, tenant: Tenant, clock: StandInClock, switches: Switches
) -> Json:
    """Answer what a managed-identity endpoint answers: a token and when it ends (epoch s).

    Raises GraphError (400) for a client id that the tenant has no identity of. Its words: the
    end-to-end tests of MSAL for .NET and for Java.
    """
    now = clock.real_now()
    ends = now + timedelta(seconds=switches.token_lifetime_seconds)
    identity = _identity(tenant, client_id)
    claims = {
        "aud": resource.rstrip("/").removesuffix("/.default"),
        "iss": f"https://sts.windows.net/{tenant.id}/",
        "iat": int(now.timestamp()),
        "nbf": int(now.timestamp()),
        "exp": int(ends.timestamp()),
        "idp": f"https://sts.windows.net/{tenant.id}/",
        "idtyp": "app",
        "roles": switches.token_roles,
        "tid": tenant.id,
        "ver": "1.0",
        **identity,
    }
    head = _part({"typ": "JWT", "alg": "none", "kid": "stand-in"})
    return {
        "access_token": f"{head}.{_part(claims)}.not-signed",
        "expires_on": str(claims["exp"]),
        "resource": resource,
        "token_type": "Bearer",
        "client_id": claims["appid"],
    }


def check(header: str, own_origin: str, clock: StandInClock) -> frozenset[str]:
    """Answer the roles a token carries; raises GraphError (401) for a missing or bad one."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise unauthorised("Access token is empty.")
    claims = _claims(token.strip())
    if claims.get("exp", 0) <= clock.real_now().timestamp():
        raise unauthorised("Lifetime validation failed, the token is expired.")
    if claims.get("aud") not in GRAPH_AUDIENCES | {own_origin}:
        raise unauthorised("Access token validation failure. Invalid audience.")
    return frozenset(claims.get("roles") or ())


def unauthorised(message: str) -> GraphError:
    """Answer Graph's 401."""
    headers = {"WWW-Authenticate": 'Bearer realm="", authorization_uri="https://login.example"'}
    return GraphError(401, "InvalidAuthenticationToken", message, headers=headers)


def _identity(tenant: Tenant, client_id: str | None) -> Json:
    """Answer the claims that say who the application is; clients read its name and object id.

    Source: CLI for Microsoft 365, which takes no token without app_displayname and oid.
    """
    known = [one for one in tenant.identities or [] if one["clientId"] == client_id]
    if client_id and tenant.identities is not None and not known:
        raise GraphError(
            400,
            "BadRequest",
            "No User Assigned or Delegated Managed Identity found for specified "
            "ClientId/ResourceId/PrincipalId.",
        )
    found = known[0] if known else {}
    app_id = client_id or _APP
    principal = found.get("principalId") or str(uuid.uuid5(uuid.NAMESPACE_OID, app_id))
    return {
        "appid": app_id,
        "app_displayname": found.get("displayName") or _APP_NAME,
        "oid": principal,
        "sub": principal,
    }


def _part(content: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def _claims(token: str) -> Json:
    try:
        _, payload, _ = token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, binascii.Error) as error:
        raise unauthorised("CompactToken parsing failed with error code: 80049217") from error
    if not isinstance(claims, dict):
        raise unauthorised("CompactToken parsing failed with error code: 80049217")
    return claims
