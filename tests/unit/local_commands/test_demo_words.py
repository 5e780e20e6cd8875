"""What the demo shows: each person with what became of them, and every fault as a fault."""

from datetime import UTC, datetime

from infra.local.demo.script import Line, script
from infra.local.demo.words import table, verdict

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def played() -> list[Line]:
    """The script as it must end."""
    lines = script(NOW)
    for line in lines:
        line.answers = ["202", "202", "200"]
        line.restore = {
            "id": line.person,
            "outcome": {"code": line.code},
            "requestedBy": {"door": line.door},
        }
        line.counted = line.changes
    return lines


def test_people_are_named_and_the_table_is_explained() -> None:
    """Each person has a line; the words under it say what the columns mean and what to do next."""
    lines = played()
    shown = table(lines)
    words = verdict(lines, is_same=True)

    assert all(line.person in shown for line in lines)
    assert "202 x2, 200" in shown
    assert "202 accepted" in words
    assert "Everything ended as promised." in words
    assert "make serve" in words
    assert "WRONG" not in shown + words


def test_other_outcome_and_other_count_are_told() -> None:
    """A restore that ended otherwise, or changed the tenant twice, is no success."""
    lines = played()
    lines[0].counted = 2
    lines[3].restore["outcome"] = {"code": "user-restored"}

    assert [line.is_right for line in lines] == [False, True, True, False, True, True]
    assert "NO: user-restored, 1 changes" in table(lines)
    assert "WRONG: Emma Jansen, Fleur Hendriks" in verdict(lines, is_same=True)


def test_second_restore_for_one_request_is_told() -> None:
    """The repeated request must be the first restore."""
    assert "WRONG: Emma's second request" in verdict(played(), is_same=False)
