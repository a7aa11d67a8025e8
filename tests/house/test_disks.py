"""Disks that are full, can only be read or vanish; commands that are killed; what they leave."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli.core.database import disks, drivers
from volunteer_cli.core.drafts import draft_of, leftovers

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def mount(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small(volunteer: Volunteer, tmp_path: Path) -> Iterator[Volunteer]:
    """A database on a disk of its own with two megabytes, of which little is free."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not shutil.which("mount") or not mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)):
        pytest.skip("LOUD: no disk can be mounted here; faults of disks are tested by their codes only")
    try:
        volunteer.ok("person", "add", "李明")
        shutil.copy(volunteer.database, disk / "x.db")
        yield Volunteer(disk / "x.db")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def fill(folder: Path) -> None:
    """Leave no byte of a disk."""
    with (folder / "filler").open("wb", buffering=0) as file:
        for size in (65536, 512, 1):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)


READING = (
    ("person", "list"),
    ("person", "show", "李明"),
    ("report", "today"),
    ("check",),
    ("db", "info"),
    ("history", "list"),
)
WRITING = (
    ("person", "add", "王芳"),
    ("person", "edit", "李明", "--note", "长" * 5000),
    ("undo",),
    ("community", "add", "安大社区", "--code", "anda"),
)


def test_a_full_disk_can_be_read_and_is_said_to_be_full(small: Volunteer) -> None:
    before = small.dump()
    fill(small.database.parent)
    for words in READING:
        small.ok(*words)
    init = ("db", "init", "--db", small.database.with_name("neu.db"))
    for line in (*WRITING, ("db", "backup"), init):
        small.refused("disk_full", *line, exit_code=7)
    assert {path.name for path in small.database.parent.glob("*.db*")} <= {
        "x.db",
        "x.db-shm",
        "x.db-wal",
    }
    (small.database.parent / "filler").unlink()
    assert small.dump() == before
    small.ok("check")
    small.ok("person", "add", "王芳")


def test_a_backup_to_a_full_disk_names_that_disk(small: Volunteer, volunteer: Volunteer) -> None:
    fill(small.database.parent)
    copy = small.database.with_name("copy.db")
    told = volunteer.refused("disk_full", "db", "backup", copy, exit_code=7)
    assert str(copy) in told.err
    assert not list(small.database.parent.glob(".*"))
    assert not copy.exists()


def test_a_full_disk_while_a_sheet_is_imported(small: Volunteer, tmp_path: Path) -> None:
    before = small.dump()
    sheet = tmp_path / "many.csv"
    sheet.write_text(
        "姓名,性别\n"
        + "\n".join(f"样{chr(0x5000 + n // 200)}{chr(0x5000 + n % 200)},男" for n in range(12_000)),
        encoding="utf-8",
    )
    small.refused("disk_full", "import", "people", sheet, exit_code=7)
    assert small.dump() == before
    small.ok("check")


def test_a_disk_that_can_only_be_read(small: Volunteer) -> None:
    disk = small.database.parent
    assert mount("-o", "remount,ro", str(disk))
    for words in READING:
        small.ok(*words)
    for line in WRITING:
        small.refused("disk_read_only", *line, exit_code=7)
    small.refused("disk_read_only", "db", "init", "--db", disk / "neu.db", exit_code=7)
    assert mount("-o", "remount,rw", str(disk))


# --- faults by their codes, where no disk has them at hand ------------------------------------------------------------


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("words that say: full, locked, malformed, readonly; 19900000001")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        (sqlite3.SQLITE_BUSY, None, "database_locked"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, None, "database_locked"),
        (sqlite3.SQLITE_LOCKED, None, "database_locked"),
        (sqlite3.SQLITE_FULL, None, "disk_full"),
        (sqlite3.SQLITE_CORRUPT, None, "database_damaged"),
        (sqlite3.SQLITE_NOTADB, None, "database_foreign"),
        (sqlite3.SQLITE_READONLY_DBMOVED, None, "database_replaced"),
        (sqlite3.SQLITE_IOERR_SHORT_READ, errno.ENOSPC, "database_damaged"),
        (sqlite3.SQLITE_IOERR_WRITE, errno.ENOSPC, "disk_full"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, errno.ENOSPC, "disk_full"),
        (sqlite3.SQLITE_IOERR_WRITE, errno.EDQUOT, "quota_reached"),
        (sqlite3.SQLITE_IOERR_WRITE, errno.EFBIG, "file_too_large"),
        (sqlite3.SQLITE_READONLY, errno.EROFS, "disk_read_only"),
        (sqlite3.SQLITE_CANTOPEN, errno.EACCES, "database_not_writable"),
        (sqlite3.SQLITE_IOERR_LOCK, None, "no_locking"),
        (sqlite3.SQLITE_IOERR_SHMMAP, None, "no_locking"),
        (sqlite3.SQLITE_PROTOCOL, None, "no_locking"),
        (sqlite3.SQLITE_IOERR_FSYNC, errno.EIO, "disk_faulty"),
        (sqlite3.SQLITE_IOERR_FSYNC, None, "disk_faulty"),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None, "refused"),
        (sqlite3.SQLITE_ERROR, None, None),
    ],
)
def test_faults_are_known_by_their_codes(
    volunteer: Volunteer, monkeypatch: pytest.MonkeyPatch, code: int, number: int | None, expected: str | None
) -> None:
    error = OSError(number, os.strerror(number)) if number else None
    monkeypatch.setattr(disks, "_error_of_writing", lambda _file: error)
    fault = drivers.fault_of(of_sqlite(code), str(volunteer.database))
    assert (fault.code if fault else None) == expected
    assert fault is None or "19900000001" not in str(fault)


class OfServer(Exception):
    """Stands for an error of psycopg, which is not needed for this."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("DETAIL: Key (phone)=(19900000001) already exists. password=geheim")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("08006", "server_unreachable"),
        ("57P01", "server_unreachable"),
        ("28P01", "no_permission"),
        ("42501", "no_permission"),
        ("3D000", "database_missing"),
        ("42P01", "database_foreign"),
        ("40001", "database_locked"),
        ("55P03", "database_locked"),
        ("53100", "disk_full"),
        ("23505", "refused"),
        ("42601", None),
    ],
)
def test_faults_of_a_server_are_known_by_sqlstate(state: str, expected: str | None) -> None:
    from sqlalchemy.exc import DBAPIError

    error = DBAPIError("INSERT", {}, OfServer(state))
    fault = drivers.fault_of(error, "postgresql://user:geheim@host/name")
    assert (fault.code if fault else None) == expected
    assert fault is None or not {"19900000001", "geheim"} & set(str(fault).replace("=", " ").split())


def test_a_folder_that_vanishes_meanwhile(volunteer: Volunteer, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    fault = drivers.fault_of(of_sqlite(sqlite3.SQLITE_CANTOPEN), str(folder / "x.db"))
    assert fault is not None
    assert fault.code == "database_replaced"
    folder.rmdir()
    fault = drivers.fault_of(of_sqlite(sqlite3.SQLITE_IOERR_WRITE), str(folder / "x.db"))
    assert fault is not None
    assert fault.code == "folder_vanished"
    volunteer.refused("database_missing", "person", "list", "--db", folder / "x.db", exit_code=7)


@pytest.mark.skipif(not ROOT, reason="LOUD: only root can become somebody else here")
@pytest.mark.parametrize(
    ("mode", "words", "code"),
    [
        (0o400, ("person", "list"), "database_not_readable"),
        (0o444, ("person", "list"), None),
        (0o444, ("person", "add", "样一"), "database_not_writable"),
    ],
)
def test_somebody_without_permission(
    volunteer: Volunteer, mode: int, words: tuple[str, ...], code: str | None
) -> None:
    for folder in volunteer.database.parents:
        if folder.owner() == "root" and folder.stat().st_mode & 0o77 == 0:
            folder.chmod(0o755)
    volunteer.database.chmod(mode)
    child = os.fork()
    if child == 0:
        end = 9
        try:
            os.setresuid(65534, 65534, 65534)
            result = volunteer(*words)
            end = 0 if (f"[{code}]" in result.err if code else result.code == 0) else 1
        finally:
            os._exit(end)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


# --- waiting, killing, leaving ------------------------------------------------------------


def test_restore_waits_like_a_writer(volunteer: Volunteer, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    volunteer.ok("db", "backup", copy)
    volunteer.ok("person", "add", "样一")
    before = volunteer.dump()
    with closing(sqlite3.connect(volunteer.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        result = volunteer("db", "restore", copy, "--yes", env={"VOLUNTEER_LOCK_TIMEOUT": "0.4"})
        assert 0.35 <= time.monotonic() - started < 10
        assert (result.code, "[database_locked]" in result.err) == (7, True)
        other.execute("ROLLBACK")
    assert volunteer.dump() == before
    assert not list(tmp_path.glob("volunteer-backups/*")), "there is nothing to go back to"
    volunteer.ok("db", "restore", copy, "--yes")


def test_what_is_written_between_the_copy_and_the_restoring_is_in_the_copy(
    volunteer: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from volunteer_cli.core import backup

    copy = tmp_path / "copy.db"
    volunteer.ok("db", "backup", copy)
    fill_place, late = backup._fill, ["样二", "样一"]

    def somebody_writes_first(*words: object) -> None:
        if late:
            volunteer.ok("person", "add", late.pop())
        fill_place(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_fill", somebody_writes_first)
    volunteer.ok("db", "restore", copy, "--yes")
    assert volunteer.ok("person", "list", "-f", "ids").out == ""
    (former,) = (tmp_path / "volunteer-backups").glob("*.db")
    names = [row["name"] for row in volunteer.ok("person", "list", "-f", "json", "--db", former).json]
    assert names == ["样一", "样二"]


def killed_at_random(words: list[object], times: int, look: Callable[[], None]) -> None:
    """Kill a command at moments all over its length, and look each time at what it left."""
    command = [sys.executable, "-m", "volunteer_cli", *map(str, words)]
    started = time.monotonic()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    length = time.monotonic() - started
    look()
    chance = random.Random(11)
    # The first in the middle, wherever the others fall on a machine that is faster by then.
    shares = [0.5, *(chance.uniform(0.2, 1.05) for _number in range(times - 1))]
    ends = []
    for share in shares:
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(share * length)
        running.send_signal(signal.SIGKILL)
        ends.append(running.wait())
        look()
    assert any(ends), "not one was killed"


@pytest.mark.parametrize("times", [3, pytest.param(60, marks=pytest.mark.faults)])
def test_init_that_is_killed_leaves_all_or_nothing(volunteer: Volunteer, tmp_path: Path, times: int) -> None:
    path = tmp_path / "new" / "x.db"

    def look() -> None:
        if path.exists():
            volunteer.ok("check", "--db", path)
            path.unlink()
        assert not list(path.parent.glob("x.db*"))

    killed_at_random(["db", "init", "--db", path], times, look)
    volunteer.ok("db", "init", "--db", path)
    assert [each.name for each in path.parent.iterdir()] == ["x.db"], "what killed commands left is gone"


@pytest.mark.parametrize("times", [3, pytest.param(60, marks=pytest.mark.faults)])
def test_backups_that_are_killed(volunteer: Volunteer, tmp_path: Path, times: int) -> None:
    volunteer.ok("batch", stdin="\n".join(f"person add 样人{number}" for number in range(300)))
    folder = tmp_path / "volunteer-backups"

    def look() -> None:
        for copy in folder.glob("*.db"):
            volunteer.ok("check", "--db", copy)
            copy.unlink()

    killed_at_random(["db", "backup", "--db", volunteer.database], times, look)
    volunteer.ok("db", "backup")
    assert [path.suffix for path in folder.iterdir()] == [".db"]


@pytest.mark.parametrize("times", [2, pytest.param(40, marks=pytest.mark.faults)])
def test_restoring_that_is_killed(volunteer: Volunteer, tmp_path: Path, times: int) -> None:
    copy = tmp_path / "copy.db"
    volunteer.ok("db", "backup", copy)
    old = volunteer.dump()
    volunteer.ok("batch", stdin="\n".join(f"person add 样人{number}" for number in range(300)))
    new = volunteer.dump()
    whole = tmp_path / "whole.db"
    volunteer.ok("db", "backup", whole)

    def look() -> None:
        volunteer.ok("check")
        if volunteer.dump() == old:
            volunteer.ok("db", "restore", whole, "--yes")
        assert volunteer.dump() == new

    killed_at_random(["db", "restore", copy, "--yes", "--db", volunteer.database], times, look)


def test_leftovers_are_known_and_those_of_running_commands_are_left(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    names = (".x.db.part", f".x.db.{gone.pid}.part", f".x.db.{gone.pid}.part-wal", f".y.db.{gone.pid}.part")
    for name in (*names, draft_of(path).name, "x.db", ".x.db.part.txt", ".part"):
        (tmp_path / name).touch()
    assert {each.name for each in leftovers(tmp_path, "x.db")} == set(names[:3])
    assert {each.name for each in leftovers(tmp_path)} == set(names)


def test_doctor_takes_leftovers_away(volunteer: Volunteer, tmp_path: Path) -> None:
    (tmp_path / ".volunteer.db.part").touch()
    folder = tmp_path / "volunteer-backups"
    folder.mkdir()
    (folder / ".volunteer-20260101-000000.db.part").touch()
    (tmp_path / ".other.db.part").touch()
    report = {row["what"]: row for row in volunteer("doctor", "-f", "json").json}
    assert (report["Leftovers"]["state"], "2" in report["Leftovers"]["details"]) == ("note", True)
    assert not [*folder.iterdir()]
    assert [path.name for path in tmp_path.glob(".*")] == [".other.db.part"]
    report = {row["what"]: row for row in volunteer("doctor", "-f", "json").json}
    assert report["Leftovers"]["state"] == "ok"
