"""Build the connector's apiProperties: how a connection signs in, and the gateway's policies.

The ids in capital letters are for whoever deploys it; the README says where to find them.
Source: PowerPlatformConnectors, `schemas/paconn-apiProperties.schema.json`; Microsoft Learn,
"Create a custom connector for a function app protected by Entra ID".
"""

from collections.abc import Mapping
from typing import Any, Final

from infra.connector.power_platform.swagger import swagger
from infra.connector.power_platform.triggers import ROUTE, TRIGGERS
from shared.intake.operations.model import Operation

type Json = dict[str, Any]

BRAND_COLOR: Final = "#0b5d5e"

_REDIRECT = "https://global.consent.azure-apim.net/redirect"
_TOKEN: Final[Json] = {
    "type": "oauthSetting",
    "oAuthSettings": {
        "identityProvider": "aad",
        "clientId": "CLIENT-ID-OF-THE-CONNECTOR",
        "scopes": [],
        # Demanded of new connectors since February 2024: an address of its own for each.
        # Source: PowerPlatformConnectors, discussion 3252.
        "redirectMode": "GlobalPerConnector",
        "redirectUrl": _REDIRECT,
        "properties": {
            "IsFirstParty": "False",
            "AzureActiveDirectoryResourceId": "CLIENT-ID-OF-THE-FUNCTION-APP",
            "IsOnbehalfofLoginSupported": True,
        },
        "customParameters": {
            "loginUri": {"value": "https://login.microsoftonline.com"},
            "tenantId": {"value": "TENANT-ID"},
            "resourceUri": {"value": "CLIENT-ID-OF-THE-FUNCTION-APP"},
            "enableOnbehalfOfLogin": {"value": "false"},
        },
    },
}


def properties(operations: Mapping[str, Operation]) -> Json:
    """The whole file."""
    return {
        "properties": {
            "connectionParameters": {"token": _TOKEN},
            "iconBrandColor": BRAND_COLOR,
            "capabilities": [],
            "policyTemplateInstances": [_route_triggers(), _lead_next_links(operations)],
            "publisher": "Reprieve",
            "stackOwner": "Reprieve",
        }
    }


def _route_triggers() -> Json:
    return {
        "templateId": "routerequesttoendpoint",
        "title": "Lead every trigger to the one route of subscriptions",
        "parameters": {
            "x-ms-apimTemplateParameter.newPath": ROUTE,
            "x-ms-apimTemplateParameter.httpMethod": "@Request.OriginalHTTPMethod",
            "x-ms-apimTemplate-operationName": [trigger.id for trigger in TRIGGERS],
        },
    }


def _lead_next_links(operations: Mapping[str, Operation]) -> Json:
    paths = swagger(operations)["paths"]
    paged = [
        operation["operationId"]
        for methods in paths.values()
        for operation in methods.values()
        if "x-ms-pageable" in operation
    ]
    return {
        "templateId": "updatenextlink",
        "title": "Lead the link to the next page through the gateway",
        "parameters": {
            "x-ms-apimTemplateParameter.nextLinkPropertyName": "nextLink",
            "x-ms-apimTemplate-operationName": paged,
        },
    }
