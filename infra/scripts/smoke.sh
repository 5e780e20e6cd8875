#!/usr/bin/env bash
# After a deployment: is the app there, and is its door shut? Changes nothing.
# Usage: smoke.sh https://HOST [TOKEN]. The token, of a caller with Restore.Admin, is for the deep health.
set -euo pipefail
url=${1:?usage: smoke.sh https://HOST [TOKEN]}
token=${2:-}
faults=0

status() { curl -sS -o "$body" -w '%{http_code}' --max-time 60 "$@"; }
expect() { # expect WHAT WANTED GOT
  if [ "$2" = "$3" ]; then printf 'ok    %s: %s\n' "$1" "$3"; return; fi
  printf 'FAULT %s: %s, expected %s\n' "$1" "$3" "$2"
  faults=$((faults + 1))
}

body=$(mktemp)
trap 'rm -f "$body"' EXIT
# Somebody who claims to be an administrator, as nobody outside the platform may.
forged=$(printf '{"claims":[{"typ":"oid","val":"smoke"},{"typ":"roles","val":"Restore.Admin"},{"typ":"roles","val":"Restore.Read"}]}' | base64 | tr -d '\n')

expect 'health without a token' 200 "$(status "$url/api/health")"
expect 'restores without a token' 401 "$(status "$url/api/restores")"
expect 'restores with a forged principal' 401 "$(status -H "X-MS-CLIENT-PRINCIPAL: $forged" "$url/api/restores")"
got=$(status -H "X-MS-CLIENT-PRINCIPAL: $forged" "$url/api/health?deep=1")
case $got in 401 | 403) wanted=$got ;; *) wanted='401 or 403' ;; esac
expect 'deep health with a forged principal' "$wanted" "$got"
if [ -n "$token" ]; then
  expect 'deep health with a token' 200 "$(status -H "Authorization: Bearer $token" "$url/api/health?deep=1")"
  cat "$body"
  printf '\n'
fi
[ "$faults" = 0 ] || { printf '%s fault(s); see infra/RUNBOOK.md, Smoke test\n' "$faults"; exit 1; }
