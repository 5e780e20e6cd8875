"""Words that take the place of the API's own in sentences that the page shows."""

from collections.abc import Mapping
from typing import Final

from shared.texts.da.phrases import AGAIN

WORDS: Final[Mapping[str, str]] = {
    "api.again": AGAIN,
    "api.again-here": "bestil det igen her",
    "api.label": "“{label}”",
}
