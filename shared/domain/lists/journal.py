"""Describe which part of a journal is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JournalQuery:
    """How many entries, and how many of the oldest ones to pass over."""

    top: int = 100
    skip: int = 0
