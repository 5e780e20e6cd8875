"""Spread many connections to Graph over small pools, which costs less CPU than one large pool.

Why not one pool: httpcore looks at all connections of a pool at the start and at the end of every
request, and at each idle one once for every other, with a system call for each. For the dozens of
connections of a busy worker that was a third of its time.
Source: httpcore 1.0.9, `AsyncConnectionPool._assign_requests_to_connections`.
"""

import httpx

# One instance runs 64 restores at once (host.json), each with up to four calls in a moment, and on
# average with less than one.
_LANES, _CONNECTIONS = 16, 8

# A connection that was idle for longer may have been dropped without notice, and the next effect
# would be lost on it.
_EXPIRY_SECONDS = 20.0


class ConnectionPools(httpx.AsyncBaseTransport):
    """A transport that sends each request on the lane with the fewest on their way.

    Of equal ones the first, so that a quiet worker keeps one warm connection and not sixteen. No
    proxy is read from the environment.
    """

    def __init__(self) -> None:
        limits = httpx.Limits(
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_CONNECTIONS,
            keepalive_expiry=_EXPIRY_SECONDS,
        )
        tls = httpx.create_ssl_context()
        self._lanes = [httpx.AsyncHTTPTransport(verify=tls, limits=limits) for _ in range(_LANES)]
        self._under_way = [0] * _LANES

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; raises what httpx raises."""
        lane = self._under_way.index(min(self._under_way))
        self._under_way[lane] += 1
        try:
            return await self._lanes[lane].handle_async_request(request)
        finally:
            self._under_way[lane] -= 1

    async def aclose(self) -> None:
        """Close every connection."""
        for lane in self._lanes:
            await lane.aclose()
