"""Describe when somebody last signed in, as far as that is told."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SignInLook:
    """When the person last signed in, by any client; `is_told` False: Graph will not say."""

    at: datetime | None = None
    is_told: bool = True
