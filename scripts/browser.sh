#!/bin/sh
# The browser journeys drive Chromium. Installs it where we may, and says what to do where we may not.
set -eu
cd "$(dirname "$0")/.."

works() { command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1; }

found() { works chromium || works chromium-browser || works google-chrome; }

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "browser: installing the package chromium, which the browser tests need"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends chromium >/dev/null || true
    found && exit 0
fi
echo "browser: Chromium is needed for the browser tests and was not found." >&2
echo "browser: install your system's package \`chromium\` and run this again," >&2
echo "browser: or leave those tests out: make test ARGS='--ignore tests/journeys'" >&2
exit 2
