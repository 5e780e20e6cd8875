"""Define when a user last signed in, as Graph shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from shared.graph.models.shapes import Shape, instant, one


@dataclass
class SignInActivityShape(Shape):
    """signInActivity: the last attempts, by people and by clients, and the last success."""

    FIELDS: ClassVar = {
        "lastSignInDateTime": ("interactive", instant),
        "lastNonInteractiveSignInDateTime": ("by_client", instant),
        "lastSuccessfulSignInDateTime": ("successful", instant),
    }

    interactive: datetime | None = None
    by_client: datetime | None = None
    successful: datetime | None = None

    @property
    def last(self) -> datetime | None:
        """The latest of them."""
        found = (self.interactive, self.by_client, self.successful)
        return max((at for at in found if at is not None), default=None)


@dataclass
class SignInsShape(Shape):
    """A user with nothing but that."""

    FIELDS: ClassVar = {"signInActivity": ("activity", one(SignInActivityShape))}

    activity: SignInActivityShape | None = None
