"""Look for people who are nearly called as somebody asked, and put the most alike first."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_service_client import GraphServiceClient

from shared.domain.person import original_upn
from shared.graph.calls import search_requests
from shared.graph.models.shapes import HitShape
from shared.ports.directory import NearName

# How much alike two names are, between 0 and 1, to be proposed; and how many are.
_NEAR = 0.75
_MOST_NEAR = 5

# A name is looked for by its beginning without the last letters, and by its end without the first.
_SHORTEST = 3
_SLIPS = 2


def requests_for(api: GraphServiceClient, name: str) -> tuple[RequestInformation, ...]:
    """Whoever is called nearly so, in one batch: by the first word, then by what follows it.

    So a slip in the first letters and one in the last ones both find somebody.
    """
    words = re.split(r"\W+", _forename_first(name).partition("@")[0])
    beginning = _beginning(words[0])
    asked = () if beginning is None else search_requests.beginning_with(api, beginning)
    surname = _beginning(words[-1]) if len(words) > 1 else None
    ending = _ending(name.strip())
    if surname is None and ending is None:
        return asked
    return (*asked, *search_requests.of_family(api, surname, ending))


def nearest(name: str, hits: Iterable[HitShape]) -> tuple[NearName, ...]:
    """Those of them whose names are much like this one, the most alike first."""
    found = (
        NearName(
            hit.id,
            original_upn(hit.id, hit.user_principal_name),
            hit.display_name,
            hit.deleted_at,
        )
        for hit in hits
        if hit.id and hit.user_principal_name
    )
    similarity = {one: _similarity(name, one) for one in dict.fromkeys(found)}
    near = sorted(similarity, key=lambda one: (-similarity[one], one.id))
    return tuple(one for one in near if similarity[one] >= _NEAR)[:_MOST_NEAR]


def _forename_first(name: str) -> str:
    """`Bowen, Megan`, as an address list has it, in the order of user names and display names."""
    surname, _, forename = name.strip().partition(",")
    is_person = forename.strip() and "@" not in name
    return f"{forename.strip()} {surname.strip()}" if is_person else name.strip()


def _beginning(word: str) -> str | None:
    if len(word) < _SHORTEST:
        return None
    return word[: max(_SHORTEST, len(word) - _SLIPS)]


def _ending(name: str) -> str | None:
    """The end of a name at a domain: its last word, else what follows the first letters."""
    local, at, domain = name.partition("@")
    if not at or not domain:
        return None
    words = re.split(r"\W+", local)
    end = words[-1] if len(words) > 1 else local[_SLIPS:]
    return f"{end}@{domain}" if len(end) >= _SHORTEST else None


def _similarity(asked: str, found: NearName) -> float:
    """How similar two names are, by the part before the @ or by the display name.

    0 for all that are not alike enough to be proposed.
    """
    name = _words(_forename_first(asked))
    others = (found.user_principal_name, found.display_name or "")
    return max(_ratio(name, _words(_forename_first(other))) for other in others)


def _ratio(name: str, other: str) -> float:
    """The ratio of two words, or 0 where lengths or letters alone say that they are not near.

    The ratio itself costs the product of the lengths, and hundreds are compared with a name that
    anybody may have made as long as an address.
    """
    matcher = SequenceMatcher(None, name, other)
    for bound in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio):
        if (ratio := bound()) < _NEAR:
            return 0.0
    return ratio


def _words(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.partition("@")[0].lower()).strip()
