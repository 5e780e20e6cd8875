"""What is remembered of a person, look by look, and that it stays bounded."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.licensing.held import HeldLicense, LostLicense, Origin
from shared.domain.observations import extend
from shared.domain.observations.extend import Look, SeenNames, first_look, look_at, with_look
from shared.domain.observations.observation import Observation, PlanRun
from shared.domain.observations.rounds import NO_ROUNDS, RoundLog, RoundStretch
from shared.domain.person import AssignedLicense
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID, a_person, an_observation

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
E3 = HeldLicense(ENTERPRISEPACK_ID, (), Origin.DIRECT)
ADD_ON = HeldLicense("an-add-on", (), Origin.GROUP, ("a-group",))


def rounds(*hours: int) -> RoundLog:
    """Rounds that began so many hours after NOW."""
    log = NO_ROUNDS
    for hour in hours:
        log = log.completed(NOW + hour * HOUR)
    return log


def with_plan(at: datetime, *licenses: HeldLicense) -> Look:
    """A look that found a plan."""
    return Look(at, has_plan=True, licenses=licenses or (E3,))


def without(at: datetime, *licenses: HeldLicense) -> Look:
    """A look that found no plan."""
    return Look(at, has_plan=False, licenses=licenses)


class TestRounds:
    """The log of rounds."""

    def test_rounds_a_day_apart_are_one_stretch(self) -> None:
        """One that came later than a day begins another."""
        log = rounds(0, 1, 25, 50)

        assert log.stretches == (
            RoundStretch(NOW, NOW + 25 * HOUR),
            RoundStretch(NOW + 50 * HOUR, NOW + 50 * HOUR),
        )
        assert (log.first, log.last) == (NOW, NOW + 50 * HOUR)

    def test_a_round_that_is_not_newer_changes_nothing(self) -> None:
        """A run that was overtaken writes its round once more."""
        assert rounds(0, 5).completed(NOW + 3 * HOUR) == rounds(0, 5).completed(NOW + 5 * HOUR)

    def test_it_is_cut_to_what_is_asked_for(self) -> None:
        """Only what lies between the instants, and nothing of what does not."""
        log = rounds(0, 10, 20, 90, 100)

        assert tuple(log.within(NOW + 5 * HOUR, NOW + 95 * HOUR)) == (
            RoundStretch(NOW + 5 * HOUR, NOW + 20 * HOUR),
            RoundStretch(NOW + 90 * HOUR, NOW + 95 * HOUR),
        )
        assert tuple(log.within(NOW + 30 * HOUR, NOW + 80 * HOUR)) == ()

    def test_the_oldest_stretches_are_dropped(self) -> None:
        """The oldest stretches go."""
        log = rounds(*range(0, 30 * 200, 30))

        assert len(log.stretches) <= 64
        assert log.last == NOW + 30 * 199 * HOUR


class TestLooks:
    """Looks at an active person."""

    def test_a_look_that_shows_the_same_lengthens_the_run(self) -> None:
        """First and last are remembered, and the rounds tell the rest."""
        seen = with_look(first_look(USER_ID, with_plan(NOW)), with_plan(NOW + DAY), NO_ROUNDS)

        assert seen.runs == (PlanRun(True, NOW, NOW + DAY),)  # noqa: FBT003
        assert seen.lost_at is None

    def test_the_run_that_ends_lasted_until_the_last_round(self) -> None:
        """Who does not appear in a round was as before when it began."""
        seen = first_look(USER_ID, with_plan(NOW))
        lost = with_look(seen, without(NOW + 9 * HOUR), rounds(1, 2, 8))

        assert lost.runs[0].last == lost.lost_at == NOW + 8 * HOUR
        assert lost.runs[1] == PlanRun(False, NOW + 9 * HOUR, NOW + 9 * HOUR)  # noqa: FBT003

    def test_licences_that_went_are_remembered_with_their_bounds(self) -> None:
        """All that went in the same look as the plan went in the same loss."""
        seen = first_look(USER_ID, with_plan(NOW, E3, ADD_ON))
        lost = with_look(seen, without(NOW + 3 * HOUR), rounds(2))

        bounds = (NOW + 2 * HOUR, NOW + 3 * HOUR)
        assert lost.lost == (LostLicense(E3, *bounds), LostLicense(ADD_ON, *bounds))
        assert lost.lost_with_plan == (E3, ADD_ON)
        assert {one.sku_id for one in lost.known.licenses} == {E3.sku_id, ADD_ON.sku_id}
        groups = {one.sku_id: one.group_ids for one in lost.known.held if one.group_ids}
        assert groups == {ADD_ON.sku_id: ("a-group",)}

    def test_a_licence_that_went_alone_is_no_part_of_the_loss(self) -> None:
        """The add-on went a day before the plan did."""
        seen = first_look(USER_ID, with_plan(NOW, E3, ADD_ON))
        less = with_look(seen, with_plan(NOW + HOUR, E3), NO_ROUNDS)
        lost = with_look(less, without(NOW + DAY), rounds(20))

        assert lost.lost_with_plan == (E3,)
        assert {item.license for item in lost.lost} == {E3, ADD_ON}

    def test_what_comes_back_is_lost_no_more(self) -> None:
        """With every plan that it had; with one of them off, it is back in part only."""
        lost = with_look(first_look(USER_ID, with_plan(NOW)), without(NOW + HOUR), NO_ROUNDS)
        less = replace(E3, disabled_plans=("exchange",))

        assert with_look(lost, with_plan(NOW + DAY), NO_ROUNDS).lost == ()
        assert with_look(lost, without(NOW + DAY, less), NO_ROUNDS).lost_with_plan == (E3,)

    def test_an_origin_that_is_not_shown_is_that_of_before(self) -> None:
        """The feed may leave it out; a licence that is new then has no origin."""
        seen = first_look(USER_ID, with_plan(NOW, E3))
        bare = (replace(E3, origin=Origin.UNKNOWN), HeldLicense("new"))
        again = with_look(seen, with_plan(NOW + HOUR, *bare), NO_ROUNDS)

        assert again.held == (E3, HeldLicense("new"))

    def test_nobody_can_tell_is_no_look(self) -> None:
        """A licence that may carry a mailbox: until somebody can tell, rounds say nothing."""
        seen = first_look(USER_ID, with_plan(NOW))
        unsure = with_look(seen, Look(NOW + DAY, None, (HeldLicense("x"),)), rounds(1))

        assert unsure.runs == (PlanRun(True, NOW, NOW + HOUR),)  # noqa: FBT003
        assert extend.known_until(unsure, rounds(1, 90)) == NOW + HOUR
        assert not with_look(unsure, with_plan(NOW + 2 * DAY), NO_ROUNDS).is_doubted

    @pytest.mark.parametrize(("hours", "is_one"), [(20, True), (40, False)])
    def test_no_time_without_goes_on_over_a_long_doubt(self, hours: int, *, is_one: bool) -> None:
        """What nobody could judge may have been a plan; the loss of before stays the same."""
        lost = with_look(first_look(USER_ID, with_plan(NOW)), without(NOW + HOUR), NO_ROUNDS)
        unsure = with_look(lost, Look(NOW + 3 * HOUR, None, (HeldLicense("x"),)), rounds(2))
        again = with_look(unsure, without(NOW + hours * HOUR), rounds(2, hours))

        assert [one.has_plan for one in again.runs] == [True, False, *([] if is_one else [False])]
        assert (again.lost_at, again.is_seen_twice) == (NOW, True)
        assert again.lost_with_plan == lost.lost_with_plan == (E3,)

    def test_a_late_page_that_says_the_same_is_no_news(self) -> None:
        """One that says something else makes the person doubtful."""
        seen = first_look(USER_ID, with_plan(NOW))

        assert with_look(seen, with_plan(NOW - HOUR), NO_ROUNDS) == seen
        assert with_look(seen, without(NOW - HOUR), NO_ROUNDS) == replace(seen, is_doubted=True)


class TestNames:
    """Names and addresses."""

    def test_a_rename_is_remembered(self) -> None:
        """The old name leads to the person, the new one is the present one."""
        seen = first_look(USER_ID, replace(with_plan(NOW), names=SeenNames("Maiden@c.com", "M")))
        look = replace(with_plan(NOW + DAY), names=SeenNames("married@c.com", None))
        renamed = with_look(seen, look, NO_ROUNDS)

        assert renamed.names.former == ("maiden@c.com",)
        assert renamed.names.current == ("married@c.com",)
        assert renamed.names.display_name == "M"
        assert with_look(
            renamed, replace(look, names=SeenNames("maiden@c.com")), NO_ROUNDS
        ).names.former == ("married@c.com",)

    def test_addresses_that_go_with_the_plan_stay_remembered(self) -> None:
        """They are what the person had with a mailbox, and lead to the person."""
        names = SeenNames("ada@c.com", "Ada", ("ada@c.com", "Countess@c.com"))
        seen = first_look(USER_ID, replace(with_plan(NOW), names=names))
        bare = replace(without(NOW + DAY), names=SeenNames("ada@c.com", "Ada"))
        lost = with_look(seen, bare, NO_ROUNDS)

        assert lost.names.addresses == ("ada@c.com", "Countess@c.com")
        assert lost.names.former == ("countess@c.com",)

    def test_the_primary_address_comes_first_and_none_twice(self) -> None:
        """`SMTP:` is the primary one; the mail property repeats it."""
        person = a_person(
            mail="ada@c.com", proxy_addresses=("smtp:a@c.com", "SMTP:Ada@c.com", "x500:/o=a")
        )

        assert extend.names_of(person).addresses == ("Ada@c.com", "a@c.com")


class TestGone:
    """People who are deleted or purged."""

    def test_a_deletion_ends_what_rounds_say(self) -> None:
        """Until the last round before it, and not beyond."""
        seen = first_look(USER_ID, with_plan(NOW))
        gone = extend.deleted(seen, NOW + 5 * HOUR, rounds(4, 6))

        assert (gone.runs[-1].last, gone.gone_at) == (NOW + 5 * HOUR, NOW + 5 * HOUR)
        assert extend.known_until(gone, rounds(4, 90)) == NOW + 5 * HOUR
        assert gone.held == (E3,)

    @pytest.mark.parametrize("has_plan", [True, False])
    def test_what_the_deleted_object_shows_is_of_the_deletion(self, *, has_plan: bool) -> None:
        """A plan: as before. None: it went before the deletion."""
        seen = first_look(USER_ID, with_plan(NOW))
        shown = with_plan(NOW + DAY) if has_plan else without(NOW + DAY)
        gone = extend.deleted(seen, NOW + DAY, rounds(3), shown)

        assert gone.lost_at == (None if has_plan else NOW + 3 * HOUR)
        assert gone.lost_with_plan == (() if has_plan else (E3,))

    def test_a_look_at_the_active_person_ends_the_deletion(self) -> None:
        """Restored without a licence, the loss goes on."""
        seen = first_look(USER_ID, with_plan(NOW))
        gone = extend.deleted(seen, NOW + DAY, rounds(3), without(NOW + DAY))
        back = with_look(gone, without(NOW + 2 * DAY), NO_ROUNDS)

        assert (back.gone_at, back.lost_at) == (None, NOW + 3 * HOUR)

    def test_a_purged_person_keeps_names_and_the_deletion(self) -> None:
        """So that a request by name can be told what became of it."""
        seen = first_look(USER_ID, replace(with_plan(NOW), names=SeenNames("ada@c.com")))
        gone = extend.purged(extend.deleted(seen, NOW + DAY, NO_ROUNDS), NOW + 31 * DAY, NO_ROUNDS)

        assert (gone.deleted_at, gone.purged_at) == (NOW + DAY, NOW + 31 * DAY)
        assert gone.names.current == ("ada@c.com",)


class TestMailbox:
    """What the mailbox answered."""

    LOST = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW)

    def test_two_answers_some_minutes_apart_are_a_sight_of_the_mailbox(self) -> None:
        """One alone may be the mailbox service that lags."""
        once = extend.answering(self.LOST, NOW + HOUR, "user")
        twice = extend.answering(once, NOW + HOUR + timedelta(minutes=5), "user")

        assert (once.answered_at, once.lost_at) == (None, NOW)
        assert twice.lost_at == twice.answered_at == NOW + HOUR + timedelta(minutes=5)

    def test_a_silence_in_between_begins_anew(self) -> None:
        """Answered, silent, answered: the second one stands alone."""
        once = extend.silent(extend.answering(self.LOST, NOW + HOUR, "user"))

        assert extend.answering(once, NOW + DAY, "user").answered_at is None
        assert extend.silent(self.LOST) == self.LOST

    def test_a_shared_mailbox_is_no_loss(self) -> None:
        """One answer says so, and one that does not say what it is changes nothing."""
        shared = extend.answering(self.LOST, NOW + HOUR, "shared")
        again = extend.answering(shared, NOW + DAY, None)

        assert (shared.lost_at, shared.answered_at) == (None, NOW + HOUR)
        assert again.purpose == "shared"


def test_a_read_by_id_is_a_look() -> None:
    """Licences with their origin, names, and since when the account is there."""
    look = look_at(replace(a_person(), created_at=NOW - DAY), NOW, has_plan=True)

    assert look.licenses == (E3,)
    assert look.names is not None
    assert look.names.user_principal_name == a_person().user_principal_name
    assert first_look(USER_ID, look).created_at == NOW - DAY


looks = st.builds(
    Look,
    st.integers(0, 10_000).map(lambda hours: NOW + hours * HOUR),
    st.none() | st.booleans(),
    st.none() | st.lists(st.builds(HeldLicense, st.text("ab", max_size=3)), max_size=3).map(tuple),
    st.none()
    | st.builds(
        SeenNames,
        st.text("xyz", min_size=1, max_size=4),
        st.none(),
        st.lists(st.text("xyz", min_size=1, max_size=4), max_size=5).map(tuple),
    ),
)


@given(st.lists(looks, max_size=60))
def test_however_often_somebody_changes_the_memory_is_bounded(seen: list[Look]) -> None:
    """And its runs take turns, in order, but for what a long doubt has cut."""
    kept = Observation(USER_ID)
    for look in sorted(seen, key=lambda one: one.at):
        kept = with_look(kept, look, NO_ROUNDS)

    assert len(kept.runs) <= extend.MOST_RUNS
    assert len(kept.lost) <= extend.MOST_LOST
    assert len(kept.names.former) <= extend.MOST_FORMER
    assert not set(kept.names.former) & set(kept.names.current)
    for earlier, later in zip(kept.runs, kept.runs[1:], strict=False):
        assert earlier.first <= earlier.last <= later.first
        is_cut = not later.has_plan and later.first - earlier.last > DAY
        assert earlier.has_plan != later.has_plan or is_cut
