"""What holds on a server of PostgreSQL too: the same answers, one writer at a time, and faults that are told."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

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


# --- what is made, and how long it may be ------------------------------------------------------------


def test_tables_are_made_once(on_server: Volunteer) -> None:
    server = on_server.database.server
    assert "postgresql:///" in on_server.refused("database_exists", "db", "init", exit_code=7).err
    full = Volunteer(OnServer(server))
    full.ask("CREATE TABLE shelf (id int)")
    assert "schema=" in full.refused("database_foreign", "db", "init", exit_code=7).err


def test_a_schema_holds_a_community_of_its_own(on_server: Volunteer) -> None:
    anda = Volunteer(f"{on_server.database}&schema=an da")
    anda.refused("database_foreign", "community", "list", exit_code=7)
    assert "?schema=an da" in anda.ok("db", "init").err
    anda.refused("database_exists", "db", "init")
    anda.ok("community", "add", "安大社区", "--code", "anda")
    assert [row["code"] for row in anda.rows("community", "list")] == ["anda"]
    assert [row["code"] for row in on_server.rows("community", "list")] == ["binhu"]
    assert anda.ok("check").out == ""


@pytest.mark.parametrize(
    "words", [("community", "add", "长" * 201, "--code", "x"), ("person", "add", "长" * 201)]
)
def test_a_text_that_is_too_long_is_refused_on_every_engine(
    volunteer: Volunteer, words: tuple[str, ...]
) -> None:
    assert "200" in volunteer.refused("too_long", *words, exit_code=1).err


def test_a_long_name_is_kept_and_found_on_every_engine(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "长" * 200)
    assert volunteer.rows("person", "list")[0]["name"] == "长" * 200


def test_a_row_that_is_too_long_is_rejected_and_the_others_come(volunteer: Volunteer, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text(f"姓名,工作单位\n李明,{'长' * 201}\n王芳,学校\n", encoding="utf-8")
    told = volunteer("import", "people", sheet, "--on-error", "skip").err
    assert "too_long" in told
    assert [row["name"] for row in volunteer.rows("person", "list")] == ["王芳"]


def test_ids_have_64_bits(on_server: Volunteer) -> None:
    on_server.ask("SELECT setval('person_id_seq', 3000000000)")
    on_server.ok("person", "add", "李明")
    on_server.ok("person", "edit", "李明", "--note", "x")
    on_server.ok("undo")
    assert on_server.rows("person", "list")[0]["id"] == 3_000_000_001


# --- backups ------------------------------------------------------------


def test_a_backup_comes_back(on_server: Volunteer, tmp_path: Path) -> None:
    on_server.ok("person", "add", "李明", "--phone", "13800000001")
    before, dump = on_server.dump(), tmp_path / "b.dump"
    on_server.ok("db", "backup", dump)
    on_server.refused("file_exists", "db", "backup", dump, exit_code=7)
    on_server.ok("person", "add", "王芳")
    assert "1 operation" in on_server.ok("db", "restore", dump, "-n").err
    home = {"XDG_DATA_HOME": str(tmp_path)}
    told = on_server.ok("db", "restore", dump, "--yes", env=home).err
    assert on_server.dump() == before
    former = told.rpartition("db restore ")[2].strip()
    on_server.ok("db", "restore", former, "--yes", env=home)
    assert [row["name"] for row in on_server.rows("person", "list")] == ["李明", "王芳"]
    elsewhere = Volunteer(OnServer(on_server.database.server))
    elsewhere.ok("db", "restore", dump, "--yes", env=home)
    assert elsewhere.dump() == before
    elsewhere.ok("person", "add", "张伟")


def test_backups_that_do_not_fit_change_nothing(on_server: Volunteer, tmp_path: Path) -> None:
    dump, damaged = tmp_path / "b.dump", tmp_path / "d.dump"
    on_server.ok("db", "backup", dump)
    damaged.write_bytes(dump.read_bytes()[:-2000])
    before = on_server.dump()
    on_server.refused("database_damaged", "db", "restore", damaged, "--yes", exit_code=7)
    other = Volunteer(f"{on_server.database}&schema=anda")
    other.refused("other_schema", "db", "restore", dump, "--yes", exit_code=7)
    Volunteer(tmp_path / "v.db").refused("other_kind", "db", "restore", dump, "--yes", exit_code=7)
    assert on_server.dump() == before


def test_without_the_programs_it_says_which_to_install(on_server: Volunteer, tmp_path: Path) -> None:
    result = on_server("db", "backup", tmp_path / "b.dump", env={"PATH": str(tmp_path)})
    assert (result.code, "[program_missing]" in result.err) == (7, True)
    assert not (tmp_path / "b.dump").exists()


def test_an_upgrade_backs_up_first(on_server: Volunteer, tmp_path: Path) -> None:
    from volunteer_cli.core import schema

    old = OnServer(on_server.database.server)
    schema.upgrade(str(old), "0018")
    told = Volunteer(old).ok("db", "upgrade", env={"XDG_DATA_HOME": str(tmp_path)}).err
    assert Path(told.partition("Backup: ")[2].splitlines()[0]).is_file()
    assert Volunteer(old).ok("check").out == ""


# --- what is looked at ------------------------------------------------------------


def test_the_doctor_knows_the_server(on_server: Volunteer) -> None:
    rows = {row["what"]: row for row in on_server("doctor", "-f", "json").json}
    assert {rows[what]["state"] for what in ("Database", "Server", "Collation", "Rights")} == {"ok"}
    assert "UTF8" in rows["Collation"]["details"]
    assert on_server.ok("db", "info", "-f", "json").json["bytes"] > 100_000


def test_names_are_completed(on_server: Volunteer) -> None:
    from volunteer_cli import completion
    from volunteer_cli.core.run import Run, running
    from volunteer_cli.core.settings import Given

    on_server.ok("person", "add", "李明")
    with running(Run(Given({"db": str(on_server.database)}))):
        assert completion.names("person", "name", "李") == ["李明"]
    with running(Run(Given({"db": "postgresql://owner@127.0.0.1:1/nowhere"}))):
        assert completion.names("person", "name", "李") == []


def test_check_sees_what_only_an_administrator_can_break(on_server: Volunteer) -> None:
    on_server.ok("person", "add", "李明")
    on_server.ok("hours", "add", "李明", "--date", "2026-06-01", "--hours", "1h")
    with on_server.database.server.connected(on_server.database.name) as connection:
        connection.execute("ALTER TABLE hours_record DISABLE TRIGGER ALL")
        connection.execute("UPDATE hours_record SET person_id = 99")
        connection.execute("SELECT setval('person_id_seq', 1, false)")
        connection.execute(
            "UPDATE pg_constraint SET convalidated = false WHERE conname = 'fk_team_community_id'"
        )
    findings = {(row["check"], row["thing"], row["problem"]) for row in on_server("check", "-f", "json").json}
    assert {
        ("integrity", "database", "trigger of hours_record"),
        ("integrity", "database", "sequence person_id_seq"),
        ("integrity", "database", "constraint fk_team_community_id"),
        ("foreign-keys", "hours_record:1", "points at a row of person that does not exist"),
    } <= findings


# --- one writer, and readers for whom nothing moves ------------------------------------------------------------


def test_a_writer_waits_for_another_as_long_as_it_is_told(on_server: Volunteer) -> None:
    with on_server.writing():
        assert on_server.rows("community", "list")
        started = time.monotonic()
        result = on_server("person", "add", "李明", env={"VOLUNTEER_LOCK_TIMEOUT": "0.3"})
        assert (result.code, "[database_locked]" in result.err) == (7, True)
        assert 0.2 < time.monotonic() - started < 3
        assert on_server("person", "add", "李明", env={"VOLUNTEER_LOCK_TIMEOUT": "0"}).code == 7
    on_server.ok("person", "add", "李明")


def test_a_reader_sees_one_moment(on_server: Volunteer) -> None:
    from sqlalchemy import text

    from volunteer_cli.core.run import Run, running
    from volunteer_cli.core.settings import Given
    from volunteer_cli.core.work import session_on

    target = str(on_server.database)
    with running(Run(Given({"db": target}))), session_on(target, writing=False) as session:
        count = text("SELECT count(*) FROM person")
        assert session.scalar(count) == 0
        on_server.ok("person", "add", "李明")
        assert session.scalar(count) == 0
    assert len(on_server.rows("person", "list")) == 1


def test_a_server_that_ends_a_connection_leaves_no_half(on_server: Volunteer) -> None:
    """In the midst of work the server throws us out, as it does when it is shut down: one line, code 7."""
    before = on_server.dump()
    batch = "person add 李明\nperson add 王芳\n"
    with (
        on_server.database.server.connected("postgres") as administrator,
        pytest.MonkeyPatch.context() as patch,
    ):
        from volunteer_cli.people import rules

        added = rules.add_person

        def thrown_out(*words: Any, **more: Any) -> Any:
            person = added(*words, **more)
            administrator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (on_server.database.name,),
            )
            return person

        patch.setattr(rules, "add_person", thrown_out)
        result = on_server("batch", "-", stdin=batch)
    assert (result.code, result.err.count("\n")) == (7, 1)
    assert "[server_unreachable]" in result.err
    assert on_server.dump() == before
