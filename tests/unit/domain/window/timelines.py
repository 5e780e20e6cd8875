"""Build timelines whose instants are counted back from NOW in days, and judge them."""

from datetime import datetime, timedelta

from shared.domain.window.judge import Judgement, WindowRules, judge
from shared.domain.window.timeline import Fact, Hint, LogCoverage, Timeline, seen
from shared.domain.window.verdict import Evidence
from tests.builders import NOW

DAY = timedelta(days=1)
RULES = WindowRules(30 * DAY, 3 * DAY)
DELAYED = WindowRules(30 * DAY, 3 * DAY, delayed_delicensing=True)


def ago(days: float) -> datetime:
    """The instant so many days before NOW."""
    return NOW - days * DAY


def look(days: float, *, has_plan: bool) -> Fact:
    """A look of the service's own, so many days ago."""
    return seen(ago(days), Evidence.OBSERVED, has_plan=has_plan)


def rounds(since: float, until: float, *, has_plan: bool) -> Fact:
    """Rounds every hour from one day to the other, counted back from NOW."""
    return Fact(has_plan, ago(since), ago(until), Evidence.OBSERVED)


def hint(days: float, evidence: Evidence = Evidence.AUDIT) -> Hint:
    """A hint so many days ago."""
    return Hint(ago(days), evidence)


def log_of(days: float) -> LogCoverage:
    """A log that goes back so many days."""
    return LogCoverage(ago(days), NOW)


def judged(timeline: Timeline, rules: WindowRules = RULES) -> Judgement:
    """The judgement at NOW."""
    return judge(timeline, rules, NOW)


NOT_NOW = look(0, has_plan=False)
