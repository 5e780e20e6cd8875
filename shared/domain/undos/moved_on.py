"""Decide whether the world has moved on since a restore, so that nothing may be taken back.

Whatever somebody has done with what came back is worth more than the undo: it is refused when in
doubt, and a person does the rest.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.licensing.skus import Sku, names_of
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import AssignedLicense, Person
from shared.domain.records.record import Record
from shared.domain.undos.sign_ins import SignInLook
from shared.domain.undos.take_back import TakeBack
from shared.domain.values.json_values import instant


@dataclass(frozen=True, slots=True)
class UndoLook:
    """What is seen of the person now.

    `person` is None where it is not active. `roles` are the admin roles held or held ready,
    `skus` are the tenant's, for their names. `last_changed_by` is the restore that
    changed the person last.
    """

    person: Person | None
    sign_in: SignInLook
    roles: tuple[str, ...] = ()
    skus: tuple[Sku, ...] = ()
    last_changed_by: str = ""


def moved_on(original: Record, take_back: TakeBack, seen: UndoLook) -> Outcome | None:
    """Why nothing is taken back; None: everything is as the restore has left it."""
    done = original.id
    if seen.last_changed_by not in {"", done}:
        return outcome(
            Code.UNDO_REFUSED, "restore", restore_id=done, other_restore_id=seen.last_changed_by
        )
    if seen.person is None or not _is_there(seen.person, take_back):
        return outcome(Code.UNDO_REFUSED, "gone", restore_id=done)
    licensed = _licensed_otherwise(seen.person, original, take_back, seen.skus)
    if licensed is not None:
        return licensed
    if seen.roles:
        return outcome(
            Code.UNDO_REFUSED,
            "roles",
            count=len(seen.roles),
            other_roles=seen.roles,
        )
    signed_in_at = seen.sign_in.at
    if signed_in_at is not None and signed_in_at > _changed_at(original):
        return outcome(Code.UNDO_REFUSED, restore_id=done, at=instant(signed_in_at))
    return None


def is_taken_off(person: Person, take_back: TakeBack) -> bool:
    """Whether no licence that the restore gave is left, and those from before are as they were."""
    held = {item.sku_id: item for item in _direct(person)}
    before = {item.sku_id: item for item in take_back.before}
    return all(
        _is_like(held.get(item.sku_id), before.get(item.sku_id)) for item in take_back.licenses
    )


def _is_like(one: AssignedLicense | None, other: AssignedLicense | None) -> bool:
    if one is None or other is None:
        return one is other
    return set(one.disabled_plans) == set(other.disabled_plans)


def _is_there(person: Person, take_back: TakeBack) -> bool:
    held = {item.sku_id for item in _direct(person)}
    if any(item.sku_id not in held for item in take_back.before):
        # Somebody has taken it away altogether: to set its plans back would give it anew.
        return False
    if not take_back.licenses:
        return take_back.deletes_user
    return take_back.deletes_user or not is_taken_off(person, take_back)


def _given_since(person: Person, original: Record) -> tuple[AssignedLicense, ...]:
    """The direct licences that the restore has neither found nor given."""
    known = {item.sku_id for item in (*original.licenses, *original.expected)}
    if original.person is not None:
        known |= {item.sku_id for item in original.person.licenses}
    return tuple(item for item in _direct(person) if item.sku_id not in known)


def _licensed_otherwise(
    person: Person, original: Record, take_back: TakeBack, skus: tuple[Sku, ...]
) -> Outcome | None:
    """Why what the person holds by now is not what the restore has left."""
    done = original.id
    new = _given_since(person, original)
    if new:
        licenses = names_of(new, skus)
        return outcome(Code.UNDO_REFUSED, "license", restore_id=done, licenses=licenses)
    switched = _switched_since(person, original, take_back)
    if switched:
        licenses = names_of(switched, skus)
        return outcome(Code.UNDO_REFUSED, "plans", restore_id=done, licenses=licenses)
    return None


def _switched_since(
    person: Person, original: Record, take_back: TakeBack
) -> tuple[AssignedLicense, ...]:
    """The licences from before the restore of which somebody has switched plans since.

    To set the plans back as they were before the restore would undo that, too.
    """
    held = {item.sku_id: item for item in _direct(person)}
    given = {item.sku_id: item for item in original.licenses}
    return tuple(
        item
        for item in take_back.before
        if not _is_like(held.get(item.sku_id), given.get(item.sku_id))
        and not _is_like(held.get(item.sku_id), item)
    )


def _direct(person: Person) -> tuple[AssignedLicense, ...]:
    """The licences that a group does not give, or not alone; one of unknown origin is direct."""
    states = person.license_states
    direct = {state.sku_id for state in states if state.group_id is None}
    by_group = {state.sku_id for state in states} - direct
    return tuple(item for item in person.licenses if item.sku_id not in by_group)


def _changed_at(original: Record) -> datetime:
    ended = [step.ended_at for step in original.steps if step.name.is_effect and step.ended_at]
    return min(ended, default=original.created_at)
