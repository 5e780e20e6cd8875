#!/usr/bin/env bash
# azd hook: says which Graph permissions are missing, and grants them only when told to.
# GRANT_GRAPH=true grants; whoever deploys then needs the rights of an administrator.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${IDENTITY_PRINCIPAL_ID:?is set by azd after provisioning; run this through azd}"
arguments=(--principal-id "$IDENTITY_PRINCIPAL_ID")
if [ -n "${GRAPH_FEATURES:-}" ]; then arguments+=(--features "$GRAPH_FEATURES"); fi
if [ "${GRANT_GRAPH:-false}" = true ]; then
  exec python3 infra/graph/grant.py "${arguments[@]}"
fi
printf 'Graph permissions are not granted here (GRANT_GRAPH is not true). What is missing:\n'
python3 infra/graph/grant.py "${arguments[@]}" --what-if ||
  printf 'The permissions could not be read. An administrator runs infra/graph/grant.py once: infra/RUNBOOK.md, Grant.\n'
