"""What a query has found is kept for its next page, and for no other question."""

from infra.local.graph.odata.memo import Memo
from infra.local.graph.web.wire import Json
from tests.unit.local_graph.caller import BIN, EMMA, HANNA, Caller

SORTED = f"{BIN}/microsoft.graph.user?$count=true&$orderby=deletedDateTime desc&$select=id"


def test_one_question_is_answered_once() -> None:
    """Another one anew; and after some others, the first one too."""
    memo, asked = Memo(), []

    def find(name: str) -> list[Json]:
        def found() -> list[Json]:
            asked.append(name)
            return [{"id": name}]

        return memo.get(name, found)

    for name in ("a", "a", "b", "a", *"cdefghij", "a"):
        assert find(name) == [{"id": name}]

    assert asked == [*"abcdefghij", "a"]


async def test_what_has_changed_is_seen_at_once(graph: Caller) -> None:
    """A write, a switch and another tenant make the same question a new one."""
    before = (await graph.get(SORTED, eventual=True)).ids
    await graph.restore(EMMA)
    without = (await graph.get(SORTED, eventual=True)).ids
    await graph.control("POST", "/actions/delete-user", {"userId": HANNA})
    first = (await graph.get(SORTED, eventual=True)).ids[0]
    await graph.load()

    assert EMMA in before
    assert EMMA not in without
    assert first == HANNA
    assert (await graph.get(SORTED, eventual=True)).ids == []
