#!/bin/sh
# The tests of what the database itself decides, on the distribution's PostgreSQL as well, where it is installed.
# What only pages decide runs once, on the embedded one. With EVERYTHING=1 every test that needs a database runs here too.
set -eu
cd "$(dirname "$0")/.."

tests="tests/integration/access tests/integration/platform tests/integration/arrive tests/integration/oversee tests/faults/test_database_server.py"
[ -n "${EVERYTHING:-}" ] && tests="tests/integration tests/faults"

for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql*; do
    if [ -x "$folder/initdb" ]; then
        echo "test: first the tests of the database on the distribution's PostgreSQL ($folder), then everything on the embedded one"
        # shellcheck disable=SC2086 # several folders
        ONESTORY_TEST_SERVER=distribution exec .venv/bin/pytest -q -n logical --maxprocesses 4 --dist loadscope $tests
    fi
done
echo "test: no distribution's PostgreSQL is installed here; the tests run on the embedded one only"
