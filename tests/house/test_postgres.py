"""What holds on a server of PostgreSQL too: the same answers, one writer at a time, and faults that are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_lines import COMMANDS
from servers import OnServer
from volunteering import Database, Volunteer

from volunteer_cli.reporting.catalogue import reports

pytestmark = pytest.mark.postgres
ONLY_POSTGRES = "a file has none of it"

#: Every report and every list; `config list` says which database it was.
ASKED = [
    *(("report", name) for name in reports()),
    *(("report", name, "--period", "2025") for name in reports()),
    *(words for words in COMMANDS if words[-1] == "list" and words != ("config", "list")),
]
#: When an operation was done is the one thing that is another in each example.
MOMENT = re.compile(r'"at": "[^"]*"')


@pytest.fixture
def on_server(volunteer: Volunteer) -> Volunteer:
    """A database on a server; the others have nothing of what is tried."""
    if not isinstance(volunteer.database, OnServer):
        pytest.skip(ONLY_POSTGRES)
    return volunteer


def answers(target: Database, folder: Path) -> dict[tuple[str, ...], str]:
    """What every report and list answers about the example, which is made there first."""
    volunteer = Volunteer(target)
    where = ("--db", target) if isinstance(target, OnServer) else ()
    volunteer.ok(*where, "demo", "--dir", folder, "--no-tour", "-q", env={"VOLUNTEER_TODAY": ""})
    volunteer.today = "2026-06-30T09:00"
    told = {words: volunteer.ok(*words, "-f", "json").out for words in ASKED}
    return {words: MOMENT.sub("", answer).replace(str(folder), "DIR") for words, answer in told.items()}


def test_the_example_answers_the_same(on_server: Volunteer, tmp_path: Path) -> None:
    """Byte by byte, but for the moments of operations."""
    (tmp_path / "file").mkdir()
    (tmp_path / "server").mkdir()
    file = answers(tmp_path / "file" / "volunteer-demo.db", tmp_path / "file")
    server = answers(OnServer(on_server.database.server), tmp_path / "server")
    assert server == file
