"""List the service plans of Exchange Online: mailbox or not, how large, archive or not.

Foundation and analytics plans have "EXCHANGE" in their names and give neither, so a name or
`service == "exchange"` will not do.
Source: Microsoft's "Product names and service plan identifiers for licensing", 29 October 2025;
sizes by "Exchange Online limits", mailbox storage.
"""

from enum import IntEnum
from typing import Final


class MailboxSize(IntEnum):
    """The sizes of mailbox that plans give, from the smallest up; each includes those before it."""

    KIOSK = 1
    """2 GB."""
    ESSENTIALS = 2
    STANDARD = 3
    """Plan 1: 50 GB."""
    ENTERPRISE = 4
    """Plan 2: 100 GB."""


SIZES: Final = {
    "4a82b400-a79f-41a4-b4e2-e94f5787b113": MailboxSize.KIOSK,  # EXCHANGE_S_DESKLESS
    "88f4d7ef-a73b-4246-8047-516022144c9f": MailboxSize.KIOSK,  # EXCHANGE_S_DESKLESS_GOV
    "1126bef5-da20-4f07-b45e-ad25d2581aa8": MailboxSize.ESSENTIALS,  # EXCHANGE_S_ESSENTIALS
    "9aaf7827-d63c-4b61-89c3-182f06f82e5c": MailboxSize.STANDARD,  # EXCHANGE_S_STANDARD
    "e9b4930a-925f-45e2-ac2a-3f7788ca6fdd": MailboxSize.STANDARD,  # EXCHANGE_S_STANDARD_GOV
    "fc52cc4b-ed7d-472d-bbe7-b081c23ecc56": MailboxSize.STANDARD,  # EXCHANGE_S_STANDARD_MIDMARKET
    "d42bdbd6-c335-4231-ab3d-c8f348d5aff5": MailboxSize.STANDARD,  # EXCHANGE_L_STANDARD
    "90927877-dcff-4af6-b346-2332c0b15bb7": MailboxSize.STANDARD,  # EXCHANGE_B_STANDARD
    "efb87545-963c-4e0d-99df-69c6916d9eb0": MailboxSize.ENTERPRISE,  # EXCHANGE_S_ENTERPRISE
    "8c3069c0-ccdb-44be-ab77-986203a67df2": MailboxSize.ENTERPRISE,  # EXCHANGE_S_ENTERPRISE_GOV
}

MAILBOX_PLANS: Final = frozenset(SIZES)

ARCHIVE_PLANS: Final = frozenset(
    {
        "176a09a6-7ec5-4039-ac02-b2791c6ba793",  # EXCHANGE_S_ARCHIVE_ADDON
        "da040e0a-b393-4bea-bb76-928b3fa1cf5a",  # EXCHANGE_S_ARCHIVE
    }
)

EXCHANGE_PLANS: Final = MAILBOX_PLANS | ARCHIVE_PLANS
