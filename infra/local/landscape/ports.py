"""Find free ports of this machine, and tell which are taken."""

import socket

_LOOPBACK = "127.0.0.1"


def free_ports(count: int) -> list[int]:
    """Find ports that nothing listens on now; somebody may still be faster than the caller."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((_LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def is_open(port: int) -> bool:
    """Tell whether something answers on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((_LOOPBACK, port)) == 0
