"""The desk in a hand, at night: nothing flickers and nothing is cut inside of a word."""

import pytest

from tests.desk.conftest import OpenDesk
from tests.desk.opened import NARROW, Look

PHONE = Look(width=NARROW, language="da-DK", scheme="dark")

# The heights that a list has in as many frames; it is drawn once in each.
_HEIGHTS = """(async () => {
  const found = new Set();
  for (let frame = 0; frame < 12; frame += 1) {
    await new Promise((drawn) => requestAnimationFrame(drawn));
    found.add(document.querySelector(".long").clientHeight);
  }
  return [...found];
})()"""


def test_a_list_longer_than_the_screen_stands_still(open_desk: OpenDesk) -> None:
    """Whether it scrolls in itself follows from its length, not from what of it is drawn."""
    desk = open_desk("all", "history", PHONE)
    desk.page.locator(".long-row").first.wait_for()

    heights = desk.evaluate(_HEIGHTS)

    assert len(heights) == 1
    assert heights[0] < 900


# Where a line of the view ends inside of a word: the last sign of the line, and the word.
_CUT = r"""(() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (; walker.nextNode(); ) {
    const text = walker.currentNode;
    const range = document.createRange();
    const top = (at) => {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getClientRects()[0]?.top;
    };
    for (const word of text.data.matchAll(/[^\s@._-]{2,}/g)) {
      const all = [...word[0]].map((_, at) => top(word.index + at));
      const tops = all.filter((at) => at !== undefined);
      if (tops.some((at) => Math.abs(at - tops[0]) > 8)) found.push(word[0]);
    }
  }
  return found;
})()"""


@pytest.mark.parametrize(
    "view",
    ["guards", "today", "restore?user=ana.berg", "approvals", "history", "failed", "report"],
)
def test_an_address_breaks_behind_its_signs(open_desk: OpenDesk, view: str) -> None:
    """No word is cut: there is room for each of them, and for the longest between two signs."""
    desk = open_desk("all", view, PHONE)
    desk.page.wait_for_load_state("networkidle")

    assert desk.evaluate(_CUT) == []
    width = desk.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW


def test_a_long_address_in_a_sentence_and_as_a_heading_breaks_there_too(
    open_desk: OpenDesk,
) -> None:
    """A restore of a person whom nobody knows by another name, and what is said of it."""
    address = "bestyrelsessekretariatet.fremtidsfuldmagt@contoso.example"
    desk = open_desk("all", f"restore?user={address}", PHONE)
    desk.page.locator(".headline h2").wait_for()

    assert desk.evaluate(_CUT) == []


def test_the_whole_address_of_a_lost_person_is_seen(open_desk: OpenDesk) -> None:
    """There is no pointer to rest on it, and two people may have one name."""
    desk = open_desk("all", "today", PHONE)

    cut = desk.evaluate(
        "[...document.querySelectorAll('.picture .person-address')]"
        ".filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
    )
    assert cut == []


def test_what_narrows_the_history_leaves_room_for_it(open_desk: OpenDesk) -> None:
    """The newest restore is seen without scrolling, below fields that stand side by side."""
    desk = open_desk("all", "history", PHONE)

    box = desk.page.locator(".long-row").first.bounding_box()

    assert box is not None
    assert box["y"] + box["height"] < 560
