"""Parse the scenario in an address: `/s/<scenario>/api/desk`, its parts joined by `~`.

read+request    roles, or `all`, `none`
empty, one, many, hostile      who is lost; a dozen people without it, `many` is 10,000
slow, hang, busy, broken       how the API behaves: 1.5 s each, never, 503 twice, 500
out             nobody is signed in until the sign-in was visited
keys            function keys: `right-key` is one
"""

from dataclasses import dataclass
from typing import Literal, Self

type Crowd = Literal["few", "empty", "one", "many", "hostile"]
type Manner = Literal["well", "slow", "hang", "busy", "broken"]

ROLES = {
    "read": "Restore.Read",
    "request": "Restore.Request",
    "override": "Restore.Override",
    "approve": "Restore.Approve",
    "admin": "Restore.Admin",
}
_CROWDS: tuple[Crowd, ...] = ("empty", "one", "many", "hostile")
_MANNERS: tuple[Manner, ...] = ("slow", "hang", "busy", "broken")


@dataclass(frozen=True, slots=True)
class Scenario:
    """Who asks, who is lost, and how the API behaves."""

    roles: tuple[str, ...]
    crowd: Crowd
    manner: Manner
    is_out: bool
    by_keys: bool

    @classmethod
    def read(cls, text: str) -> Self:
        """The scenario of an address; an unknown part is a mistake in a test.

        Raises: KeyError.
        """
        roles, *parts = text.split("~")
        known = {*_CROWDS, *_MANNERS, "out", "keys"}
        strangers = set(parts) - known
        if strangers:
            raise KeyError(f"no such part of a scenario: {strangers}")
        by_keys = "keys" in parts
        return cls(
            _roles(roles),
            next((crowd for crowd in _CROWDS if crowd in parts), "few"),
            next((manner for manner in _MANNERS if manner in parts), "well"),
            is_out="out" in parts,
            by_keys=by_keys,
        )


def _roles(text: str) -> tuple[str, ...]:
    if text == "all":
        return tuple(ROLES.values())
    return () if text == "none" else tuple(ROLES[name] for name in text.split("+"))
