"""List the service plans with a mailbox, and the service name that each plan has."""

from collections.abc import Iterable

# Plans that give a person a mailbox. Foundation, archive, analytics do not. The ids: Microsoft
# "Product names and service plan identifiers", as copied in CIPP-API, ConversionTable.csv. Which
# of them give a mailbox is not confirmed by a source.
MAILBOX_PLANS = frozenset(
    {
        "9aaf7827-d63c-4b61-89c3-182f06f82e5c",  # EXCHANGE_S_STANDARD (Plan 1)
        "efb87545-963c-4e0d-99df-69c6916d9eb0",  # EXCHANGE_S_ENTERPRISE (Plan 2)
        "4a82b400-a79f-41a4-b4e2-e94f5787b113",  # EXCHANGE_S_DESKLESS (Kiosk)
        "1126bef5-da20-4f07-b45e-ad25d2581aa8",  # EXCHANGE_S_ESSENTIALS
        "d42bdbd6-c335-4231-ab3d-c8f348d5aff5",  # EXCHANGE_L_STANDARD
        "90927877-dcff-4af6-b346-2332c0b15bb7",  # EXCHANGE_B_STANDARD (POP)
        "fc52cc4b-ed7d-472d-bbe7-b081c23ecc56",  # EXCHANGE_S_STANDARD_MIDMARKET
        "e9b4930a-925f-45e2-ac2a-3f7788ca6fdd",  # EXCHANGE_S_STANDARD_GOV
        "8c3069c0-ccdb-44be-ab77-986203a67df2",  # EXCHANGE_S_ENTERPRISE_GOV
        "88f4d7ef-a73b-4246-8047-516022144c9f",  # EXCHANGE_S_DESKLESS_GOV
    }
)

# Plans that give an archive beside it: the add-on, its form within a suite, and Plan 2 itself.
# Source: Microsoft "Exchange Online service description".
ARCHIVE_PLANS = frozenset(
    {
        "176a09a6-7ec5-4039-ac02-b2791c6ba793",  # EXCHANGE_S_ARCHIVE_ADDON
        "da040e0a-b393-4bea-bb76-928b3fa1cf5a",  # EXCHANGE_S_ARCHIVE
        "efb87545-963c-4e0d-99df-69c6916d9eb0",  # EXCHANGE_S_ENTERPRISE (Plan 2)
        "8c3069c0-ccdb-44be-ab77-986203a67df2",  # EXCHANGE_S_ENTERPRISE_GOV
    }
)
ARCHIVE_ADD_ONS = ARCHIVE_PLANS - MAILBOX_PLANS

_SERVICES = {
    "EXCHANGE": "exchange",
    "SHAREPOINT": "SharePoint",
    "TEAMS": "TeamspaceAPI",
    "FLOW": "ProcessSimple",
    "AAD": "AADPremiumService",
    "INTUNE": "SCO",
}


def carries_mailbox(plan_ids: Iterable[str]) -> bool:
    """Tell whether one of the plans gives a person a mailbox."""
    return not MAILBOX_PLANS.isdisjoint(plan_ids)


def carries_archive(plan_ids: Iterable[str]) -> bool:
    """Tell whether one of the plans gives an archive."""
    return not ARCHIVE_PLANS.isdisjoint(plan_ids)


def is_archive_add_on(plan_ids: Iterable[str]) -> bool:
    """Tell whether one of the plans is there for an archive alone."""
    return not ARCHIVE_ADD_ONS.isdisjoint(plan_ids)


def service_of(plan_name: str) -> str:
    """Answer the `service` that assignedPlans shows for a plan name."""
    upper = plan_name.upper()
    for token, service in _SERVICES.items():
        if token in upper:
            return service
    return "MicrosoftOffice"
