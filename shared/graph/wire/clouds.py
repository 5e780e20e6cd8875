"""Say where Graph is: in which national cloud, or at an address that stands in for it."""

from urllib.parse import SplitResult, urlsplit

from shared.errors import ConfigurationError

# Source: Microsoft "National cloud deployments", Microsoft Graph service root endpoints.
CLOUDS = {
    "global": "graph.microsoft.com",
    "usgov": "graph.microsoft.us",
    "usgovdod": "dod-graph.microsoft.us",
    "china": "microsoftgraph.chinacloudapi.cn",
}

_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


def host_of(cloud: str) -> str:
    """The host of this cloud's Graph.

    Raises:
        ConfigurationError: no such cloud.
    """
    host = CLOUDS.get(cloud)
    if host is None:
        raise ConfigurationError((f"GRAPH_CLOUD {cloud!r}: write one of {', '.join(CLOUDS)}",))
    return host


def settled(base_url: str) -> str:
    """The address that stands in for the cloud's own, with the version.

    Raises:
        ConfigurationError: no token may be sent there, or it is no address.
    """
    parts = urlsplit(base_url.strip())
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL_HOSTS)
    if not is_safe or not parts.hostname or parts.username is not None or not _has_port(parts):
        fault = f"GRAPH_BASE_URL {base_url!r}: write https://HOST, or http:// for this machine"
        raise ConfigurationError((fault,))
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or '/v1.0'}"


def _has_port(parts: SplitResult) -> bool:
    """Whether the port, if one is given, can be one."""
    try:
        return parts.port != 0
    except ValueError:
        return False
