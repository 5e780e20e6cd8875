"""Make histories whose truth is known, and compute the window a second time, independently.

An independent witness: nothing here knows of the product. All instants are days before the present
(0 is now, larger is earlier). A history is what really happened; `facts` is what the sources would
tell of it; `verdict` is the rule by which the product must decide as well.
"""

import random
from dataclasses import dataclass

RETENTION = 30.0
DAY = 1.0
_JUST_BEFORE = 1e-6


@dataclass(frozen=True)
class History:
    """What really happened: when the account was made, each change, and the deletion if any."""

    created: float
    changes: tuple[tuple[float, str], ...]
    """(age, `on`, `off` or `noise`), oldest first; noise is a change of another licence."""
    deleted: float | None

    def has_plan(self, age: float) -> bool:
        """Whether a plan was there at this age."""
        state = False
        for when, kind in self.changes:
            if when < age:
                break
            state = {"on": True, "off": False}.get(kind, state)
        return state

    @property
    def lost(self) -> float | None:
        """The age of the loss that counts; None: never had a mailbox, or has one."""
        state, loss = False, None
        for when, kind in self.changes:
            if self.deleted is not None and when < self.deleted:
                break
            if kind == "on":
                state, loss = True, None
            if kind == "off" and state:
                state, loss = False, when
        if self.deleted is not None and state:
            return self.deleted
        return None if state else loss


@dataclass(frozen=True)
class Told:
    """What the sources tell: (age, with a plan, source), hints, and how far the log goes back."""

    facts: tuple[tuple[float, bool, str], ...]
    hints: tuple[float, ...]
    log: float


@dataclass(frozen=True)
class Verdict:
    """The verdict (`open` stands for `closing` as well), from when on, and whether by facts."""

    verdict: str
    started: float | None
    is_proven: bool


def a_history(rnd: random.Random) -> History:
    """Some history; nothing changes within the last hour or so, which a round would see first."""
    created = rnd.choice([rnd.uniform(0.2, 40), rnd.uniform(40, 400)])
    changes: list[tuple[float, str]] = []
    state, age = False, created
    for _ in range(rnd.randint(1, 5)):
        when = rnd.uniform(0.05, age) if rnd.random() < 0.5 else age - rnd.expovariate(1 / 6)
        if when < 0.05:
            break
        if rnd.choice(["toggle", "toggle", "noise"]) == "toggle":
            state = not state
            changes.append((when, "on" if state else "off"))
        else:
            changes.append((when, "noise"))
        age = when
    deleted = rnd.uniform(0.02, age) if rnd.random() < 0.35 else None
    return History(created, tuple(changes), deleted)


def told_of(history: History, rnd: random.Random) -> Told:
    """What the sources tell of it: rounds with gaps, a log that is short or silent, the object."""
    facts = _rounds(history, rnd) if rnd.random() < 0.6 else []
    hints: list[float] = []
    log = rnd.choice([30.0, 7.0, 0.0])
    for age, _ in history.changes:
        if age > log or (history.deleted is not None and age < history.deleted):
            continue
        if rnd.random() < 0.5:
            before = history.has_plan(age + _JUST_BEFORE / 1000)
            facts += [(age + _JUST_BEFORE, before, "audit"), (age, history.has_plan(age), "audit")]
        else:
            hints.append(age)
    if history.deleted is None:
        facts.append((0.0, history.has_plan(0.0), "live"))
    elif rnd.random() < 0.9:
        facts.append((history.deleted, history.has_plan(history.deleted), "deleted"))
    return Told(tuple(facts), tuple(hints), log)


def _rounds(history: History, rnd: random.Random) -> list[tuple[float, bool, str]]:
    age = min(rnd.uniform(0, 60), history.created)
    facts = []
    while age > 0:
        if history.deleted is None or age > history.deleted:
            facts.append((age, history.has_plan(age), "observed"))
        age -= 1 / 24 if rnd.random() < 0.995 else rnd.uniform(1, 25)
    return facts


def verdict(history: History, told: Told) -> Verdict:
    """The rule, of somebody who was made and perhaps deleted then, and of whom this is told."""
    deleted = history.deleted
    at_deletion = [has_plan for _, has_plan, source in told.facts if source == "deleted"]
    if deleted is not None and at_deletion and at_deletion[0]:
        return _by_deletion(deleted, is_proven=True)
    sights = [age for age, has_plan, _ in told.facts if has_plan]
    last_with = min(sights) if sights else None
    later = [age for age, has, _ in told.facts if not has and (not sights or age < min(sights))]
    by = max([*later, *([deleted] if deleted is not None else [])], default=None)
    if by is None:
        return Verdict("active", None, is_proven=True)
    after = min(history.created if last_with is None else last_with, history.created)
    inside = [age for age in told.hints if by <= age <= after and age >= (deleted or 0)]
    if deleted is not None and last_with is None and not inside:
        return _by_deletion(deleted, is_proven=False)
    if by >= RETENTION:
        is_unsure = _may_have_come_and_gone(told, by, deleted)
        return Verdict(
            "unknown" if is_unsure else "closed", None if is_unsure else by, not is_unsure
        )
    if after < RETENTION:
        return Verdict("open", after, is_proven=last_with is not None)
    living = [age for age in inside if age < RETENTION]
    return Verdict("open" if living else "unknown", max(living, default=None), is_proven=False)


def _by_deletion(age: float, *, is_proven: bool) -> Verdict:
    return Verdict("closed" if age >= RETENTION else "open", age, is_proven)


def _may_have_come_and_gone(told: Told, by: float, deleted: float | None) -> bool:
    end = 0.0 if deleted is None else deleted
    is_blind = deleted is not None and not any(x == "deleted" for _, _, x in told.facts)
    looks = {age for age, has_plan, _ in told.facts if not has_plan and age <= by}
    ages = sorted({*looks, by}, reverse=True)
    for start, stop in zip(ages, [*ages[1:], end], strict=True):
        if start - stop <= DAY or stop >= RETENTION:
            continue
        if any(stop <= age <= start for age in told.hints):
            return True
        if min(start, RETENTION) > told.log or (is_blind and stop == end):
            return True
    return False
