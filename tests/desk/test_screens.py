"""Each screen for each role: what one may not do is not there, and is not even asked for."""

import pytest

from tests.desk.conftest import OpenDesk
from tests.desk.opened import NARROW, Desk, Look
from tests.desk.screens import ROLES, SCREENS, may_see

WORDS = {"en-GB": "Nothing here for you", "da-DK": "Her er intet for dig"}


@pytest.mark.parametrize("roles", ROLES)
def test_each_role_has_its_screens_and_no_others(open_desk: OpenDesk, roles: str) -> None:
    """The places in the list are those that open; nothing forbidden is ever asked."""
    desk = open_desk(roles)
    links = desk.page.locator("nav.side a").all()
    listed = {(link.get_attribute("href") or "").removeprefix("#/") for link in links}

    for screen in SCREENS:
        # What one may not see may still be in a link that somebody sends.
        open_ = desk.turn_to if may_see(roles, screen) else desk.open
        open_(screen)
        if "/" in screen:
            continue
        place = screen.partition("?")[0]
        assert (place in listed) == may_see(roles, screen), screen
        assert (desk.heading() == WORDS["en-GB"]) != may_see(roles, screen), screen
    assert [one for one in desk.world.seen if one["status"] == 403] == []
    assert desk.elsewhere == []


def test_a_screen_reader_finds_nothing_amiss(open_desk: OpenDesk) -> None:
    """No violation that axe-core knows of; one tab, for a new one costs more than the look."""
    desk = open_desk("all")

    for screen in SCREENS:
        desk.open(screen)
        assert desk.violations() == [], screen


def test_who_has_no_role_is_told_whom_to_ask(open_desk: OpenDesk) -> None:
    """Somebody who is signed in and may nothing learns which roles there are."""
    desk = open_desk("none")

    assert desk.heading() == WORDS["en-GB"]
    assert "Restore.Read" in desk.main().inner_text()
    assert desk.violations() == []


def overflow(desk: Desk) -> bool:
    """Whether the page is wider than the screen."""
    wide = desk.evaluate("document.documentElement.scrollWidth > innerWidth")
    return bool(wide)


def test_a_narrow_screen_is_enough(open_desk: OpenDesk) -> None:
    """Nothing is cut off at 360 pixels, and the places are behind a button."""
    desk = open_desk("all", look=Look(width=NARROW))

    for screen in SCREENS:
        desk.open(screen)
        assert not overflow(desk), screen
        desk.find("button", "Menu").click()
        assert desk.page.locator("#menu a").first.is_visible(), screen


@pytest.mark.matrix
@pytest.mark.parametrize("language", ["en-GB", "da-DK"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, 1024])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_in_every_way(
    open_desk: OpenDesk, screen: str, width: int, scheme: str, language: str
) -> None:
    """No violation and nothing cut off, in both colours, both languages, narrow and wide."""
    desk = open_desk("all", screen, Look(width=width, scheme=scheme, language=language))  # type: ignore[arg-type]

    assert desk.violations() == []
    assert not overflow(desk)
    assert desk.page.locator("html").get_attribute("lang") == language[:2]


@pytest.mark.matrix
@pytest.mark.parametrize("crowd", ["empty", "one", "many", "hostile"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_with_every_crowd(open_desk: OpenDesk, screen: str, crowd: str) -> None:
    """Nobody, one, ten thousand, or names that are meant to harm: the page stands."""
    desk = open_desk(f"all~{crowd}", screen)

    assert desk.violations() == []
    assert desk.evaluate("window.hacked") is None


@pytest.mark.matrix
@pytest.mark.parametrize("manner", ["slow", "broken", "busy"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_on_a_bad_day(open_desk: OpenDesk, screen: str, manner: str) -> None:
    """A slow, a failing and a busy service: each says so, and no view is left empty."""
    desk = open_desk(f"all~{manner}", screen)

    assert desk.violations() == []
    assert desk.heading()


@pytest.mark.matrix
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_at_twice_the_size(open_desk: OpenDesk, screen: str) -> None:
    """200 % zoom of an ordinary screen is one of half the width: nothing is cut off."""
    desk = open_desk("all", screen, Look(width=680, scale=2))

    assert not overflow(desk)
