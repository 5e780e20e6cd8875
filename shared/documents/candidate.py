"""Build the document of one of several people whom a name could mean, and a line about them all."""

from collections.abc import Sequence

from shared.documents.window import window_document
from shared.domain.decision import Candidate
from shared.domain.text import Text, text
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader
from shared.texts.render import words


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


def candidates_told(candidates: Sequence[Candidate], reader: Reader) -> str:
    """All candidates in one line, for a table that has no room for their documents."""
    if not candidates:
        return ""
    people = tuple(map(_told_apart, candidates))
    return words(text("candidates", people=people), reader).message


def _told_apart(candidate: Candidate) -> Text:
    name = candidate.display_name or candidate.user_principal_name
    if candidate.deleted_at is None:
        return text("candidates", "active", id=candidate.id, other_name=name)
    deleted = str(instant(candidate.deleted_at))
    return text("candidates", "deleted", id=candidate.id, at=deleted, other_name=name)
