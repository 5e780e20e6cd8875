"""Search users by name or address: active, deleted, and those of a similar name.

The search for deleted users runs on an index that lags, so whoever is found is read again by id.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from kiota_abstractions.request_information import RequestInformation

from shared.domain.person import original_upn, smtp_addresses
from shared.graph import near_names
from shared.graph.calls import filters, search_requests
from shared.graph.models.shapes import HitShape
from shared.graph.models.tenant import HitPage
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.graph.wire.http_answer import HttpAnswer
from shared.ports.directory import NearName, SearchHits

_ACTIVE, _DELETED = "active", "deleted"


@dataclass(frozen=True, slots=True)
class _Search:
    """One search; `is_certain`: by filters that Microsoft documents for these users."""

    place: str
    request: RequestInformation
    is_whole: bool = True
    is_certain: bool = True


class Search:
    """Finds people by what they are called."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client
        self._refused: set[str] = set()

    async def ids(self, name: str) -> SearchHits:
        """Object ids of users by UPN, mail, or any address; active ones by UPN first.

        A deleted user's UPN carries the object id in front, so it is searched for by its end, and
        who is only called something with the same end is left out. Whether deleted users can be
        searched by proxyAddresses is not documented, nor together with endsWith: where Graph
        refuses what is asked at once, it is asked apart, for as long as this object lives.
        Source: Office365itpros Restore-EntraIDUserNewUPN.PS1.

        Raises:
            DirectoryError: nothing was learnt.
        """
        if not filters.is_searchable(name):
            return SearchHits((), ())
        found = await self._hits(name)
        active = [hit for place, hit in found if place == _ACTIVE]
        called = [hit for hit in active if _is_same(hit.user_principal_name, name)]
        deleted = [hit for place, hit in found if place == _DELETED]
        return SearchHits(
            _ids(called or active),
            _ids(hit for hit in deleted if not _matches_only_the_end(hit, name)),
        )

    async def near(self, name: str) -> tuple[NearName, ...]:
        """Users whose names are nearly this one, the most alike first; one request.

        Looked for by the first word of the name and by what follows it, so a slip in either is
        found; one in both is not.

        Raises:
            DirectoryError: nothing was learnt.
        """
        if not filters.is_searchable(name):
            return ()
        asked = near_names.requests_for(self._client.api, name)
        hits = [
            hit
            for answer in (await self._client.batch(asked) if asked else ())
            if answer.is_success
            for hit in failed_calls.taken(answer, HitPage).value or ()
        ]
        return near_names.nearest(name, hits)

    async def _hits(self, name: str) -> list[tuple[str, HitShape]]:
        """Everybody whom any search finds; asked again, apart, where Graph refuses it as one."""
        searches = [*self._searches(_ACTIVE, name), *self._searches(_DELETED, name)]
        answers = await self._client.batch([one.request for one in searches])
        asked = list(zip(searches, answers, strict=True))
        refused = {one.place for one, answer in asked if one.is_whole and _is_refused(answer)}
        if refused:
            self._refused |= refused
            again = [one for place in sorted(refused) for one in self._searches(place, name)]
            more = await self._client.batch([one.request for one in again])
            asked = [pair for pair in asked if pair[0].place not in refused]
            asked += zip(again, more, strict=True)
        return [(one.place, hit) for one, answer in asked for hit in await self._taken(one, answer)]

    def _searches(self, place: str, name: str) -> Iterator[_Search]:
        api, literal = self._client.api, filters.literal(name)
        by_name = (
            f"userPrincipalName eq {literal}"
            if place == _ACTIVE
            else f"endsWith(userPrincipalName,{literal})"
        )
        by_mail, by_alias = f"mail eq {literal}", search_requests.address_clauses(name)
        request_for = (
            search_requests.active_users if place == _ACTIVE else search_requests.deleted_users
        )
        if place not in self._refused:
            yield _Search(place, request_for(api, (by_name, by_mail, *by_alias)))
            return
        yield _Search(place, request_for(api, (by_name,)), is_whole=False)
        yield _Search(place, request_for(api, (by_mail,)), is_whole=False)
        yield _Search(
            place, request_for(api, by_alias), is_whole=False, is_certain=place == _ACTIVE
        )

    async def _taken(self, search: _Search, answer: HttpAnswer) -> list[HitShape]:
        if _is_refused(answer) and not search.is_certain:
            return []
        first = failed_calls.taken(answer, HitPage)
        headers = search.request.headers
        return [hit async for hit in self._client.rest_of(first, headers, HitPage)]


def _is_refused(answer: HttpAnswer) -> bool:
    return answer.status == HTTPStatus.BAD_REQUEST


def _ids(hits: Iterable[HitShape]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.id for hit in hits if hit.id))


def _matches_only_the_end(hit: HitShape, name: str) -> bool:
    """Whether it was found for the end of its UPN alone: neither UPN nor an address is this name.

    The end may reach into the id in front: `3anna@` is the end of `...3` and `anna@`.
    """
    upn = hit.user_principal_name or ""
    names = (original_upn(hit.id or "", upn), hit.mail, *smtp_addresses(hit.proxy_addresses))
    return upn.lower().endswith(name.lower()) and not any(_is_same(one, name) for one in names)


def _is_same(one: str | None, other: str) -> bool:
    return (one or "").lower() == other.lower()
