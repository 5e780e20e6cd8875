"""Run a local command: `python -m infra.local COMMAND`, on any system.

It is begun by whatever Python there is, and goes on with the one that set-up has brought.
"""

import sys

if sys.version_info < (3, 9):  # noqa: UP036 - this very file is read by older ones, too
    raise SystemExit("Python 3.9 or later is needed to begin with; the service runs on 3.13.")

from infra.local.commands import main

raise SystemExit(main(sys.argv[1:]))
