"""The RecycleBin port in memory: over the deleted users of a FakeDirectory, or as scripted."""

from datetime import UTC, datetime

from shared.domain.lists.deleted_users import ReadingMode, SoftDeletedUser
from shared.domain.person import Person
from shared.ports.deleted_users import BinPage, BinRequest
from tests.fakes import refusals
from tests.fakes.directory import FakeDirectory

_FIRST = datetime.min.replace(tzinfo=UTC)


class FakeRecycleBin:
    """Pages as Graph gives them; `refused` are the readings this tenant's Graph answers 400 to."""

    def __init__(self, directory: FakeDirectory) -> None:
        self.refused: set[ReadingMode] = set()
        self.sizes: list[int] = []
        self._directory = directory

    async def page(self, asked: BinRequest) -> BinPage:
        """One page, longest deleted first unless its reading is PLAIN."""
        return self._directory.call("page", asked.skip_token or "", lambda: self._page(asked))

    def _page(self, asked: BinRequest) -> BinPage:
        self.sizes.append(asked.size)
        reading = asked.reading or self._best(asked)
        if reading in self.refused:
            raise refusals.bad_request("Unsupported query.")
        users = [person for person in self._directory.people if person.deleted_at is not None]
        if reading is ReadingMode.FILTERED and asked.deleted_within is not None:
            users = [user for user in users if asked.deleted_within.holds(user.deleted_at)]
        if reading is not ReadingMode.PLAIN:
            users.sort(key=lambda user: user.deleted_at or _FIRST)
        start = self._start(asked.skip_token, users)
        rest = users[start : start + asked.size]
        more = start + asked.size < len(users)
        return BinPage(
            tuple(_shown(user) for user in rest),
            reading,
            f"{start + asked.size} {rest[-1].id}" if more else None,
        )

    def _best(self, asked: BinRequest) -> ReadingMode:
        wanted = list(ReadingMode)[0 if asked.deleted_within is not None else 1 :]
        return next(reading for reading in wanted if reading not in self.refused)

    def _start(self, token: str | None, users: list[Person]) -> int:
        if token is None:
            return 0
        number, _, last = token.partition(" ")
        if not number.isdecimal():
            raise refusals.bad_request("Badly formed token.")
        ids = [user.id for user in users]
        return ids.index(last) + 1 if last in ids else int(number)


class ScriptedBin:
    """A RecycleBin that gives these answers, one after the other."""

    def __init__(self, *answers: BinPage | Exception) -> None:
        self._answers = iter(answers)

    async def page(self, asked: BinRequest) -> BinPage:
        """The next answer, whatever is asked."""
        assert asked.size > 0
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


def _shown(person: Person) -> SoftDeletedUser:
    return SoftDeletedUser(
        id=person.id,
        user_principal_name=person.user_principal_name,
        display_name=person.display_name,
        mail=person.mail,
        addresses=person.proxy_addresses,
        user_type="Member",
        synced=person.synced,
        deleted_at=person.deleted_at,
        licenses=person.licenses,
    )
