"""Build the lines of a retry of many restores as callers see them."""

from shared.documents.outcome import said
from shared.domain.text import Text
from shared.domain.values.json_values import Json
from shared.texts.reader import Reader

_QUEUED: Json = {"code": None, "message": None, "fix": None}


def retry_document(restore_id: str, refusal: Text | None, reader: Reader) -> Json:
    """One restore; `code`, `message` and `fix` are null where it has its next attempt."""
    return {"restoreId": restore_id, **(_QUEUED if refusal is None else said(refusal, reader))}
