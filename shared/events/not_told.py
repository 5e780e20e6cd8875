"""Say why a callback never got through: what was seen of its server, and whether it was called."""

from shared.domain.findings.codes import FindingCode
from shared.domain.text import Text, text


def not_told(tries: int, why: str) -> Text:
    """The warning for so many tries in vain, the last of which ended with `why`."""
    match why:
        case "host-not-allowed":
            return text(FindingCode.CALLBACK_FAILED, "not-allowed")
        case "address-not-public":
            return text(FindingCode.CALLBACK_FAILED, "not-public", tries=tries)
        case "name-not-found":
            return text(FindingCode.CALLBACK_FAILED, "no-name", tries=tries)
        case _:
            return _called(tries, why)


def _called(tries: int, why: str) -> Text:
    """The warning where the server was called, as far as can be told."""
    match why:
        case "connection-failed":
            return text(FindingCode.CALLBACK_FAILED, "no-connection", tries=tries)
        case "timeout":
            return text(FindingCode.CALLBACK_FAILED, "too-slow", tries=tries)
        case "worker-died":
            return text(FindingCode.CALLBACK_FAILED, "cut-off", tries=tries)
        case _:
            return text(FindingCode.CALLBACK_FAILED, tries=tries, why=why)
