"""One door to the database: whichever way a file is named, it is opened, guarded and locked alike."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

from volunteer_cli.core.targets import BadFileUrl, file_of, named, without_target

SECRET = "geheim123"
CONTEXT = multiprocessing.get_context("fork")


def linked(path: Path) -> str:
    link = path.with_name("link.db")
    if not link.exists():
        link.symlink_to(path)
    return str(link)


FORMS: dict[str, Callable[[Path], str]] = {
    "path": str,
    "relative path": os.path.relpath,
    "url": lambda path: f"sqlite:///{path}",
    "relative url": lambda path: f"sqlite:///{os.path.relpath(path)}",
    "url with its driver": lambda path: f"sqlite+pysqlite:///{path}",
    "url of a uri": lambda path: f"sqlite:///file:{path}?uri=true",
    "symbolic link": linked,
    "url of a link": lambda path: f"sqlite:///{linked(path)}",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_names_the_file(tmp_path: Path, form: str) -> None:
    path = tmp_path / "x.db"
    path.touch()
    file = file_of(FORMS[form](path))
    assert file is not None
    assert file.resolve() == path.resolve()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://host/x.db",
        "sqlite+aiosqlite:///x.db",
        "sqlite:///x.db?mode=ro",
        "sqlite:///file:x.db?mode=memory&uri=true",
        "SQLite:///x.db",
    ],
)
def test_a_url_that_names_no_file_is_refused(volunteer: Volunteer, url: str) -> None:
    with pytest.raises(BadFileUrl):
        file_of(url)
    for words in (("person", "list"), ("person", "add", "样一"), ("db", "init"), ("db", "info"), ("doctor",)):
        result = volunteer("--db", url, *words)
        assert (result.code in (6, 7), "[bad_url]" in result.err + result.out) == (True, True), words


def _run(volunteer: Volunteer, target: str, barrier: Any, answers: Any, words: list[object]) -> None:
    barrier.wait()
    result = volunteer(*words, env={"VOLUNTEER_DB": target, "VOLUNTEER_LOCK_TIMEOUT": "300"})
    answers.put((result.code, result.err))


def racers(
    volunteer: Volunteer, target: str, count: int, words: Callable[[int], list[object]]
) -> list[tuple[int, str]]:
    """Exit codes and errors of as many commands at once, each in a process of its own."""
    barrier, answers = CONTEXT.Barrier(count), CONTEXT.Queue()
    running = [
        CONTEXT.Process(target=_run, args=(volunteer, target, barrier, answers, words(number)))
        for number in range(count)
    ]
    for process in running:
        process.start()
    ends = [answers.get(timeout=300) for _process in running]
    for process in running:
        process.join(timeout=300)
    return ends


def race_for_places(volunteer: Volunteer, target: str) -> None:
    """Eight sign-ups for three places, then eight undos of one operation."""
    lines = [f"person add 样人{number}" for number in range(8)]
    event = "event add 清洁日 --start '2026-07-01 09:00' --end '2026-07-01 11:00' --capacity 3"
    volunteer.ok("batch", stdin="\n".join([*lines, event, "event open @last"]))
    ends = racers(
        volunteer, target, 8, lambda number: ["event", "signup", 1, f"样人{number}", "--no-waitlist"]
    )
    assert sorted(code for code, _error in ends) == [0, 0, 0, 1, 1, 1, 1, 1], ends
    assert all("[full]" in error for code, error in ends if code)
    rows = volunteer.ok("event", "roster", 1, "-f", "json").json
    assert [row["status"] for row in rows] == ["signed_up"] * 3
    number = volunteer.ok("history", "list", "-f", "json").json[0]["id"]
    ends = racers(volunteer, target, 8, lambda _number: ["undo", number])
    assert sorted(code for code, _error in ends) == [0, *[1] * 7], ends
    assert all("[already_undone]" in error for code, error in ends if code)
    ids = racers(volunteer, target, 8, lambda number: ["person", "add", f"新人{number}"])
    assert [code for code, _error in ids] == [0] * 8
    people = volunteer.ok("person", "list", "-f", "ids").out.split()
    assert len(set(people)) == len(people) == 16
    volunteer.ok("check")


@pytest.mark.parametrize("form", ["url of a link"])
def test_eight_want_three_places(volunteer: Volunteer, form: str) -> None:
    race_for_places(volunteer, FORMS[form](volunteer.database))


@pytest.mark.faults
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("attempt", range(5))
def test_eight_want_three_places_through_every_form(volunteer: Volunteer, form: str, attempt: int) -> None:
    race_for_places(volunteer, FORMS[form](volunteer.database))


def test_a_second_name_of_the_file_is_refused_for_writing(volunteer: Volunteer, tmp_path: Path) -> None:
    """The locks of SQLite stand beside the file, under its name: two names do not see each other's."""
    other = tmp_path / "other.db"
    os.link(volunteer.database, other)
    before = volunteer.dump()
    for target in (str(volunteer.database), str(other), f"sqlite:///{other}"):
        volunteer.refused("database_linked", "person", "add", "样一", "--db", target, exit_code=7)
        volunteer.ok("person", "list", "--db", target)
    other.unlink()
    assert volunteer.dump() == before
    volunteer.ok("person", "add", "样一")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_guarded(volunteer: Volunteer, form: str) -> None:
    target = FORMS[form](volunteer.database)
    with closing(sqlite3.connect(volunteer.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()
    volunteer.refused("database_too_old", "person", "add", "样一", "--db", target, exit_code=7)
    with closing(sqlite3.connect(volunteer.database)) as connection:
        connection.execute("PRAGMA application_id=0")
    volunteer.refused("database_foreign", "person", "list", "--db", target, exit_code=7)


@pytest.mark.parametrize("form", [form for form in FORMS if "link" not in form])
def test_every_form_makes_backs_up_and_restores(volunteer: Volunteer, tmp_path: Path, form: str) -> None:
    path = tmp_path / "neu.db"
    target = FORMS[form](path)
    volunteer.ok("db", "init", "--db", target)
    assert path.stat().st_mode & 0o777 == 0o600
    volunteer.refused("database_exists", "db", "init", "--db", target, exit_code=7)
    volunteer.ok("community", "add", "安大社区", "--code", "anda", "--db", target)
    volunteer.ok("db", "backup", tmp_path / "copy.db", "--db", target)
    volunteer.ok("community", "add", "滨湖社区", "--code", "binhu", "--db", target)
    volunteer.ok("db", "restore", tmp_path / "copy.db", "--yes", "--db", target)
    assert len(volunteer.ok("community", "list", "-f", "json", "--db", target).json) == 1
    info = volunteer.ok("db", "info", "-f", "json", "--db", target).json
    assert Path(info["path"]).resolve() == path.resolve()
    assert info["bytes"] > 0
    assert len(list((tmp_path / "neu-backups").glob("*.db"))) == 1


# --- secrets ------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("binhu.db", "binhu.db"),
        ("a@b.db", "a@b.db"),
        ("postgresql://user:geheim123@host:5432/name", "postgresql://host:5432/name"),
        ("postgresql://user:ge@heim123@host/name", "postgresql://host/name"),
        ("postgresql+psycopg://host/name?password=geheim123", "postgresql+psycopg://host/name"),
        ("postgresql:///name?user=u&password=geheim123", "postgresql:///name"),
    ],
)
def test_a_target_is_named_without_its_secret(target: str, name: str) -> None:
    assert named(target) == name


URLS = (
    f"foo://user:{SECRET}@host/x",
    f"mysql://user:{SECRET}@host/x",
    f"postgresql://user:{SECRET}@127.0.0.1:1/x",
    f"postgresql://127.0.0.1:1/x?password={SECRET}",
    f"postgresql://user:{SECRET}@[::bad/x",
    f"sqlite://user:{SECRET}@/x",
)
COMMANDS = (
    ("person", "list"),
    ("person", "add", "样一"),
    ("db", "info"),
    ("db", "init"),
    ("db", "upgrade"),
    ("db", "backup"),
    ("check",),
    ("doctor",),
    ("undo",),
    ("batch",),
)


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("words", COMMANDS)
def test_a_password_is_printed_by_no_command(volunteer: Volunteer, url: str, words: tuple[str, ...]) -> None:
    result = volunteer("--db", url, *words, stdin="")
    assert result.code in (6, 7), result.err
    assert SECRET not in result.out + result.err
    assert "Traceback" not in result.err


def test_the_database_is_not_kept_in_command_lines(volunteer: Volunteer) -> None:
    path = volunteer.database
    volunteer.ok("--db", path, "person", "add", "样一")
    volunteer.ok("person", "add", "样二", f"--db={path}")
    volunteer.ok("person", f"--db=sqlite:///{path}", "add", "样三", "--note", "x")
    kept = [row["arguments"] for row in volunteer.ok("history", "list", "-f", "json", "--fields", "all").json]
    assert kept[:3] == [
        "person add '样三' --note *",
        "person add '样二'",
        "person add '样一'",
    ]
    assert not any(path.name in json.dumps(line) for line in kept)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["--db", "x", "a"], ["a"]),
        (["a", "--db=x", "b"], ["a", "b"]),
        (["a", "--db", "--db", "b"], ["a", "b"]),
        (["a", "--", "--db", "x"], ["a", "--", "--db", "x"]),
        (["a", "--dbx", "--db"], ["a", "--dbx"]),
    ],
)
def test_words_without_the_target(words: list[str], kept: list[str]) -> None:
    assert list(without_target(words)) == kept


# --- the file while a command works ------------------------------------------------------------


def replaced(path: Path) -> None:
    copy = path.with_name("other")
    shutil.copy(path, copy)
    copy.replace(path)


def moved_away(path: Path) -> None:
    path.rename(path.with_name("moved.db"))


@pytest.mark.parametrize("change", [replaced, moved_away])
def test_a_database_that_is_replaced_meanwhile_is_noticed(
    volunteer: Volunteer, change: Callable[[Path], None]
) -> None:
    from volunteer_cli.core.database import DatabaseReplaced
    from volunteer_cli.people.models import Person

    before = volunteer.dump()

    def add_while_it_changes() -> None:
        with volunteer.writing() as session:
            session.add(Person(name="样一", community_id=1))
            session.flush()
            change(volunteer.database)

    with pytest.raises(DatabaseReplaced):
        add_while_it_changes()
    moved = volunteer.database.with_name("moved.db")
    if moved.exists():
        moved.replace(volunteer.database)
    assert volunteer.dump() == before
