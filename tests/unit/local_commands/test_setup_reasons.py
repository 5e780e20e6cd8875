"""What package tools say when they fail, as they said it, becomes one sentence to act on."""

import pytest

from infra.local.setup.reasons import NPM, PIP, UV, UV_PYTHON, Tool, reason_of

_PIP_OFFLINE = """
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after \
connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object \
at 0x7f>: Failed to establish a new connection: [Errno -2] Name or service not known')': /simple/uv/
ERROR: Could not find a version that satisfies the requirement uv==0.13.9 (from versions: none)
ERROR: No matching distribution found for uv==0.13.9
"""
_PIP_REFUSED = """
Could not fetch URL http://127.0.0.1:8403/simple/uv/: 403 Client Error: Forbidden for url: - skip
ERROR: Could not find a version that satisfies the requirement uv==0.13.9 (from versions: none)
ERROR: No matching distribution found for uv==0.13.9
"""
_PIP_MISSING = """
ERROR: Could not find a version that satisfies the requirement uv==0.13.9 (from versions: 0.1.0)
ERROR: No matching distribution found for uv==0.13.9
"""
_PIP_ALTERED = """
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.
"""
_PIP_CERTIFICATE = """
Could not fetch URL: There was a problem confirming the ssl certificate: SSLError(\
SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: \
self-signed certificate in certificate chain'))
ERROR: No matching distribution found for uv==0.13.9
"""
_UV_OFFLINE = """
error: Request failed after 1 retry
  Caused by: Failed to fetch: `http://127.0.0.1:9/simple/aiohttp/`
  Caused by: error sending request for url (http://127.0.0.1:9/simple/aiohttp/)
  Caused by: tcp connect error: Connection refused (os error 111)
"""
_UV_REFUSED = """
error: Failed to fetch: `http://127.0.0.1:8403/simple/aiohttp/`
  Caused by: HTTP status client error (403 Forbidden) for url (http://127.0.0.1:8403/simple/aiohttp/)
"""
_NPM_OFFLINE = """
npm http fetch GET http://127.0.0.1:9/azurite attempt 1 failed with ECONNREFUSED
npm error code ECONNREFUSED
npm error errno ECONNREFUSED
"""
_NPM_NO_NAME = "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\n"
_NPM_REFUSED = (
    "npm error code E403\nnpm error 403 403 Forbidden - GET http://127.0.0.1:8403/azurite\n"
)
_NPM_MISSING = "npm error code E404\nnpm error 404 Not Found - GET http://127.0.0.1:8404/azurite\n"
_NPM_ALTERED = "npm error code EINTEGRITY\nnpm error sha512-... integrity checksum failed\n"
_NPM_CERTIFICATE = "npm error code SELF_SIGNED_CERT_IN_CHAIN\n"
_NPM_FULL = "npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write\n"
_NPM_DENIED = "npm error code EPERM\nnpm error syscall unlink\n"


@pytest.mark.parametrize(
    ("output", "tool", "says", "advises"),
    [
        (_PIP_OFFLINE, PIP, "pip could not reach its package registry", "HTTPS_PROXY"),
        (_PIP_REFUSED, PIP, "refused pip", "python -m pip config list"),
        (_PIP_MISSING, PIP, "lacks a package", "python -m pip config list"),
        (_PIP_ALTERED, PIP, "its hash differs", "repacks"),
        (_PIP_CERTIFICATE, PIP, "does not trust the certificate", "PIP_CERT"),
        (_UV_OFFLINE, UV, "uv could not reach its package registry", "UV_DEFAULT_INDEX"),
        (_UV_REFUSED, UV, "refused uv", "UV_DEFAULT_INDEX"),
        (_UV_OFFLINE, UV_PYTHON, "uv could not reach", "UV_PYTHON_INSTALL_MIRROR"),
        (_NPM_OFFLINE, NPM, "npm could not reach its package registry", "npm config get registry"),
        (_NPM_NO_NAME, NPM, "npm could not reach its package registry", "HTTPS_PROXY"),
        (_NPM_REFUSED, NPM, "refused npm", "npm config get registry"),
        (_NPM_MISSING, NPM, "lacks a package", "npm config get registry"),
        (_NPM_ALTERED, NPM, "its hash differs", "npm config get registry"),
        (_NPM_CERTIFICATE, NPM, "does not trust the certificate", "NODE_EXTRA_CA_CERTS"),
        (_NPM_FULL, NPM, "the disk is full", "make room"),
        (_NPM_DENIED, NPM, "may not write here", "Stop it"),
    ],
)
def test_failure_is_one_sentence(output: str, tool: Tool, says: str, advises: str) -> None:
    """It names the tool, what is in the way, and what to do; never an address or a traceback."""
    reason = reason_of(output, tool)

    assert reason is not None
    assert says in reason
    assert advises in reason
    assert "127.0.0.1" not in reason
    assert "\n" not in reason


def test_unknown_failure_has_no_reason() -> None:
    """What is not known is shown as it was said."""
    assert reason_of("error: something nobody has seen before", UV) is None
