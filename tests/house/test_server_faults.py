"""Whatever happens to a client, a connection or the server: all of it is there or nothing, and one line says so."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import OnServer, Server, programs
from volunteering import Volunteer

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(programs() is None, reason="no PostgreSQL here")]
ROWS = 200
TABLES = ("person", "person_label", "change", "operation")


@pytest.fixture(scope="module")
def place() -> Iterator[Server]:
    """A server of these tests' own, which they may kill."""
    binaries = programs()
    assert binaries
    server = Server(binaries)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A sheet whose import takes as long as several statements."""
    path = tmp_path / "roster.csv"
    lines = (f"李{chr(0x4E00 + number)}样,剪纸、合唱" for number in range(ROWS))
    path.write_text("\n".join(["姓名,特长", *lines]), encoding="utf-8")
    return path


def fresh(place: Server) -> Volunteer:
    """A database with a community and nobody in it."""
    volunteer = Volunteer(OnServer(place))
    volunteer.ok("db", "init")
    volunteer.ok("community", "add", "滨湖社区", "--code", "binhu")
    return volunteer


def begun(volunteer: Volunteer, *words: object) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    environment = {**os.environ, "VOLUNTEER_DB": str(volunteer.database), "VOLUNTEER_LANG": "en"}
    command = [sys.executable, "-m", "volunteer_cli", *map(str, words)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def counts(volunteer: Volunteer) -> tuple[int, ...]:
    """How many rows an import would add to."""
    with volunteer.connected(writing=False) as ask:
        return tuple(ask(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES)


def disturb(
    place: Server, roster: Path, times: int, disturbance: Callable[[Volunteer, subprocess.Popen[str]], None]
) -> list[str]:
    """Disturb an import at random moments; what it said each time it did not end well."""
    whole, words = fresh(place), ("import", "people", roster, "-q")
    before, started = counts(whole), time.monotonic()
    first = begun(whole, *words)
    assert (first.communicate()[1], first.returncode) == ("", 0)
    length, after = time.monotonic() - started, counts(whole)
    chance, told = random.Random(5), []
    for _time in range(times):
        volunteer = fresh(place)
        running = begun(volunteer, *words)
        time.sleep(chance.uniform(0.5, 1.0) * length)
        disturbance(volunteer, running)
        said = running.communicate(timeout=120)[1]
        assert counts(volunteer) in (before, after)
        if running.returncode:
            told.append(f"{running.returncode}: {said}")
        volunteer.ok("person", "add", "王芳")
    assert volunteer.ok("check").out == ""
    return told


def throw_out(volunteer: Volunteer, _running: subprocess.Popen[str]) -> None:
    """End the connections to a database, as an administrator would."""
    name = volunteer.database.name
    with volunteer.database.server.connected("postgres") as administrator:
        query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        administrator.execute(query, (name,))


def kill_server(volunteer: Volunteer, running: subprocess.Popen[str]) -> None:
    """The machine of the server fails, and comes back when the client has ended."""
    volunteer.database.server.stop()
    running.wait(120)
    volunteer.database.server.start()


def one_line_each(told: list[str]) -> bool:
    return all(
        line.startswith("7: Error: ") and "[server_unreachable]" in line and line.count("\n") == 1
        for line in told
    )


@pytest.mark.parametrize("times", [2, pytest.param(100, marks=pytest.mark.faults)])
def test_a_client_that_is_killed(place: Server, roster: Path, times: int) -> None:
    disturb(place, roster, times, lambda _volunteer, running: running.kill())


@pytest.mark.parametrize("times", [2, pytest.param(100, marks=pytest.mark.faults)])
def test_a_connection_that_is_lost(place: Server, roster: Path, times: int) -> None:
    told = disturb(place, roster, times, throw_out)
    assert one_line_each(told), told
    assert told or times < 10


@pytest.mark.parametrize("times", [1, pytest.param(30, marks=pytest.mark.faults)])
def test_a_server_that_is_killed(place: Server, roster: Path, times: int) -> None:
    told = disturb(place, roster, times, kill_server)
    assert one_line_each(told), told


@pytest.mark.parametrize("each", [3, pytest.param(100, marks=pytest.mark.faults)])
def test_eight_clients_that_write_at_once_lose_nothing(place: Server, tmp_path: Path, each: int) -> None:
    volunteer, script = fresh(place), tmp_path / "many.txt"
    script.write_text("person add 并发\n" * each, encoding="utf-8")
    clients = [begun(volunteer, "batch", script, "--each", "-q") for _client in range(8)]
    ends = [(client.communicate(timeout=300)[1], client.returncode) for client in clients]
    assert [code for _said, code in ends] == [0] * 8, ends
    assert len(volunteer.rows("person", "list")) == 8 * each
    assert len(volunteer.ask("SELECT DISTINCT id FROM operation WHERE command = 'person add'")) == 8 * each
    assert volunteer.ok("check").out == ""
