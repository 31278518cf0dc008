"""`onestory demo` as a person runs it: real processes, up, looked at, interrupted, killed, run again."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from onestory.platform.database.processes import wait_until_ended
from onestory.platform.demonstration.guard import is_demonstration
from tests.before_django import ENGINE

PATIENCE = 300.0
SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings", "ONESTORY_POSTGRES": ENGINE}
# The whole of the demonstration's data is loaded: longer than any other test, and on a busy machine much longer.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onestory-demo-") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "data"
        assert processes_on(Path(name)) == []


def environment(data: Path, **more: str) -> dict[str, str]:
    return os.environ | SETTINGS | {"ONESTORY_DATA": str(data)} | more


@contextlib.contextmanager
def demo(data: Path, *arguments: str) -> Iterator[subprocess.Popen]:
    """The command as a person runs it; stopped in any case."""
    command = [sys.executable, "-m", "onestory", "demo", *arguments]
    with subprocess.Popen(
        command, env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def wait_until_up(process: subprocess.Popen) -> int:
    """Read what it says until it is up; the port on which it answers."""
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if "Ctrl-C stops everything" in line:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
            assert found, said
            return int(found[1])
    raise AssertionError(said)


def status(port: int, path: str, method: str = "GET") -> int:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request(method, path)
        return connection.getresponse().status


def children_of(data: Path) -> list[psutil.Process]:
    """Worker and web server, as the demonstration itself remembers them."""
    remembered = json.loads((data / "demonstration-processes.json").read_text())
    return [psutil.Process(number) for number, _ in remembered]


def processes_on(folder: Path) -> list[psutil.Process]:
    """Processes that work on the folder, by what they were told or by where they are."""

    def works_here(process: psutil.Process) -> bool:
        try:
            told = [*process.cmdline(), process.environ().get("ONESTORY_DATA", ""), process.cwd()]
            return any(str(folder) in word for word in told) and process.pid != os.getpid()
        except (psutil.Error, OSError):
            return False

    return [process for process in psutil.process_iter() if works_here(process)]


def test_it_comes_up_survives_kill_9_and_ends_with_ctrl_c(data: Path) -> None:
    with demo(data) as process:
        port = wait_until_up(process)
        assert status(port, "/sign-in") == 200
        assert status(port, "/") == 302
        assert status(port, "/no-such-page") == 404

        with demo(data) as second:
            said, _ = second.communicate(timeout=PATIENCE)
            assert second.returncode == 2
            assert "already running" in said
        assert status(port, "/sign-in") == 200

        left = children_of(data)
        assert len(left) == 2  # worker and web server
        process.kill()
        process.wait(PATIENCE)

    with demo(data) as again:
        port = wait_until_up(again)
        assert status(port, "/sign-in") == 200
        assert all(wait_until_ended(one, 0.1) for one in left)
        children = children_of(data)
        again.send_signal(signal.SIGINT)
        assert again.wait(PATIENCE) == 0
    assert all(wait_until_ended(one, 0.1) for one in children)
    assert processes_on(data) == []


def test_a_port_in_use_is_named_in_plain_words(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with demo(data, "--port", str(taken.getsockname()[1])) as process:
            said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "is used by another program" in said
    assert "Traceback" not in said


def test_other_data_is_left_alone_and_the_demonstration_lives_beside_it(tmp_path: Path) -> None:
    data, beside = tmp_path / "data", tmp_path / "data-demonstration"
    (data / "database").mkdir(parents=True)
    tmp_path.chmod(0o755)
    with demo(data, "--once") as process:
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert "keeps its own in data-demonstration" in said
    assert not is_demonstration(data)
    assert list((data / "database").iterdir()) == []
    assert is_demonstration(beside)
    assert processes_on(tmp_path) == []


@pytest.mark.parametrize(
    ("host", "more"),
    [
        ("0.0.0.0", {}),
        ("127.0.0.1", {"DATABASE_URL": "postgresql://onestory_app:x@127.0.0.1:1/care"}),
    ],
)
def test_serving_with_demonstration_sign_in_is_refused_elsewhere(data: Path, host: str, more: dict[str, str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "onestory", "serve", "--host", host, "--port", "1"],
        env=environment(data, ONESTORY_DEMO="1", **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert answer.returncode == 2
    assert "Demonstration sign-in is switched on, but" in answer.stderr
    assert "Traceback" not in answer.stderr
