"""The set-up of a district, as docs/scale.md tells it, is carried out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import PASSWORD, Server, programs

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(programs() is None, reason="no PostgreSQL here")]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"


def commands(name: str) -> list[str]:
    """The command lines of a block of the page."""
    block = re.search(rf"<!-- run: {name} -->\n```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    return block[1].splitlines()


class District:
    """A server of its own, and a shell in which the page's commands are typed."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.folder = folder
        secrets = folder / "pgpass"
        secrets.write_text(f"*:*:*:postgres:{PASSWORD}\n")
        secrets.chmod(0o600)
        scripts = Path(sys.executable).parent
        self.environment = {
            "PATH": os.pathsep.join(map(str, (scripts, server.binaries, os.environ["PATH"]))),
            "HOME": str(folder),
            "PGHOST": str(server.folder),
            "PGPORT": str(server.port),
            "PGPASSFILE": str(secrets),
            "VOLUNTEER_LANG": "en",
            "VOLUNTEER_TODAY": "2026-06-30",
        }

    def type(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run a command line."""
        return subprocess.run(
            ["bash", "-c", line],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def ok(self, line: str) -> str:
        """Run a command line that must succeed."""
        done = self.type(line)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    def refused(self, line: str) -> None:
        """A command for which the user has no rights."""
        done = self.type(line)
        assert (done.returncode, "[no_permission]" in done.stderr) == (7, True), done.stderr


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """The server after the page's commands."""
    binaries = programs()
    assert binaries
    server = Server(binaries)
    server.start()
    district = District(server, tmp_path_factory.mktemp("district"))
    lines = commands("district")
    assert len(lines) == 10
    for line in (*lines, *commands("schemas")):
        district.ok(line)
    yield district
    server.remove()


def test_clerks_write_and_do_not_rebuild(district: District) -> None:
    lin = "volunteer --db postgresql://lin@/district"
    assert "李明" in district.ok(f"{lin} person list")
    district.ok(f"{lin} person edit 李明 --note x")
    district.ok(f"{lin} undo")
    district.ok(f"{lin} db backup lin.dump")
    assert district.type(f"{lin} db restore lin.dump --yes").returncode == 7
    assert "李明" in district.ok(f"{lin} person list")


def test_an_analyst_reads_views_alone(district: District) -> None:
    assert district.ok("psql -U analyst district -Atc 'SELECT status FROM people'").strip() == "active"
    assert district.type("psql -U analyst district -c 'SELECT * FROM person'").returncode != 0
    district.refused("volunteer --db postgresql://analyst@/district person list")
    district.refused("volunteer --db postgresql://analyst@/district person add 王芳")


def test_what_an_analyst_may_read_outlives_a_restore_and_an_upgrade(district: District) -> None:
    owner = "volunteer --db postgresql://district@/district"
    district.ok(f"{owner} db backup again.dump")
    district.ok(f"{owner} db restore again.dump --yes")
    assert district.ok("psql -U analyst district -Atc 'SELECT count(*) FROM people'").strip() == "1"
    # As every upgrade does it, whatever migrations there are.
    again = "from volunteer_cli.core.schema import upgrade; upgrade('postgresql://district@/district')"
    district.ok(f'{sys.executable} -c "{again}"')
    assert district.ok("psql -U analyst district -Atc 'SELECT count(*) FROM people'").strip() == "1"
    district.ok("volunteer --db postgresql://wang@/district person add 王芳")


def test_a_community_sees_nothing_of_the_others(district: District) -> None:
    anda = "volunteer --db 'postgresql://anda@/district?schema=anda'"
    assert "安大社区" in district.ok(f"{anda} community list")
    assert "安大社区" in district.ok("volunteer --db postgresql://anda@/district community list")
    district.ok("volunteer --db postgresql://anda@/district db backup anda.dump")
    district.ok("volunteer --db postgresql://anda@/district db restore anda.dump --yes")
    district.refused("volunteer --db 'postgresql://anda@/district?schema=public' community list")
    assert (
        district.type("volunteer --db 'postgresql://lin@/district?schema=anda' community list").returncode
        == 7
    )
