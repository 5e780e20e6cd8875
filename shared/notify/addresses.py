"""Decide which network addresses may be called: only those of the public internet.

Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (Python's `ipaddress` follows them);
Microsoft Learn, "What is IP address 168.63.129.16?".
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Azure's platform services on every virtual machine; public by its number alone.
_AZURE_PLATFORM = IPv4Address("168.63.129.16")

# All that is routed on the internet lies in here; IPv4-mapped, NAT64, unique-local, link-local
# and multicast addresses lie outside. 6to4 and Teredo carry an IPv4 address inside.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))

# For books, since 2024; Python's list is older. Source: RFC 9637.
_DOCUMENTATION = IPv6Network("3fff::/20")


def is_public(text: str) -> bool:
    """Whether this is an address of the public internet; False for what is no address."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        is_special = any(address in network for network in (*_TUNNELS, _DOCUMENTATION))
        has_zone = address.scope_id is not None
        return address.is_global and address in _GLOBAL_UNICAST and not is_special and not has_zone
    is_special = address.is_multicast or address.is_reserved or address == _AZURE_PLATFORM
    return address.is_global and not is_special
