"""Convert texts to American English, in which Power Platform writes its connectors.

Source: Microsoft Learn, "Connector string guidance".
"""

import re
from typing import Any, Final

_AMERICAN: Final = {
    "licence": "license",
    "Licence": "License",
    "synchronised": "synchronized",
}
_WORDS = re.compile("|".join(_AMERICAN))


def american(node: Any) -> Any:
    """The same document with every text in American spelling; names of fields stay."""
    if isinstance(node, str):
        return _WORDS.sub(lambda match: _AMERICAN[match[0]], node)
    if isinstance(node, list):
        return [american(item) for item in node]
    if isinstance(node, dict):
        return {key: american(value) for key, value in node.items()}
    return node
