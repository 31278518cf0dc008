#!/bin/sh
# The tests that need a database, on the distribution's PostgreSQL as well, where it is installed.
set -eu
cd "$(dirname "$0")/.."

for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql*; do
    if [ -x "$folder/initdb" ]; then
        echo "test: first the database tests on the distribution's PostgreSQL ($folder), then everything on the embedded one"
        ONESTORY_TEST_SERVER=distribution exec .venv/bin/pytest -q -n logical --maxprocesses 4 --dist loadscope \
            tests/integration tests/faults
    fi
done
echo "test: no distribution's PostgreSQL is installed here; the tests run on the embedded one only"
