"""Build the document of one of several people whom a name could mean."""

from shared.documents.window import window_document
from shared.domain.decision import Candidate
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader


def candidate_document(candidate: Candidate, reader: Reader) -> Json:
    """The JSON document of a candidate; the names only for readers who may see other people."""
    return {
        "id": candidate.id,
        "userPrincipalName": candidate.user_principal_name if reader.sees_others else None,
        "displayName": candidate.display_name if reader.sees_others else None,
        "case": candidate.case.value if candidate.case is not None else None,
        "window": window_document(candidate.window),
        "deletedDateTime": instant(candidate.deleted_at),
    }
