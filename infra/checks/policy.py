"""Check the properties that keep the deployment safe and must never change unnoticed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from infra.checks.tree import Node, Template

# (file, resource or variable) -> path -> value, held whatever a scanner thinks of it.
_ACCOUNT: Mapping[str, object] = {
    "properties.allowSharedKeyAccess": False,
    "properties.allowBlobPublicAccess": False,
    "properties.allowCrossTenantReplication": False,
    "properties.defaultToOAuthAuthentication": True,
    "properties.minimumTlsVersion": "TLS1_2",
    "properties.supportsHttpsTrafficOnly": True,
}
HELD: Mapping[tuple[str, str], Mapping[str, object]] = {
    ("app/storage.bicep", "account"): _ACCOUNT,
    ("app/storage.bicep", "blobService"): {
        "properties.deleteRetentionPolicy.enabled": True,
        "properties.containerDeleteRetentionPolicy.enabled": True,
    },
    ("app/package.bicep", "account"): _ACCOUNT,
    # Whoever replaced a package shall be seen to have done it.
    ("app/package.bicep", "blobService"): {
        "properties.isVersioningEnabled": True,
        "properties.deleteRetentionPolicy.enabled": True,
        "properties.containerDeleteRetentionPolicy.enabled": True,
    },
    ("app/monitoring.bicep", "logs"): {"properties.features.disableLocalAuth": True},
    ("app/monitoring.bicep", "insights"): {"properties.DisableLocalAuth": True},
    ("app/network.bicep", "endpointSubnet"): {
        "properties.privateEndpointNetworkPolicies": "NetworkSecurityGroupEnabled",
        "properties.defaultOutboundAccess": False,
    },
    ("app/alerts.bicep", "alerts"): {"properties.skipQueryValidation": True},
    ("app/function.bicep", "app"): {
        "kind": "functionapp,linux",
        "identity.type": "UserAssigned",
        "properties.httpsOnly": True,
        "properties.keyVaultReferenceIdentity": "identityId",
        "properties.siteConfig.minTlsVersion": "1.2",
        "properties.siteConfig.scmMinTlsVersion": "1.2",
    },
    ("app/function.bicep", "functionAppConfig"): {
        "runtime.name": "python",
        "runtime.version": "3.13",
        "deployment.storage.authentication.type": "UserAssignedIdentity",
        # Not the identity that holds the permissions for Microsoft Graph.
        "deployment.storage.authentication.userAssignedIdentityResourceId": "packageIdentityId",
    },
    ("app/function.bicep", "settings"): {
        "AzureWebJobsStorage__credential": "managedidentity",
        "AzureWebJobsStorage__accountName": "storageName",
        "AUTH_MODE": "authMode",
    },
    ("app/function.bicep", "plan"): {"sku.name": "FC1", "properties.reserved": True},
    ("app/function.bicep", "auth"): {
        "properties.platform.enabled": True,
        "properties.globalValidation.requireAuthentication": True,
        "properties.globalValidation.unauthenticatedClientAction": "Return401",
        "properties.httpSettings.requireHttps": True,
        "properties.login.tokenStore.enabled": False,
    },
    ("app/function.bicep", "ftp"): {"properties.allow": False},
    ("app/function.bicep", "scm"): {"properties.allow": False},
    ("graph/api.bicep", "principal"): {"appRoleAssignmentRequired": True},
    ("graph/api.bicep", "proof"): {
        "subject": "loginIdentityPrincipalId",
        "audiences": ["api://AzureADTokenExchange"],
    },
    **{
        ("graph/api.bicep", symbol): {
            "signInAudience": "AzureADMyOrg",
            "api.requestedAccessTokenVersion": 2,
            "api.oauth2PermissionScopes": "scopes",
            "appRoles": "roles",
        }
        for symbol in ("api", "addressedApi")
    },
}


def faults(templates: Sequence[Template]) -> Iterator[str]:
    """Properties that are not as they are to be held."""
    by_name = {template.name: template for template in templates}
    for (file, symbol), wanted in HELD.items():
        body = _body(by_name.get(file), symbol)
        if body is None:
            yield f"{file}: {symbol} is gone"
            continue
        for path, value in wanted.items():
            found = at(body, path)
            if found != value:
                yield f"{file}: {symbol}.{path} is {found!r}, not {value!r}"


def _body(template: Template | None, symbol: str) -> Node | None:
    """The body of a resource, or the value of a variable."""
    if template is None:
        return None
    resource = template.resources.get(symbol)
    return template.variables.get(symbol) if resource is None else body_of(resource)


def body_of(resource: Node) -> Node:
    """The body of a resource, which lies deeper in a condition or a loop."""
    config: Node = resource["config"]
    inner: Node = config.get("config", config)
    return inner


def at(node: Any, path: str) -> object:
    """What stands at a path of names; None where there is none."""
    for name in path.split("."):
        node = node.get(name) if isinstance(node, dict) else None
    return node
