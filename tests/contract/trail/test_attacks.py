"""The trail on Azurite, attacked by somebody with every right on tables and blobs."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from azure.data.tables import UpdateMode

from infra.local import landscape
from infra.trail import check_trail
from infra.trail.__main__ import check
from infra.trail.check_trail import Broken
from shared.audit_trail.close_day import close_day
from shared.audit_trail.erase_person import erase_person
from shared.audit_trail.export import read_trail
from shared.documents.csv_out import csv_out
from shared.documents.trail import TRAIL_COLUMNS, trail_cells, trail_line
from shared.domain.audit_trail.days import closed_day, decode_day, encode_day
from shared.domain.audit_trail.query import TrailQuery
from shared.domain.records.chain import chained, without_personal
from shared.domain.records.links import NO_ENTRIES, Head
from shared.domain.records.progress import JournalEntry
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.domain.text import text
from shared.domain.values.json_values import Json
from shared.ledger.records_and_journals import fresh_salt
from shared.ledger.storage import Storage
from shared.ledger.tables.rows import Rows
from shared.ledger.trail_store.proofs import BlobProofs
from shared.texts.reader import Reader
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.contract.trail.ledger_on_azurite import Hurt, entry_of, hurt_world, verdict_on
from tests.unit.world.crashing import DiedError
from tests.unit.world.world import World

ADMIN = RequestedBy(Door.HTTP, "Alex Admin", "oid-admin", (Role.ADMIN,))
DAY = timedelta(days=1)

type Attack = Callable[[Hurt, list[str]], Awaitable[None]]


@pytest.fixture
async def hurt(azurite: landscape.Azurite, real_storage: Storage) -> AsyncIterator[Hurt]:
    """Give a ledger with three restores: two closed in two days, one younger."""
    async with hurt_world(azurite.connection_string, real_storage) as made:
        made.world.put(a_deleted_person())
        yield made


async def restored(hurt: Hurt) -> list[str]:
    """Three restores: one in each closed day, and one since."""
    ids = []
    for number in range(3):
        record = await hurt.world.accept(a_request(idempotency_key=str(number)))
        await hurt.world.finish(record.id)
        ids.append(record.id)
        if number < 2:
            hurt.world.clock.advance(DAY)
            assert await close_day(hurt.world.deps) is not None
            hurt.world.clock.advance(2 * timedelta(hours=1))
    return ids


async def _change(hurt: Hurt, ids: list[str]) -> None:
    row = (await hurt.rows(ids[0]))[1]
    await hurt.put(row, replace(entry_of(row), event="settled"))


async def _change_detail(hurt: Hurt, ids: list[str]) -> None:
    row = next(row for row in await hurt.rows(ids[0]) if entry_of(row).detail)
    await hurt.put(row, replace(entry_of(row), detail=text("journal", "claimed", worker="else")))


async def _change_who(hurt: Hurt, ids: list[str]) -> None:
    row = (await hurt.rows(ids[0]))[0]
    await hurt.put(row, replace(entry_of(row), by=RequestedBy(Door.HTTP, "Somebody Else", "x")))


async def _change_name(hurt: Hurt, ids: list[str]) -> None:
    row = (await hurt.rows(ids[0]))[0]
    entry = entry_of(row)
    assert entry.by is not None
    await hurt.put(row, replace(entry, by=replace(entry.by, name="Somebody Else")))


async def _change_youngest(hurt: Hurt, ids: list[str]) -> None:
    row = (await hurt.rows(ids[2]))[1]
    await hurt.put(row, replace(entry_of(row), graph_request_id="another"))


async def _remove(hurt: Hurt, ids: list[str]) -> None:
    await hurt.table.delete_entity((await hurt.rows(ids[0]))[1])


async def _remove_first(hurt: Hurt, ids: list[str]) -> None:
    await hurt.table.delete_entity((await hurt.rows(ids[0]))[0])


async def _remove_last(hurt: Hurt, ids: list[str]) -> None:
    await hurt.table.delete_entity((await hurt.rows(ids[0]))[-1])


async def _remove_restore(hurt: Hurt, ids: list[str]) -> None:
    for row in await hurt.rows(ids[0]):
        await hurt.table.delete_entity(row)


async def _put_in(hurt: Hurt, ids: list[str]) -> None:
    row = (await hurt.rows(ids[0]))[1]
    await hurt.put(row, entry_of(row), f"{row['RowKey']}5")


async def _put_at_the_end(hurt: Hurt, ids: list[str]) -> None:
    """Chained as it should be, and dated back."""
    rows = await hurt.rows(ids[0])
    last = entry_of(rows[-1])
    assert last.link is not None
    record = await hurt.world.record(ids[0])
    head = Head(last.link.number, last.link.hash, last.at)
    forged = JournalEntry(last.at, "done", by=ADMIN)
    ((entry, head),) = chained(record, head, [forged], fresh_salt)
    await hurt.put(rows[-1], entry, f"j-{head.number:06d}")


async def _put_a_restore_in(hurt: Hurt, ids: list[str]) -> None:
    """A whole journal, chained as it should be, of a restore that never was."""
    rows = await hurt.rows(ids[0])
    record = replace(await hurt.world.record(ids[0]), id="f" * 32)
    for entry, head in chained(record, NO_ENTRIES, map(entry_of, rows), fresh_salt):
        row = {**rows[0], "PartitionKey": record.id}
        await hurt.put(row, entry, f"j-{head.number:06d}")  # type: ignore[arg-type] # as read


async def _swap(hurt: Hurt, ids: list[str]) -> None:
    _, one, two, *_ = await hurt.rows(ids[0])
    await hurt.put(one, entry_of(two))
    await hurt.put(two, entry_of(one))


async def _swap_between_restores(hurt: Hurt, ids: list[str]) -> None:
    one, two = (await hurt.rows(ids[0]))[1], (await hurt.rows(ids[1]))[1]
    await hurt.put(one, entry_of(two))
    await hurt.put(two, entry_of(one))


async def _rewrite_all(hurt: Hurt, ids: list[str]) -> None:
    """The whole journal anew, each hash as it should be: only the day's head knows better."""
    rows = await hurt.rows(ids[0])
    record = await hurt.world.record(ids[0])
    told = [entry_of(row) for row in rows]
    told[0] = replace(told[0], by=ADMIN)
    rewritten = list(chained(record, NO_ENTRIES, told, fresh_salt))
    for row, (entry, _) in zip(rows, rewritten, strict=True):
        await hurt.put(row, entry)


async def _change_head(hurt: Hurt, _: list[str]) -> None:
    name = (await hurt.names("days/"))[0]
    heads = json.loads(await (await hurt.blobs.download_blob(name)).readall())["heads"]
    await hurt.rewrite_blob(name, heads=[{**heads[0], "hash": "0" * 64}])


async def _replace_day(hurt: Hurt, _: list[str]) -> None:
    """A day without heads, its own hash as it should be: only the next day knows better."""
    name = (await hurt.names("days/"))[0]
    day = decode_day(await (await hurt.blobs.download_blob(name)).readall())
    forged = encode_day(closed_day(None, day.at, day.keep_days, ()))
    await hurt.blobs.upload_blob(name, forged, overwrite=True)


async def _remove_day(hurt: Hurt, _: list[str]) -> None:
    await hurt.blobs.delete_blob((await hurt.names("days/"))[0])


async def _damage_day(hurt: Hurt, _: list[str]) -> None:
    await hurt.blobs.upload_blob((await hurt.names("days/"))[0], b"{", overwrite=True)


async def _damage_entry(hurt: Hurt, ids: list[str]) -> None:
    row = (await hurt.rows(ids[0]))[1]
    await hurt.table.update_entity({**row, "doc0": "{"}, UpdateMode.MERGE)


async def _damage_erasure(hurt: Hurt, _: list[str]) -> None:
    await hurt.blobs.upload_blob("erasures/2026.json", b"{")


async def _fake_erasure(hurt: Hurt, ids: list[str]) -> None:
    """The texts and salts are gone, and the hashes stand: but nobody was erased."""
    for row in await hurt.rows(ids[0]):
        await hurt.put(row, without_personal(entry_of(row)))


async def _fake_erasure_in_words(hurt: Hurt, ids: list[str]) -> None:
    """An entry that says so, chained as it should be and of today: but no blob."""
    await _fake_erasure(hurt, ids)
    rows = await hurt.rows(ids[0])
    last = entry_of(rows[-1])
    assert last.link is not None
    record = await hurt.world.record(ids[0])
    head = Head(last.link.number, last.link.hash, last.at)
    said = JournalEntry(hurt.world.clock.now(), "erased", by=replace(ADMIN, name=None))
    ((entry, head),) = chained(record, head, [said], fresh_salt)
    await hurt.put(rows[-1], entry, f"j-{head.number:06d}")


ATTACKS: dict[str, tuple[Attack, str]] = {
    "a row changed": (_change, "was changed"),
    "a text changed": (_change_detail, "was changed"),
    "another who did it": (_change_who, "was changed"),
    "another name": (_change_name, "was changed"),
    "a row of today changed": (_change_youngest, "was changed"),
    "a row removed": (_remove, "is missing"),
    "the first row removed": (_remove_first, "is missing"),
    "the last row removed": (_remove_last, "more entries"),
    "a restore removed": (_remove_restore, "is missing"),
    "a row put in": (_put_in, "was put in"),
    "a row put at the end": (_put_at_the_end, "was put in"),
    "a restore put in": (_put_a_restore_in, "was put in"),
    "two rows swapped": (_swap, "before entry"),
    "two restores' rows swapped": (_swap_between_restores, "entry "),
    "a journal written anew": (_rewrite_all, "day's head"),
    "a day's head changed": (_change_head, "was changed"),
    "a day replaced": (_replace_day, "does not follow"),
    "a day removed": (_remove_day, "days are missing"),
    "a day damaged": (_damage_day, ".json cannot be read"),
    "an entry damaged": (_damage_entry, "cannot be read"),
    "an erasure damaged": (_damage_erasure, "erasures/2026.json cannot be read"),
    "an erasure faked": (_fake_erasure, "nobody was erased"),
    "an erasure faked, and said": (_fake_erasure_in_words, "nobody was"),
}


@pytest.mark.parametrize("name", ATTACKS)
async def test_an_attack_is_found(name: str, hurt: Hurt) -> None:
    """The checker holds before it, and names a broken link after it."""
    attack, said = ATTACKS[name]
    ids = await restored(hurt)
    assert await hurt.verdict() == ""

    await attack(hurt, ids)

    assert said in await hurt.verdict()


@pytest.mark.parametrize("name", ["a day damaged", "an entry damaged", "an erasure damaged"])
async def test_what_cannot_be_read_is_one_line_of_the_export(name: str, hurt: Hurt) -> None:
    """All others are handed out as before, whatever the size of a page; tables and blobs agree."""
    ids = await restored(hurt)
    before = await hurt.lines()
    attack, said = ATTACKS[name]
    await attack(hurt, ids)

    pages = [await hurt.lines(top) for top in (1, 2, 7, 999)]

    assert pages == [pages[0]] * 4
    damaged = [line for line in pages[0] if line["what"] == "unreadable"]
    assert len(damaged) == 1
    assert [line for line in pages[0] if line not in damaged] == [
        line for line in before if line in pages[0]
    ]
    assert len(pages[0]) >= len(before)
    rows, proofs = Rows(hurt.table), BlobProofs(lambda: hurt.blobs)
    with pytest.raises(Broken, match=said):
        await check(rows, proofs, hurt.world.clock.now())


async def test_two_trails_are_not_one(hurt: Hurt) -> None:
    """Days that do not follow on each other; also where only the journals were mixed."""
    await restored(hurt)
    ours = await hurt.lines()
    theirs = await _another_trail()

    days = [line for line in theirs if line["what"] == "day-closed"]
    entries = [line for line in theirs if line["what"] != "day-closed"]

    assert "does not follow" in verdict_on([*ours, *theirs], hurt.world)
    assert "does not follow" in verdict_on([ours[0], *days, *ours[1:]], hurt.world)
    assert "was put in" in verdict_on([*ours, *entries], hurt.world)


async def _another_trail() -> list[Json]:
    """The trail of another deployment, of the same days."""
    world = World()
    world.put(a_deleted_person())
    for number in range(2):
        record = await world.accept(a_request(idempotency_key=f"other {number}"))
        await world.finish(record.id)
        world.clock.advance(DAY)
        assert await close_day(world.deps) is not None
        world.clock.advance(2 * timedelta(hours=1))
    page = await read_trail(TrailQuery(), world.deps)
    return [trail_line(item, Reader()) for item in page.items]


async def test_the_last_day_cut_off_is_found_by_whoever_knows_it(hurt: Hurt) -> None:
    """An auditor's note of its hash; without one only the blob's own protection is against it."""
    await restored(hurt)
    rows, proofs, now = Rows(hurt.table), BlobProofs(lambda: hurt.blobs), hurt.world.clock.now()
    last = decode_day(await proofs.read((await hurt.names("days/"))[-1]) or b"")
    checked = await check(rows, proofs, now, last.hash)
    assert checked.last_day["hash"] == last.hash

    await hurt.blobs.delete_blob((await hurt.names("days/"))[-1])

    assert (await check(rows, proofs, now)).last_day["hash"] != last.hash
    with pytest.raises(Broken, match="checked before is missing"):
        await check(rows, proofs, now, last.hash)


async def test_what_no_day_has_yet_can_be_rewritten_by_who_may_write_all(hurt: Hurt) -> None:
    """The bound: until the next day is closed, row, record and export agree with each other."""
    ids = await restored(hurt)
    await _remove_last_with_its_record(hurt, ids[2])

    assert await hurt.verdict() == ""
    rows, proofs = Rows(hurt.table), BlobProofs(lambda: hurt.blobs)
    assert await check(rows, proofs, hurt.world.clock.now()) is not None


async def _remove_last_with_its_record(hurt: Hurt, restore_id: str) -> None:
    """The last entry goes, and the record says that the one before is its end."""
    *_, before, last = await hurt.rows(restore_id)
    link = entry_of(before).link
    assert link is not None
    await hurt.table.delete_entity(last)
    record = {"PartitionKey": restore_id, "RowKey": "record", "head": link.hash}
    await hurt.table.update_entity(record, UpdateMode.MERGE)


async def test_a_restart_in_the_middle_is_no_attack(hurt: Hurt) -> None:
    """A worker that dies over a restore, and an instance that dies over the day's head."""
    record = await hurt.world.accept(a_request(idempotency_key="dies"))
    hurt.world.directory.fail_next("restore_user", DiedError(), after_effect=True)
    with pytest.raises(DiedError):
        await hurt.world.run(record.id)
    hurt.world.clock.advance(DAY)
    assert await close_day(hurt.world.deps) is not None
    hurt.world.clock.advance(DAY)
    await hurt.world.finish(record.id)

    class DyingProofs(BlobProofs):
        async def keep(self, name: str, content: bytes) -> bool:
            await super().keep(name, content)
            raise DiedError

    dying = replace(hurt.world.deps, proofs=DyingProofs(lambda: hurt.blobs))
    with pytest.raises(DiedError):
        await close_day(dying)

    assert await close_day(hurt.world.deps) is None
    assert await hurt.verdict() == ""
    hurt.world.clock.advance(DAY)
    assert await close_day(hurt.world.deps) is not None
    assert await hurt.verdict() == ""


async def test_a_true_erasure_is_no_attack(hurt: Hurt) -> None:
    """Nothing of the person is left, and every link holds; a changed blob of it is found."""
    await restored(hurt)

    await erase_person(USER_ID, ADMIN, hurt.world.deps)

    lines = await hurt.lines()
    assert await hurt.verdict() == ""
    assert "person-erased" in [line["what"] for line in lines]
    assert [line["what"] for line in lines].count("erased") == 3
    erasure = (await hurt.names("erasures/"))[0]
    await hurt.rewrite_blob(erasure, userId="somebody-else")
    assert "was changed" in await hurt.verdict()


async def test_what_cleanup_removed_is_no_attack(hurt: Hurt) -> None:
    """A restore past its keep time is proven by its day's head."""
    ids = await restored(hurt)
    await close_day(hurt.world.deps)
    hurt.world.clock.advance(91 * DAY)
    for restore_id in ids:
        await hurt.world.storage.ledger.remove(restore_id)

    assert await hurt.verdict() == ""


async def test_a_change_after_the_end_comes_into_the_next_days_heads(hurt: Hurt) -> None:
    """An erasure long after the end is proven, too; and each day has only what changed."""
    ids = await restored(hurt)
    hurt.world.clock.advance(2 * DAY)
    assert await close_day(hurt.world.deps) is not None
    hurt.world.clock.advance(5 * DAY)
    await erase_person(USER_ID, ADMIN, hurt.world.deps)

    day = await close_day(hurt.world.deps)

    assert day is not None
    assert {head.restore_id for head in day.heads} == set(ids)
    hurt.world.clock.advance(DAY)
    quiet = await close_day(hurt.world.deps)
    assert quiet is not None
    assert quiet.heads == ()
    assert await close_day(hurt.world.deps) is None
    assert await hurt.verdict() == ""


async def test_a_record_that_cannot_be_read_is_proven_like_all_others(hurt: Hurt) -> None:
    """Its document is damaged; the day has the end of its journal, and whoever writes that anew."""
    ids = await restored(hurt)
    damaged = {"PartitionKey": ids[2], "RowKey": "record", "doc0": "{"}
    await hurt.table.update_entity(damaged, UpdateMode.MERGE)
    hurt.world.clock.advance(2 * DAY)

    day = await close_day(hurt.world.deps)

    assert day is not None
    assert ids[2] in {head.restore_id for head in day.heads}
    assert await hurt.verdict() == ""
    await _remove_last(hurt, [ids[2]])
    assert f"of restore {ids[2]} there were more entries" in await hurt.verdict()


async def test_entries_that_no_day_has_for_a_damaged_end_are_named(hurt: Hurt) -> None:
    """The day is closed for all others; what it cannot have is told by the check."""
    ids = await restored(hurt)
    damaged = {"PartitionKey": ids[2], "RowKey": "record", "journalLength": "x"}
    await hurt.table.update_entity(damaged, UpdateMode.MERGE)
    hurt.world.clock.advance(2 * DAY)

    assert await close_day(hurt.world.deps) is not None

    verdict = await hurt.verdict()
    assert f"of restore {ids[2]} was put in" in verdict


async def test_the_tables_themselves_can_be_checked(hurt: Hurt) -> None:
    """Past the service; a last entry that was removed is found before the day is closed."""
    ids = await restored(hurt)
    rows, proofs, now = Rows(hurt.table), BlobProofs(lambda: hurt.blobs), hurt.world.clock.now()
    checked = await check(rows, proofs, now)
    assert (checked.counts["restores"], checked.counts["days"], checked.open) == (3, 2, 1)

    await hurt.table.delete_entity((await hurt.rows(ids[2]))[-1])

    with pytest.raises(Broken, match="the end of restore"):
        await check(rows, proofs, now)


async def test_what_is_noted_beside_the_journals_is_no_entry(hurt: Hurt) -> None:
    """The tables can be checked right after an erasure, whose notes the next day takes back."""
    await restored(hurt)
    await erase_person(USER_ID, ADMIN, hurt.world.deps)
    assert [note async for note in hurt.world.deps.trail.changed()] != []

    proofs = BlobProofs(lambda: hurt.blobs)
    checked = await check(Rows(hurt.table), proofs, hurt.world.clock.now())

    assert (checked.counts["restores"], checked.counts["erasures"]) == (3, 1)


@pytest.mark.parametrize("form", ["lines", "csv"])
async def test_an_export_is_checked_offline(hurt: Hurt, tmp_path: Path, form: str) -> None:
    """By the script alone, in both forms; and a changed file is found."""
    await restored(hurt)
    file = tmp_path / "trail"
    if form == "csv":
        page = await read_trail(TrailQuery(), hurt.world.deps)
        cells = (trail_cells(item, Reader()) for item in page.items)
        file.write_bytes(csv_out(TRAIL_COLUMNS, cells))
    else:
        file.write_text("".join(f"{json.dumps(line)}\n" for line in await hurt.lines()))
    command = [sys.executable, "-I", check_trail.__file__, str(file)]

    async def answer() -> tuple[int | None, str]:
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        out, _ = await process.communicate()
        return process.returncode, out.decode()

    code, said = await answer()
    assert (code, said[:3]) == (0, "ok:")
    file.write_text(file.read_text("utf-8").replace("accepted", "approved", 1))
    code, said = await answer()
    assert (code, said[:7]) == (1, "broken:")
