"""Build the document of a wait: for what, when the next look is, and until when in all.

What to do says where somebody decides, and how the restore is called off while that is possible.
"""

from collections.abc import Iterator

from shared.domain.records.progress import LockHolder, Waiting, WaitingFor
from shared.domain.records.record import Record
from shared.domain.text import Text, text
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader
from shared.texts.render import Words, words


def waiting_document(record: Record, reader: Reader) -> Json | None:
    """What a restore waits for, in the words of this reader; None: it does not wait.

    `until` is when it looks again; the message says so, that nobody takes it for the end.
    """
    waiting = record.waiting
    if waiting is None:
        return None
    holder, found = _shown(waiting.holder, reader), words(waiting.text, reader)
    behind = _behind(holder, reader)
    told = [found, *([behind] if behind is not None else [])]
    ends = _ends(waiting)
    if ends is not None:
        told.append(words(ends, reader))
    return {
        "for": waiting.reason.value,
        "until": instant(waiting.until),
        "message": " ".join(it.message for it in told),
        "fix": " ".join(
            [(behind or found).fix, *(words(it, reader).fix for it in _ways(record, reader))]
        ),
        "restoreId": holder.restore_id if holder is not None else None,
    }


def _shown(holder: LockHolder | None, reader: Reader) -> LockHolder | None:
    """The restore that is waited for, if this reader may know that it exists."""
    if holder is None or not (reader.sees_others or reader.owns(holder.owner_id)):
        return None
    return holder


def _behind(holder: LockHolder | None, reader: Reader) -> Words | None:
    """What the other restore waits for: that holds up both, perhaps for days."""
    if holder is None or holder.wait is None:
        return None
    return words(text("wait-behind", restore_id=holder.restore_id, wait=holder.wait), reader)


def _ways(record: Record, reader: Reader) -> Iterator[Text]:
    """Where to decide about it and how to call it off, by its id: what a reader can do now."""
    if record.waits_for_approval and record.batch_id:
        yield text("wait-decided", "batch", restore_id=record.id, batch_id=record.batch_id)
    elif record.waits_for_approval:
        yield text("wait-decided", restore_id=record.id)
    if record.is_cancellable and reader.by_keys:
        # No page to sign in to, and no role.
        yield text("wait-called-off", "by-keys", restore_id=record.id)
    elif record.is_cancellable:
        yield text("wait-called-off", restore_id=record.id)


def _ends(waiting: Waiting) -> Text | None:
    at, until = instant(waiting.until), waiting.gives_up_at
    if waiting.reason is WaitingFor.SCHEDULE:
        return None
    if until is None:
        return text("wait-ends", at=at)
    if waiting.reason is WaitingFor.APPROVAL:
        return text("wait-ends", "approval", until=instant(until))
    return text("wait-ends", "until", at=at, until=instant(until))
