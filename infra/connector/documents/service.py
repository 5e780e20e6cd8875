"""Define the documents about the service itself: who calls, and whether it can work."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from infra.connector.documents.restores import (
    Answer,
)
from shared.domain.requests.roles import Role


class Me(Answer):
    """Who a caller is to the service."""

    id: str | None = Field(description="The caller's object id; empty with function keys.")
    name: str | None = Field(description="The caller's name; empty with function keys.")
    roles: list[Role] = Field(description="What the caller may do.")
    auth_mode: Literal["entra", "keys"] = Field(description="How callers are known.")


class Soundness(StrEnum):
    """Whether something is as it should be."""

    OK = "ok"
    DEGRADED = "degraded"


class StatusCheck(Answer):
    """One thing that was looked at."""

    name: str = Field(description="What was looked at.")
    status: Soundness = Field(description="Whether it is as it should be.")
    message: str = Field(description="What was found.")
    fix: str | None = Field(description="What to do; empty where nothing is wrong.")


class ServiceStatus(Answer):
    """Whether a deployment can do its work."""

    status: Soundness = Field(description="Degraded if any of the checks is.")
    version: str = Field(description="The version of the service.")
    commit: str | None = Field(description="The commit it was built from, if it is known.")
    checks: list[StatusCheck] = Field(description="Everything that was looked at.")
