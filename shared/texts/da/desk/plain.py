"""What a sentence of the service becomes on the page: it speaks to whoever writes requests."""

from collections.abc import Mapping
from typing import Final

from shared.texts.da.phrases import AGAIN

WORDS: Final[Mapping[str, str]] = {
    "api.again": AGAIN,
    "api.again-here": "bestil det igen her",
    "api.label": "“{label}”",
}
