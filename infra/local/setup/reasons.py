"""Explain in one sentence why pip, uv or npm failed, from its own words.

Each tool says it in its own way and at length, or not at all: pip calls a machine without a network
"No matching distribution found". A sentence names the tool, never a registry's address: that is the
reader's own setting.
"""

import re
from dataclasses import dataclass
from typing import Optional


class SetupError(Exception):
    """Set-up cannot go on; the message is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Tool:
    """A package tool: its name, and how to ask it which registry it uses."""

    name: str
    asked: str


PIP = Tool("pip", "`python -m pip config list` shows which one that is")
UV = Tool("uv", "set UV_DEFAULT_INDEX to the index that your organisation offers")
UV_PYTHON = Tool(
    "uv",
    "Python comes from the project python-build-standalone on GitHub: set UV_PYTHON_INSTALL_MIRROR"
    " to a copy of it that your organisation offers",
)
NPM = Tool("npm", "`npm config get registry` shows which one that is")

# In the order in which they decide: a refusal or a certificate is no missing network.
_SIGNS = {
    "full": ("No space left on device", "ENOSPC", "os error 28", "not enough space on the disk"),
    "altered": ("DO NOT MATCH THE HASHES", "(?i:hash mismatch)", "EINTEGRITY"),
    "certificate": (
        *("CERTIFICATE_VERIFY_FAILED", "SSLError", "SELF_SIGNED_CERT", "CERT_HAS_EXPIRED"),
        *("UNABLE_TO_(?:VERIFY|GET_ISSUER)", "invalid peer certificate", "UnknownIssuer"),
    ),
    "refused": (
        r"\b40[137](?: Client Error| Error| Forbidden| Unauthorized| Proxy)",
        *(r"\bE40[137]\b", r"error \(40[137]", "connection failed: 40[137]", "code 40[137]"),
    ),
    "offline": (
        *("Failed to establish a new connection", "Name or service not known", "getaddrinfo"),
        *("Temporary failure in name resolution", "Network is unreachable", "dns error"),
        *("ENOTFOUND", "EAI_AGAIN", "ECONN(?:REFUSED|RESET|ABORTED)", "ETIMEDOUT", "ERR_SOCKET"),
        *("E(?:NET|HOST)UNREACH", "Read timed out", "ConnectTimeout", "error sending request"),
        *("(?i:could not connect)", "(?i:connection (?:refused|reset|aborted|timed out))"),
        *("operation timed out", "(?i:request failed after)", "ProxyError"),
    ),
    "denied": ("Permission denied", "EACCES", "EPERM", "Access is denied"),
    "missing": ("No matching distribution found", r"\bE404\b", "404 Not Found", "ETARGET"),
}


def reason_of(output: str, tool: Tool) -> Optional[str]:
    """Say why it failed, and what to do; None when its words say nothing that is known."""
    found = (name for name, signs in _SIGNS.items() if re.search("|".join(signs), output))
    sign = next(found, None)
    return None if sign is None else _SENTENCES[sign].format(tool=tool.name, asked=tool.asked)


_SENTENCES = {
    "full": "the disk is full: {tool} could not write what it fetched; make room and run again.",
    "altered": (
        "{tool} was given a package other than the locked one (its hash differs), and did not"
        " install it: if your registry repacks packages, use one that does not; {asked}."
    ),
    "certificate": (
        "{tool} does not trust the certificate of its package registry: if your network inspects"
        " TLS, name its certificate authority (PIP_CERT, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS)."
    ),
    "refused": (
        "the package registry, or a proxy before it, refused {tool} (401, 403 or 407): sign in to"
        " it, or use the one that your organisation allows; {asked}."
    ),
    "offline": (
        "{tool} could not reach its package registry: is this machine online, and does it need a"
        " proxy (HTTPS_PROXY)? Otherwise the registry is blocked or away; {asked}."
    ),
    "denied": (
        "{tool} may not write here: does somebody else own a file of this folder, or is a program"
        " of .venv or Azurite still running? Stop it and run again."
    ),
    "missing": (
        "the package registry of {tool} lacks a package of the lock file: a mirror may not have it"
        " yet; {asked}."
    ),
}
