#!/usr/bin/env bash
# Makes .venv-infra: Python 3.13 with the tools of infra/requirements.txt, and nothing of the
# product. Runs again only when that file changed. Needs .venv (make setup) for Python and uv.
set -euo pipefail
cd "$(dirname "$0")/.."
stamp=.venv-infra/.stamp
sum=$(cat infra/requirements.txt "$0" | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then exit 0; fi
printf 'setup: the tools of infra, in .venv-infra\n'
[ -x .venv-infra/bin/python ] || .venv/bin/uv venv --quiet --python .venv/bin/python .venv-infra
.venv/bin/uv pip sync --quiet --python .venv-infra/bin/python --require-hashes infra/requirements.txt
printf '%s' "$sum" > "$stamp"
