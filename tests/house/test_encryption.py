"""Encrypted databases: the same commands with the same answers, a key that shows nowhere, and nothing half done."""

from __future__ import annotations

import os
import pty
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from volunteering import Volunteer

sqlcipher = pytest.importorskip(
    "sqlcipher3", reason="SQLCipher is not installed: no encrypted database is tried"
)

KEY = "一句别人想不到的话 and more"
HEAD = b"SQLite format 3\0"
WORDS = "样本王密"
STEPS: list[list[str]] = [
    ["person", "add", WORDS, "--phone", "13812345678", "--building", "3"],
    ["person", "add", "李样", "--birth", "1990-02-03"],
    ["team", "add", "巡逻队", "--leader", "李样"],
    ["event", "add", "清扫", "--start", "2026-07-04 09:00", "--end", "2026-07-04 11:00", "--capacity", "1"],
    ["event", "open", "1"],
    ["event", "signup", "1", WORDS],
    ["event", "signup", "1", "李样"],
    ["hours", "add", "李样", "--minutes", "90", "--on", "2026-06-01", "--what", "巡逻"],
    ["undo"],
    ["person", "edit", WORDS, "--add-tag", "elder_alone"],
    ["check"],
]
QUESTIONS = [
    ["person", "list", "-f", "json"],
    ["event", "roster", "1", "-f", "json"],
    ["history", "show", "3", "-f", "json"],
    ["report", "hours", "-f", "json"],
    ["find", WORDS, "-f", "json"],
]


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a key, which the environment names."""
    path = tmp_path / "key"
    path.write_text(KEY + "\n", encoding="utf-8")
    monkeypatch.setenv("VOLUNTEER_KEY_FILE", str(path))
    return path


@pytest.fixture
def encrypted(volunteer: Volunteer, key_file: Path) -> Iterator[Volunteer]:
    """An encrypted database with one community."""
    assert key_file.exists()
    volunteer.ok("db", "encrypt", "--yes")
    assert not volunteer.database.read_bytes().startswith(HEAD)
    yield volunteer
    assert not volunteer.database.read_bytes().startswith(HEAD)


def environment(volunteer: Volunteer, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "VOLUNTEER_DB": str(volunteer.database),
        "VOLUNTEER_TODAY": volunteer.today,
        "VOLUNTEER_LANG": "en",
        **more,
    }


def process(volunteer: Volunteer, *words: object, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "volunteer_cli", *map(str, words)],
        env=environment(volunteer, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def traces(folder: Path, *texts: str) -> list[str]:
    """The files in a folder that hold one of the texts as they are."""
    found = [
        path
        for path in folder.rglob("*")
        if path.is_file() and any(text.encode() in path.read_bytes() for text in texts)
    ]
    return [str(path.relative_to(folder)) for path in found]


def test_the_same_answers_as_without_a_key(
    encrypted: Volunteer, tmp_path: Path, binhu_database: Path
) -> None:
    plain = Volunteer(Path(shutil.copy(binhu_database, tmp_path / "plain.db")))
    for words in STEPS:
        assert encrypted(*words) == plain(*words)
    for words in QUESTIONS:
        assert encrypted(*words).json == plain(*words).json


def test_nothing_can_be_read_beside_it(encrypted: Volunteer, key_file: Path) -> None:
    for words in STEPS:
        encrypted(*words)
    encrypted.ok("db", "backup")
    key_file.unlink()
    folder = encrypted.database.parent
    assert traces(folder, WORDS, "13812345678", "CREATE TABLE") == []
    key_file.write_text(KEY, encoding="utf-8")


def test_the_key_shows_nowhere(encrypted: Volunteer) -> None:
    answers = [
        encrypted(*words) for words in [*STEPS, *QUESTIONS, ["db", "info"], ["doctor"], ["-v", "check"]]
    ]
    assert not [each for each in answers if KEY in each.out or KEY in each.err]
    assert encrypted("db", "info", "-f", "json").json["encrypted"] is True


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "key_missing"),
        ("another key than that", "wrong_key"),
        ("", "bad_key"),
        ("\n" + KEY, "bad_key"),
        (b"\xff\xfe", "bad_key"),
    ],
)
@pytest.mark.parametrize(
    "words", [["person", "list"], ["person", "add", "王样"], ["db", "decrypt", "--yes"], ["db", "backup"]]
)
def test_without_the_right_key(
    encrypted: Volunteer,
    monkeypatch: pytest.MonkeyPatch,
    key_file: Path,
    key: str | bytes | None,
    code: str,
    words: list[str],
) -> None:
    before = encrypted.database.read_bytes()
    if key is None:
        monkeypatch.delenv("VOLUNTEER_KEY_FILE")
    else:
        key_file.write_bytes(key.encode() if isinstance(key, str) else key)
    answer = encrypted.refused(code, *words, exit_code=7)
    assert answer.err.count("\n") == 1
    assert encrypted.database.read_bytes() == before


def test_a_key_file_is_made_with_a_key(volunteer: Volunteer, tmp_path: Path) -> None:
    made = tmp_path / "made"
    answer = volunteer.ok("db", "encrypt", "--yes", "--key-file", made)
    assert f"VOLUNTEER_KEY_FILE={made}" in answer.err
    assert len(made.read_text().strip()) == 64
    assert made.stat().st_mode & 0o077 == 0
    volunteer.ok("person", "add", "王样", env={"VOLUNTEER_KEY_FILE": str(made)})
    volunteer.ok("db", "decrypt", "--yes", env={"VOLUNTEER_KEY_FILE": str(made)})
    assert [row["name"] for row in volunteer.rows("person", "list")] == ["王样"]


def test_made_encrypted(tmp_path: Path, key_file: Path) -> None:
    volunteer = Volunteer(tmp_path / "new.db")
    volunteer.ok("db", "init", "--encrypted", "--key-file", key_file)
    volunteer.ok("community", "add", "滨湖社区", "--code", "binhu")
    assert traces(tmp_path, "滨湖") == []
    volunteer.refused("database_exists", "db", "init", "--encrypted", exit_code=7)


def test_what_cannot_be_encrypted(
    volunteer: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = volunteer.database.read_bytes()
    volunteer.refused("key_missing", "db", "encrypt", "--yes", exit_code=7)
    volunteer.refused("not_encrypted", "db", "decrypt", "--yes", exit_code=7)
    volunteer.refused("usage", "db", "init", "--keyring", exit_code=2)
    short = tmp_path / "short"
    short.write_text("1234")
    volunteer.refused("bad_key", "db", "encrypt", "--yes", "--key-file", short, exit_code=7)
    assert volunteer.database.read_bytes() == before
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    short.write_text(KEY)
    volunteer.refused("driver_missing", "db", "encrypt", "--yes", "--key-file", short, exit_code=7)
    assert volunteer.database.read_bytes() == before


def test_encrypted_already_and_a_dry_run(encrypted: Volunteer) -> None:
    encrypted.refused("encrypted", "db", "encrypt", "--yes", exit_code=7)
    assert "Dry run" in encrypted.ok("db", "decrypt", "-n").err


def test_backups_come_back(encrypted: Volunteer, tmp_path: Path) -> None:
    encrypted.ok("person", "add", "王样")
    copy = tmp_path / "copy.db"
    encrypted.ok("db", "backup", copy)
    assert not copy.read_bytes().startswith(HEAD)
    encrypted.ok("person", "add", "李样")
    assert "1 operation" in encrypted.ok("db", "restore", copy, "-n").err
    encrypted.ok("db", "restore", copy, "--yes")
    assert [row["name"] for row in encrypted.rows("person", "list")] == ["王样"]
    elsewhere = Volunteer(tmp_path / "elsewhere.db")
    elsewhere.ok("db", "restore", copy, "--yes")
    assert [row["name"] for row in elsewhere.rows("person", "list")] == ["王样"]
    assert elsewhere("db", "info", "-f", "json").json["encrypted"] is True


def test_a_backup_of_the_other_kind(volunteer: Volunteer, key_file: Path, tmp_path: Path) -> None:
    assert key_file.exists()
    copy = tmp_path / "plain.db"
    volunteer.ok("db", "backup")
    volunteer.ok("db", "backup", copy)
    assert "1 older backup can still be read" in volunteer.ok("db", "encrypt", "--yes").err
    volunteer.refused("other_encryption", "db", "restore", copy, "--yes", exit_code=7)


HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM person").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def test_somebody_else_has_it_open(
    volunteer: Volunteer, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert key_file.exists()
    monkeypatch.setenv("VOLUNTEER_LOCK_TIMEOUT", "0.1")
    command = [sys.executable, "-c", HOLDING, str(volunteer.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        volunteer.refused("database_locked", "db", "encrypt", "--yes", exit_code=7)
        other.communicate()
    volunteer.ok("db", "encrypt", "--yes")


def test_the_system_keeps_the_key(volunteer: Volunteer, tmp_path: Path) -> None:
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.backends.fail import Keyring as NoKeyring

    class InMemory(KeyringBackend):
        priority = 1
        kept: ClassVar[dict[tuple[str, str], str]] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.kept[service, username]

    key = tmp_path / "key"
    key.write_text(KEY, encoding="utf-8")
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
        other = Volunteer(tmp_path / "other.db")
        other.refused("no_keyring", "db", "init", "--encrypted", "--keyring", "--key-file", key)
        keyring.set_keyring(InMemory())  # type: ignore[no-untyped-call]
        volunteer.ok("db", "encrypt", "--yes", "--keyring", "--key-file", key)
        key.unlink()
        volunteer.ok("person", "add", "王样")
        volunteer.ok("db", "backup", tmp_path / "copy.db")
        volunteer.ok("db", "restore", tmp_path / "copy.db", "--yes")
        assert list(InMemory.kept) == [("volunteer-cli", str(volunteer.database.resolve()))]
    finally:
        keyring.set_keyring(before)


def answered(volunteer: Volunteer, words: list[str], answers: list[str]) -> str:
    """What a command shows on a terminal where its questions are answered."""
    own, terminal = pty.openpty()
    environ = environment(volunteer)
    environ.pop("VOLUNTEER_KEY_FILE", None)
    running = subprocess.Popen(
        [sys.executable, "-m", "volunteer_cli", *words],
        env=environ,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    shown = b""
    for answer in answers:
        question = b""
        while not question.endswith(b": "):
            question += os.read(own, 1024)
        os.write(own, answer.encode() + b"\n")
        shown += question
    running.wait(timeout=60)
    os.set_blocking(own, False)
    try:
        while more := os.read(own, 4096):
            shown += more
    except OSError:
        pass
    os.close(own)
    return shown.decode()


def test_the_key_is_asked_for_at_a_terminal(volunteer: Volunteer) -> None:
    shown = answered(volunteer, ["db", "encrypt", "--yes"], [KEY, KEY + " not"])
    assert "[bad_key]" in shown
    shown = answered(volunteer, ["db", "encrypt", "--yes"], [KEY, KEY])
    assert "Encrypted" in shown
    shown = answered(volunteer, ["person", "add", "王样"], [KEY])
    assert "Added 王样" in shown
    assert KEY not in shown
    shown = answered(volunteer, ["person", "add", "王样"], ["not that one"])
    assert "[wrong_key]" in shown


def test_two_for_the_last_place(encrypted: Volunteer) -> None:
    encrypted.ok(
        "event", "add", "清扫", "--start", "2026-07-04 09:00", "--end", "2026-07-04 11:00", "--capacity", "1"
    )
    encrypted.ok("event", "open", "1")
    names = ["王样", "李样", "张样"]
    for name in names:
        encrypted.ok("person", "add", name)
    urls = [
        str(encrypted.database),
        f"sqlite:///{encrypted.database}",
        f"sqlite+pysqlite:///{encrypted.database}",
    ]
    racing = [
        process(encrypted, "event", "signup", "1", name, VOLUNTEER_DB=url)
        for name, url in zip(names, urls, strict=True)
    ]
    assert [each.wait(timeout=60) for each in racing] == [0, 0, 0]
    status = [row["status"] for row in encrypted.rows("event", "roster", "1")]
    assert sorted(status) == ["signed_up", "waiting", "waiting"]


def killed_while_encrypting(volunteer: Volunteer, tmp_path: Path, times: int) -> None:
    """Killed at any moment, the file is the one or the other, and whole."""
    before = volunteer.rows("community", "list")
    started = time.monotonic()
    assert process(volunteer, "db", "encrypt", "--yes").wait(timeout=60) == 0
    length = time.monotonic() - started
    chance = random.Random(3)
    for number in range(times):
        verb = "decrypt" if number % 2 == 0 else "encrypt"
        running = process(volunteer, "db", verb, "--yes")
        time.sleep(chance.uniform(0.4, 1.1) * length)
        running.send_signal(signal.SIGKILL)
        running.wait(timeout=60)
        assert volunteer.rows("community", "list") == before
        volunteer.ok("check")
        is_open = volunteer.database.read_bytes().startswith(HEAD)
        volunteer.ok("db", "encrypt", "--yes") if is_open else None
        if verb == "decrypt" and number + 1 < times:
            volunteer.ok("db", "decrypt", "--yes")
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")] or volunteer.ok("doctor")


def test_killed_while_encrypting(volunteer: Volunteer, key_file: Path, tmp_path: Path) -> None:
    assert key_file.exists()
    killed_while_encrypting(volunteer, tmp_path, 3)


@pytest.mark.faults
def test_killed_while_encrypting_often(volunteer: Volunteer, key_file: Path, tmp_path: Path) -> None:
    assert key_file.exists()
    killed_while_encrypting(volunteer, tmp_path, 60)
