"""The table is complete: every outcome code has a row, every switch is played under each answer."""

from collections import Counter

import pytest

from infra.local.graph.switches import Switches
from shared.domain.outcomes import Code, outcome
from tests.table.codes import STATUS_OF
from tests.table.row import Row
from tests.table.rows.all import NOT_PLAYED, ON_FAKES, ON_WIRE, ROWS

DEFAULTS = Switches().to_json()
ANSWERS: dict[str, tuple[object, ...]] = {
    "conflictStatus": (400, 409),
    "restoreVisibility": ("old", "neither", "both"),
    "sameLicenseAgain": ("ok", "error"),
    "retryAfter": ("integer", "fractional", "absent"),
    "restoredAccountEnabled": (None, True, False),
}


def test_the_codes_are_those_that_were_promised() -> None:
    """No code is added, renamed or moved to another status by accident."""
    now = {code.value: outcome(code).status.value for code in Code}

    differing = sorted(dict(now.items() ^ STATUS_OF.items()))
    assert not differing, f"write the same codes and statuses in tests/table/codes.py: {differing}"


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("rows", [ON_FAKES, ON_WIRE], ids=["fakes", "wire"])
def test_every_code_has_a_row(rows: list[Row], code: Code) -> None:
    """Every outcome that was promised is some row's end."""
    played = {row.expected.code for row in rows}

    assert code in played, f"add a row that ends as {code} to tests/table/rows"


def test_every_kind_ends_in_every_status() -> None:
    """Mailbox, user and licence each succeed, are refused and fail in some row."""
    seen = {(row.request.get("kind"), STATUS_OF[row.expected.code]) for row in ROWS}

    kinds, ends = ("mailbox", "user", "license"), ("succeeded", "refused", "failed")
    assert {(kind, end) for kind in kinds for end in ends} - {("user", "failed")} <= seen


def test_no_name_is_used_twice() -> None:
    """A failing row is found by its name."""
    names = Counter(row.name for row in ON_WIRE)

    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("switch", DEFAULTS)
def test_every_switch_is_played_under_each_answer(switch: str) -> None:
    """What no source settles about Graph is played both ways, or there is a reason why not."""
    if switch in NOT_PLAYED:
        assert NOT_PLAYED[switch]
        return
    default = DEFAULTS[switch]
    played = [row.state.switches.get(switch, default) for row in ON_WIRE]
    answers = ANSWERS.get(switch, (True, False) if isinstance(default, bool) else ())

    assert [answer for answer in answers if answer not in played] == []
    assert len({repr(answer) for answer in played}) > 1


def test_only_switches_that_exist_are_excused() -> None:
    """A reason does not outlive its switch, and is not kept for one that is played after all."""
    played = {switch for row in ON_WIRE for switch in row.state.switches}

    assert set(NOT_PLAYED) <= set(DEFAULTS)
    assert set(NOT_PLAYED).isdisjoint(played - {"tokenRoles"})
