"""Say when the timers run unless a deployment says otherwise (NCRONTAB, UTC).

Apart from the settings, because indexing needs these and nothing else of them.
"""

from typing import Final

# Every minute: the most a scheduled restore may start late, and the price is one point query.
SWEEP_SCHEDULE: Final = "0 * * * * *"
# Once an hour, off the full hour, when every other tool of the tenant asks Graph.
OBSERVE_SCHEDULE: Final = "0 7 * * * *"
# Once a night.
CLEANUP_SCHEDULE: Final = "0 30 3 * * *"
# Monday morning, before the service desk opens.
REPORT_SCHEDULE: Final = "0 0 6 * * 1"
# The morning of the first of the month, when somebody is there soon to see how it went.
DRILL_SCHEDULE: Final = "0 30 5 1 * *"
