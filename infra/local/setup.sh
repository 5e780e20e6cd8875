#!/usr/bin/env bash
# Makes this checkout able to run: Python 3.13 in .venv (tools and tests) and .venv-runtime (only
# what requirements.txt names, as in Azure), and Azurite from npm. Runs again only when a lock
# file changed. Needs: bash, Node 20 or later with npm, and any Python 3 with pip to find or
# fetch 3.13.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

is_313() { [ -x "$1" ] && "$1" -c 'import sys, ssl, venv; raise SystemExit(sys.version_info[:2] != (3, 13))' 2>/dev/null; }

find_python() {
  local candidate
  if [ -n "${PYTHON:-}" ]; then
    is_313 "$PYTHON" || fail "PYTHON=$PYTHON is not Python 3.13 (with ssl and venv)."
    echo "$PYTHON"
    return
  fi
  for candidate in "$(command -v python3.13 || true)" "$(command -v python3 || true)" \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python "$HOME"/.local/share/uv/python/cpython-3.13*/bin/python3.13; do
    if [ -n "$candidate" ] && is_313 "$candidate"; then echo "$candidate"; return; fi
  done
  fetch_python
}

# uv for the Python named, held to the hash of the lock file: it installs all the rest.
bring_uv() {
  mkdir -p .local
  awk '/^uv==/ {on = 1; print; next} on && /^[^ ]/ {exit} on && !/#/ {print}' tests/requirements.txt > .local/uv.txt
  "$1" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .local/uv.txt
}

# No 3.13 on this machine: uv brings one, in a corner of its own.
fetch_python() {
  command -v python3 >/dev/null || fail "Python is missing. Install Python 3.13 (python.org, your package manager, or uv) and run again."
  printf 'setup: no Python 3.13 found, asking uv for one\n' >&2
  { python3 -m venv .local/uv && bring_uv .local/uv/bin/python && .local/uv/bin/uv python install 3.13; } >&2 ||
    fail "Python 3.13 was not found and could not be fetched. Install it, or name it: make setup PYTHON=/path/to/python3.13"
  .local/uv/bin/uv python find 3.13
}

check_node() {
  command -v node >/dev/null || fail "Node is missing. Install Node 20 or later with npm: Azurite, the local storage, runs on it."
  command -v npm >/dev/null || fail "npm is missing. Install it beside Node: Azurite, the local storage, comes from it."
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "Node $(node --version) is too old for Azurite. Install Node 20 or later."
}

install_python() {
  local python
  python=$(find_python)
  printf 'setup: Python %s at %s\n' "$("$python" -V | cut -d' ' -f2)" "$python"
  is_313 .venv/bin/python || { rm -rf .venv .venv-runtime; "$python" -m venv .venv; }
  [ -x .venv/bin/uv ] || bring_uv .venv/bin/python
  .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes tests/requirements.txt
  [ -x .venv-runtime/bin/python ] || .venv/bin/uv venv --quiet --python "$python" .venv-runtime
  .venv/bin/uv pip sync --quiet --python .venv-runtime/bin/python --require-hashes requirements.txt
}

install_azurite() {
  printf 'setup: Azurite from npm\n'
  npm ci --prefix infra/local/azurite --silent --no-fund --no-audit --no-update-notifier
}

# Runs a step unless it was done for exactly this input: once NAME INPUT-FILES... -- COMMAND
once() {
  local stamp=.local/$1.stamp inputs=() sum
  shift
  while [ "$1" != -- ]; do inputs+=("$1"); shift; done
  shift
  sum=$(cat "${inputs[@]}" | cksum)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return; fi
  rm -f "$stamp"
  "$@"
  printf '%s' "$sum" > "$stamp"
}

check_node
mkdir -p .local
is_313 .venv/bin/python || rm -f .local/python.stamp
[ -d infra/local/azurite/node_modules ] || rm -f .local/azurite.stamp
once python requirements.txt tests/requirements.txt .python-version "$0" -- install_python
once azurite infra/local/azurite/package-lock.json -- install_azurite
