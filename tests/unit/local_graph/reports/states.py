"""Describe tenants as administrators reported them, in the form in which they are loaded."""

from typing import Any

E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
P1 = "4b9405b0-7788-4568-add1-99614e613b69"
ARCHIVE = "ee02fd1b-340e-4a4b-b355-4a514e4c8943"
MIGRATION = "946ce899-873d-44bb-9d8b-671870cbfdbf"
ID = "f1000000-0000-4000-8000-000000000001"
GROUP = "f9000000-0000-4000-8000-00000000000a"

LOST_E3 = {"lostLicenses": ["ENTERPRISEPACK"], "usageLocation": "NL"}
HAS_E3 = {"licenses": ["ENTERPRISEPACK"], "usageLocation": "NL"}


def user(name: str, /, **more: Any) -> dict[str, Any]:
    """Answer a user called so."""
    upn = f"{name}@contoso.example"
    return {"id": ID, "displayName": name.title(), "userPrincipalName": upn, **more}


def sku(sku_id: str, name: str, plan: tuple[str, str], /, **more: Any) -> dict[str, Any]:
    """Answer a SKU with one plan."""
    row = {"servicePlanId": plan[0], "servicePlanName": plan[1]}
    return {"skuId": sku_id, "skuPartNumber": name, "servicePlans": [row], **more}


PLAN_2 = ("efb87545-963c-4e0d-99df-69c6916d9eb0", "EXCHANGE_S_ENTERPRISE")
PLAN_1 = ("9aaf7827-d63c-4b61-89c3-182f06f82e5c", "EXCHANGE_S_STANDARD")
ADD_ON = ("176a09a6-7ec5-4039-ac02-b2791c6ba793", "EXCHANGE_S_ARCHIVE_ADDON")
E3_SKU = sku(E3, "ENTERPRISEPACK", PLAN_2)
P1_SKU = sku(P1, "EXCHANGESTANDARD", PLAN_1, enabled=10)
ARCHIVE_SKU = sku(ARCHIVE, "EXCHANGEARCHIVE_ADDON", ADD_ON)
