"""Start the host: `python -m infra.local.host --app DIR --port N`."""

import sys

from infra.local.host.command import main

raise SystemExit(main(sys.argv[1:]))
