"""Start the host: `python -m infra.local.host --app DIR --port N`."""

import os
import sys

from infra.local.host.command import main

code = main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.flush()
# The platform ends a worker without asking the app to close anything, and so do we: what an app
# keeps open for its whole life is not worth a complaint at the end of it.
os._exit(code)
