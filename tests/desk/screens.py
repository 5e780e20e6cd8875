"""List every screen of the desk, and the roles that may see it."""

from tests.desk.standin.restores import BATCH, an_id

# A view's address, and the roles of which any one opens it.
SCREENS: dict[str, tuple[str, ...]] = {
    "today": ("read",),
    "restore": ("request",),
    "restore?user=jan.dewit%40contoso.example": ("request",),
    "many": ("request",),
    "approvals": ("approve",),
    "history": ("read",),
    "failed": ("read",),
    "failed?show=unreadable": ("read",),
    "report": ("read",),
    "guards": ("admin",),
    "subscriptions": ("read", "request"),
    "status": ("admin",),
    "erasure": ("admin",),
    "erasure?user=5eed0001-0000-4000-8000-000000000001": ("admin",),
    f"restores/{an_id(6)}": ("read", "request", "approve"),
    f"many/{BATCH}": ("read", "request", "approve"),
}
ROLES = (
    "read",
    "request",
    "approve",
    "admin",
    "read+request",
    "read+request+override",
    "read+approve",
    "read+request+admin",
    "all",
    "none",
)
"""Sets of roles as people have them; none of the roles includes another."""


def may_see(roles: str, screen: str) -> bool:
    """Whether somebody with these roles is shown a screen."""
    mine = set(roles.split("+"))
    return roles == "all" or bool(mine & set(SCREENS[screen]))
