"""The file: making it, guarding it, its faults, its backups."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from volunteering import Result, Volunteer, columns_of

from volunteer_cli.core.database import SCHEMA

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
ROOT = os.geteuid() == 0


def at(volunteer: Volunteer, path: object, *words: object) -> Result:
    return volunteer(*words, "--db", path)


def test_init_makes_a_file_for_its_owner_only_and_never_replaces_one(
    volunteer: Volunteer, tmp_path: Path
) -> None:
    path = tmp_path / "new folder" / "neu.db"
    assert at(volunteer, path, "db", "init").code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = at(volunteer, path, "db", "init")
    assert (again.code, "[database_exists]" in again.err) == (7, True)
    assert at(volunteer, path, "community", "list", "-f", "json").json == []


def test_a_database_is_never_made_by_accident(volunteer: Volunteer, tmp_path: Path) -> None:
    for words in (
        ("community", "list"),
        ("community", "add", "X", "--code", "x"),
        ("undo",),
        ("check",),
        ("db", "info"),
        ("db", "upgrade"),
    ):
        result = at(volunteer, tmp_path / "missing.db", *words)
        assert (result.code, "volunteer db init" in result.err) == (7, True), words
        assert not (tmp_path / "missing.db").exists()


def foreign(path: Path) -> None:
    sqlite3.connect(path).execute("CREATE TABLE song (title)").connection.close()


def text_file(path: Path) -> None:
    path.write_text("这不是数据库" * 200, encoding="utf-8")


def empty(path: Path) -> None:
    path.touch()


def version(number: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute("UPDATE alembic_version SET version_num = ?", (number,))
        connection.commit()
        connection.close()

    return make


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(bytes(data))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (text_file, "database_foreign"),
        (folder, "database_foreign"),
        (damaged, "database_damaged"),
        (version("0000"), "database_too_old"),
        (version("9999"), "database_too_new"),
    ],
)
@pytest.mark.parametrize("words", [("community", "list"), ("community", "add", "X", "--code", "x")])
def test_a_file_that_cannot_be_used(
    volunteer: Volunteer, spoil: Any, code: str, words: tuple[str, ...]
) -> None:
    spoil(volunteer.database)
    before = volunteer.database.read_bytes() if volunteer.database.is_file() else b""
    result = volunteer(*words)
    assert result.code == 7
    assert f"[{code}]" in result.err
    assert result.err.count("\n") == 1
    assert before == (volunteer.database.read_bytes() if volunteer.database.is_file() else b"")


@pytest.mark.parametrize("make", [foreign, empty])
def test_another_programs_file(volunteer: Volunteer, tmp_path: Path, make: Any) -> None:
    make(tmp_path / "other.db")
    result = at(volunteer, tmp_path / "other.db", "community", "list")
    assert (result.code, "[database_foreign]" in result.err) == (7, True)


def of_another_program(path: Path) -> None:
    """A file of a program that keeps its revisions with Alembic too, at our very revision."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (SCHEMA,))
        connection.commit()


def of_another_program_marked(path: Path) -> None:
    of_another_program(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id=7")


def of_another_program_without_revision(path: Path) -> None:
    of_another_program(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ''")
        connection.commit()


@pytest.mark.parametrize(
    "make", [of_another_program, of_another_program_marked, of_another_program_without_revision]
)
def test_another_programs_file_is_never_taken_for_ours(
    volunteer: Volunteer, tmp_path: Path, make: Any
) -> None:
    other = tmp_path / "other.db"
    make(other)
    before, ours = other.read_bytes(), volunteer.dump()
    copy = tmp_path / "copy.db"
    volunteer.ok("db", "backup", copy)
    for words in (
        ("community", "list", "--db", other),
        ("community", "add", "X", "--code", "x", "--db", other),
        ("check", "--db", other),
        ("db", "info", "--db", other),
        ("db", "upgrade", "--db", other),
        ("db", "backup", "--db", other),
        ("db", "restore", other, "--yes"),
        ("db", "restore", copy, "--yes", "--db", other),
    ):
        volunteer.refused("database_foreign", *words, exit_code=7)
    assert other.read_bytes() == before
    assert volunteer.dump() == ours
    assert not list(tmp_path.glob("other*backups/*"))


@pytest.mark.skipif(ROOT, reason="LOUD: root can write everywhere, permissions are not tested")
def test_a_folder_that_cannot_be_written(volunteer: Volunteer, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert at(volunteer, closed / "x.db", "db", "init").code == 7


def test_a_path_that_cannot_be_made(volunteer: Volunteer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = at(volunteer, tmp_path / "file" / "x.db", "db", "init")
    assert (result.code, "[database_not_writable]" in result.err) == (7, True)


def test_a_full_disk(volunteer: Volunteer) -> None:
    before = volunteer.dump()
    code = (
        "import sys, sqlite3\nfrom volunteer_cli.core.database import opening\n"
        "real = opening.connect_sqlite\n"
        "def small(*args, **options):\n    connection = real(*args, **options)\n"
        "    pages = connection.execute('PRAGMA page_count').fetchone()[0]\n"
        "    connection.execute(f'PRAGMA max_page_count={pages}')\n    return connection\n"
        "opening.connect_sqlite = small\nfrom volunteer_cli.app import command_tree\n"
        "command_tree()(['person', 'add', '长' * 190, '--note', '党' * 100000])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "VOLUNTEER_DB": str(volunteer.database)},
        check=False,
    )
    assert (done.returncode, "[disk_full]" in done.stderr) == (7, True), done.stderr
    assert volunteer.dump() == before


def test_a_second_writer_waits_then_is_told(volunteer: Volunteer) -> None:
    other = sqlite3.connect(volunteer.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    line = ("community", "add", "X", "--code", "x")
    started = time.monotonic()
    result = volunteer(*line, env={"VOLUNTEER_LOCK_TIMEOUT": "0.4"})
    assert time.monotonic() - started >= 0.35
    assert (result.code, "[database_locked]" in result.err) == (7, True)
    assert volunteer("community", "list").code == 0
    other.execute("ROLLBACK")
    assert volunteer(*line).code == 0


def write_many(database: Path, processes: int, each: int) -> list[subprocess.Popen[bytes]]:
    code = (
        "import sys\nfrom volunteer_cli.app import command_tree\n"
        "for number in range(int(sys.argv[2])):\n"
        "    code = command_tree().main(['person', 'add', f'样{sys.argv[1]}之{number}', '-q'], standalone_mode=False)\n"
        "    assert code == 0, code\n"
    )
    env = {**os.environ, "VOLUNTEER_DB": str(database), "VOLUNTEER_LOCK_TIMEOUT": "60"}
    return [
        subprocess.Popen([sys.executable, "-c", code, str(n), str(each)], env=env) for n in range(processes)
    ]


@pytest.mark.parametrize(("processes", "each"), [(4, 10), pytest.param(8, 100, marks=pytest.mark.faults)])
def test_many_writers_lose_nothing(volunteer: Volunteer, processes: int, each: int) -> None:
    running = write_many(volunteer.database, processes, each)
    assert [process.wait() for process in running] == [0] * processes
    people = volunteer.ok("person", "list", "-f", "ids").out.split()
    assert len(people) == len(set(people)) == processes * each
    assert volunteer("check").code == 0


def await_writer(database: Path) -> None:
    """Wait until another process has begun to write."""
    for _attempt in range(600):
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
            except sqlite3.OperationalError:
                return
        time.sleep(0.05)
    pytest.fail("nobody began to write within half a minute")


def test_interrupted_changes_nothing(volunteer: Volunteer) -> None:
    lines = volunteer.database.with_name("many.txt")
    lines.write_text("".join(f"person add 样人{number}\n" for number in range(20_000)), encoding="utf-8")
    before = volunteer.dump()
    process = subprocess.Popen(
        [sys.executable, "-m", "volunteer_cli", "batch", str(lines)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "VOLUNTEER_DB": str(volunteer.database)},
    )
    await_writer(volunteer.database)
    process.send_signal(2)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "Interrupted; nothing was changed.\n")
    assert volunteer.dump() == before


def test_backup_and_restore(volunteer: Volunteer, tmp_path: Path) -> None:
    before = volunteer.dump()
    copy = tmp_path / "usb" / "copy.db"
    volunteer.ok("db", "backup", copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]
    assert volunteer("db", "backup", copy).code == 7
    volunteer.ok("community", "add", "安大社区", "--code", "anda")
    assert volunteer("db", "restore", copy).code == 2, "without a terminal it names --yes"
    assert volunteer("db", "restore", tmp_path / "none.db", "--yes").code == 7
    volunteer.ok("db", "restore", copy, "--yes", "-n")
    assert volunteer.dump() != before
    volunteer.ok("db", "restore", copy, "--yes")
    assert volunteer.dump() == before
    kept = list(volunteer.database.with_name("volunteer-backups").glob("*.db"))
    assert len(kept) == 1, "what was there before is kept"
    volunteer.ok("db", "restore", kept[0], "--yes")
    assert len(volunteer("community", "list", "-f", "json").json) == 2


def test_a_damaged_backup_does_not_count(volunteer: Volunteer, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    volunteer.ok("db", "backup", copy)
    damaged(copy)
    before = volunteer.dump()
    result = volunteer("db", "restore", copy, "--yes")
    assert (result.code, "[database_damaged]" in result.err) == (7, True)
    assert volunteer.dump() == before


def test_a_damaged_database_is_kept_aside_on_restore(volunteer: Volunteer, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    volunteer.ok("db", "backup", copy)
    before = volunteer.dump()
    damaged(volunteer.database)
    volunteer.ok("db", "restore", copy, "--yes")
    assert volunteer.dump() == before
    assert list(tmp_path.glob("volunteer.db.damaged-*"))


def test_info_and_doctor(volunteer: Volunteer) -> None:
    info = volunteer.ok("db", "info", "-f", "json").json
    assert (info["schema"], info["operations"], info["last_backup"]) == (SCHEMA, 1, None)
    volunteer.ok("db", "backup")
    assert volunteer.ok("db", "info", "-f", "json").json["last_backup"]
    assert volunteer.ok("doctor", "-f", "json").json
    result = volunteer("doctor", "-f", "json", "--db", "/nonexistent.db")
    assert (result.code, "problem" in {row["state"] for row in result.json}) == (6, True)


def test_models_and_migrations_agree(empty_database: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from volunteer_cli.areas import load_models
    from volunteer_cli.core.database import make_engine
    from volunteer_cli.core.models import Base

    load_models()
    with make_engine(str(empty_database), writing=False).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    made = sqlite3.connect(empty_database)
    for table in Base.metadata.sorted_tables:
        sql = made.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()[0]
        assert "AUTOINCREMENT" in sql, f"{table.name} may give an id twice"


def test_the_schema_constant_is_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from volunteer_cli.core.resources import resource_folder

    config = Config()
    config.set_main_option("script_location", str(resource_folder("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.db")), ids=lambda path: path.stem)
def test_every_golden_database_upgrades_with_nothing_lost(
    volunteer: Volunteer, tmp_path: Path, golden: Path
) -> None:
    path = tmp_path / "golden.db"
    shutil.copy(golden, path)
    before = columns_of(path)
    result = at(volunteer, path, "db", "upgrade")
    assert result.code == 0, result.err
    after = columns_of(path)
    kept = before.keys() - MOVED
    assert {column: after.get(column) for column in kept} == {column: before[column] for column in kept}
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for column, query in MOVED.items():
            moved = [row[0] for row in connection.execute(query)]
            assert moved == before.get(column, moved), column
    assert at(volunteer, path, "check").code == 0
    if golden.stem != SCHEMA:
        assert list((tmp_path / "golden-backups").glob("*.db")), "a backup is made first"


#: Columns that a later revision keeps in another form, each with the query that answers its values by row.
MOVED: dict[str, str] = {
    "signup.overridden": """SELECT (SELECT group_concat(refusal) FROM signup_override
        WHERE signup_id = signup.id) FROM signup ORDER BY id""",
    "signup.override_reason": """SELECT (SELECT max(reason) FROM signup_override
        WHERE signup_id = signup.id) FROM signup ORDER BY id""",
    "slip_line.approximate": "SELECT direction IS NOT NULL FROM slip_line ORDER BY id",
}


def test_what_was_approximate_keeps_what_it_meant(volunteer: Volunteer, tmp_path: Path) -> None:
    """Until revision 0006 every approximate number was shown with ≥; ids that were given away stay so."""
    path = tmp_path / "golden.db"
    shutil.copy(GOLDEN / "0005.db", path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE slip_line SET approximate = 1")
        connection.execute("UPDATE sqlite_sequence SET seq = 99 WHERE name = 'slip_line'")
        connection.commit()
    assert at(volunteer, path, "db", "upgrade").code == 0
    (row,) = at(volunteer, path, "drive", "stock", "winter", "-f", "json").json
    assert (row["received"], row["approximate"], row["direction"]) == (12, True, "at_least")
    assert at(volunteer, path, "drive", "receive", "winter", "--anonymous", "--item", "衣物=1件").code == 0
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT max(id) FROM slip_line").fetchone() == (100,)


def test_a_batch_operation_of_a_migration_keeps_the_children(volunteer: Volunteer) -> None:
    """Alembic rebuilds a table for a batch operation; with foreign keys on its children would be deleted."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from volunteer_cli.areas import gathered
    from volunteer_cli.core.schema import migrating
    from volunteer_cli.core.sql_views import drop_views

    volunteer.ok("community", "figure", "binhu", "--name", "grids", "--value", 33, "--as-of", "2020-03")
    before = volunteer.dump()
    with migrating(str(volunteer.database)) as (connection, _config):
        # As every upgrade does before the first revision: see migrations/env.py.
        drop_views(connection, gathered("sql_views"))
        operations = Operations(MigrationContext.configure(connection, opts={"render_as_batch": True}))
        with operations.batch_alter_table("community", recreate="always") as table:
            table.alter_column("subdistrict", nullable=True)
    assert volunteer.dump() == before


def test_what_was_let_pass_becomes_rows(volunteer: Volunteer, tmp_path: Path) -> None:
    """A text of codes parted by commas had one reason; each code is a row of its own since revision 0007."""
    path = tmp_path / "golden.db"
    shutil.copy(GOLDEN / "0006.db", path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE signup SET overridden = 'full,not_member', override_reason = 'short of hands'"
        )
        signups = connection.execute("SELECT count(*) FROM signup").fetchone()[0]
        connection.commit()
    assert at(volunteer, path, "db", "upgrade").code == 0
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT DISTINCT refusal, reason, allowed_by FROM signup_override"
        ).fetchall()
        count = connection.execute("SELECT count(*) FROM signup_override").fetchone()[0]
    assert sorted(rows) == [("full", "short of hands", None), ("not_member", "short of hands", None)]
    assert count == 2 * signups > 0
    assert at(volunteer, path, "check").code == 0
