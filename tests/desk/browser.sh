#!/usr/bin/env bash
# Installs Chromium where none of the browsers that the desk's tests can open is there, and where
# that is allowed: on Debian, as root. Elsewhere the tests themselves say what to do.
set -euo pipefail

for name in chromium-headless-shell chrome-headless-shell google-chrome google-chrome-stable \
  chromium chromium-browser microsoft-edge; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -f /etc/debian_version ]; then
  printf 'desk: Chromium from Debian, about 100 MB\n'
  get() { apt-get install -y -qq --no-install-recommends "$1"; }
  # The shell is smaller, needs no window system, and is quicker; older releases do not have it.
  { apt-get update -qq && { get chromium-headless-shell || get chromium; }; } >/dev/null 2>&1 || true
fi
