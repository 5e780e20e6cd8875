"""Run `python -m infra.local.serve`."""

import sys

from infra.local.serve.command import main

raise SystemExit(main(sys.argv[1:]))
