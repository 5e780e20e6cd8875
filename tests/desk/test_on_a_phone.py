"""The desk in a hand, at night: nothing flickers."""

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
