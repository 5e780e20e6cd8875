"""Read the secrets that sign events to callers."""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

from shared.settings.reader import SettingsReader

# Source: Standard Webhooks specification: a secret of 24 to 64 bytes, written in base64 after a
# prefix.
_PREFIX: Final = "whsec_"
_BYTES = range(24, 65)

# The present one and the one before it, while receivers change over.
_MOST = 2
_WRITE = f"at most {_MOST} secrets, each {_PREFIX} and 24 to 64 bytes in base64, with commas"


def read_secrets(reader: SettingsReader) -> tuple[bytes, ...]:
    """The secrets in CALLBACK_SECRETS, the one to be replaced last; none signs nothing."""
    name = "CALLBACK_SECRETS"
    entries = [entry for entry in re.split(r"[,;\s]+", reader.text(name) or "") if entry]
    if len(entries) > _MOST:
        reader.fault(name, f"has {len(entries)} secrets", _WRITE)
    secrets = tuple(_secrets(entries))
    if len(secrets) < len(entries):
        reader.fault(name, "holds a text that is no secret", _WRITE)
    return secrets


def _secrets(entries: list[str]) -> Iterator[bytes]:
    for entry in entries:
        try:
            secret = base64.b64decode(entry.removeprefix(_PREFIX), validate=True)
        except (binascii.Error, ValueError):
            continue
        if entry.startswith(_PREFIX) and len(secret) in _BYTES:
            yield secret
