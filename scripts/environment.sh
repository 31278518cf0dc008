#!/bin/sh
# Makes .venv with everything that the product and its tests need, pinned and checked by hash. Nothing outside this folder changes.
set -eu
cd "$(dirname "$0")/.."

say() { echo "env: $*"; }

suits() { "$1" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

# Python 3.13 is what we use, 3.12 works too. `python3` alone is often older; pyenv keeps others beside its shims.
find_python() {
    for candidate in python3.13 python3.12 python3 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.12*/bin/python \
        /opt/python*/bin/python3.13 /usr/local/bin/python3.13 /usr/local/bin/python3.12; do
        if suits "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    if command -v uv >/dev/null 2>&1; then
        uv python find '>=3.12,<3.14' 2>/dev/null || echo 3.13 # a bare version: uv may fetch that Python itself
        return
    fi
    echo "env: Python 3.13 or 3.12 is needed and was not found." >&2
    echo "env: Install your system's python3.13 package (or pyenv, or uv) and run this again." >&2
    exit 2
}

find_uv() {
    for candidate in .tools/bin/uv uv; do
        if "$candidate" --version >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    say "fetching the package installer uv into .tools" >&2
    if ! "$1" -m venv --clear .tools >/dev/null 2>&1; then
        echo "env: $1 cannot make a virtual environment. On Debian and Ubuntu install the package python3-venv." >&2
        exit 2
    fi
    .tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.txt >&2
    echo .tools/bin/uv
}

python=$(find_python)
uv=$(find_uv "$python")
if ! suits .venv/bin/python; then
    say "making .venv with $python"
    "$uv" venv --quiet --clear --python "$python" .venv
fi
say "installing the packages of requirements-dev.txt into .venv"
export VIRTUAL_ENV="$PWD/.venv"
if ! "$uv" pip sync --quiet --require-hashes requirements-dev.txt; then
    # Many organisations' networks are trusted through the system's certificates and not through uv's own.
    say "that failed; trying once more with the certificates that this system trusts"
    export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1
    "$uv" pip sync --quiet --require-hashes requirements-dev.txt
fi
"$uv" pip install --quiet --no-deps --no-build-isolation --editable .
touch .venv/.ready
say "ready: .venv/bin/onestory ($(.venv/bin/python --version))"
