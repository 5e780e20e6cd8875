"""Only the public internet is called, whatever a name is made to lead to."""

import pytest

from shared.notify.addresses import is_public

PUBLIC = ["93.184.216.34", "20.50.2.1", "8.8.8.8", "2a01:111:f403::1", "2603:1020:201::5"]
NOT_PUBLIC = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104 - refused
    *("127.0.0.1", "127.255.255.254", "169.254.169.254", "169.254.0.1", "168.63.129.16"),
    *("100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "fe80::1", "fe80::1%eth0", "fec0::1"),
    *("fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::"),
    *("2002:a9fe:a9fe::1", "3fff::1", "2a01:111:f403::1%1", "4000::1"),
    *("", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "8.8.8.8:443", "[::1]"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_called(address: str) -> None:
    """Both versions of the protocol."""
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_other_address_is_called(address: str) -> None:
    """Own, shared, link-local, metadata, multicast, reserved, and what carries one inside."""
    assert not is_public(address)
