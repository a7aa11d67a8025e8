"""What the shell hands over may be anything, and gives one line and the right code.

Every command of the tree is run with every oddity; `make test` takes a sample, `make faults` all.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from command_lines import COMMANDS, example
from volunteering import Volunteer

#: Errors of a user and of the database; 70 would be a bug, 120 Python's own complaint.
GOOD_CODES = {0, 1, 2, 4, 5, 6, 7}


def sampled(cases: list[Any], count: int) -> list[Any]:
    """All cases for `make faults`, of which `count` are for `make test` too."""
    chosen = set(random.Random(7).sample(range(len(cases)), count))
    return [
        pytest.param(case, marks=() if place in chosen else pytest.mark.faults)
        for place, case in enumerate(cases)
    ]


@pytest.fixture
def peopled(volunteer: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Volunteer:
    monkeypatch.chdir(tmp_path)
    lines = [
        "person add 李明 --phone 19900000001 --volunteer",
        "person add 王芳 --birth 1965-03",
        "team add 合唱团 --leader 李明",
        "event add 清洁日 --start '2026-07-01 09:00' --end '2026-07-01 11:00'",
        "event open 清洁日",
        "drive add 暖冬 --code winter --start 2026-06-01",
        "hours add 李明 --date 2026-06-01 --hours 2",
    ]
    volunteer.ok("batch", stdin="\n".join(lines))
    return volunteer


# --- streams ------------------------------------------------------------


def full(number: int) -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), number)


STREAMS: dict[str, Callable[[], None]] = {
    "output closed": lambda: os.close(1),
    "output full": lambda: full(1),
    "errors closed": lambda: os.close(2),
    "errors full": lambda: full(2),
    "all closed": lambda: os.closerange(0, 3),
}


def in_child(volunteer: Volunteer, words: list[str], prepare: Callable[[], None]) -> int:
    """The exit code of a command line in a process whose streams were prepared first."""
    child = os.fork()
    if child == 0:
        code = 99
        with suppress(BaseException):
            code = _as_process(volunteer, words, prepare)
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _as_process(volunteer: Volunteer, words: list[str], prepare: Callable[[], None]) -> int:
    from volunteer_cli import app

    os.environ |= {
        "VOLUNTEER_DB": str(volunteer.database),
        "VOLUNTEER_TODAY": volunteer.today,
        "VOLUNTEER_LANG": "en",
        "VOLUNTEER_LOCK_TIMEOUT": "5",
    }
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    prepare()
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        mode = "w" if number else "r"
        opened = _is_open(number)
        stream = open(number, mode, encoding="utf-8", closefd=False) if opened else None  # noqa: SIM115
        setattr(sys, name, stream)
    sys.argv = ["volunteer", *words]
    try:
        app.main()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 98


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def operations(volunteer: Volunteer) -> int:
    with closing(sqlite3.connect(volunteer.database)) as connection:
        return int(connection.execute("SELECT count(*) FROM operation").fetchone()[0])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="LOUD: no /dev/full here")
@pytest.mark.parametrize("case", sampled([(w, s) for w in COMMANDS for s in STREAMS], 25), ids=str)
def test_the_exit_code_tells_what_was_committed(peopled: Volunteer, case: Any) -> None:
    """A job that retries what failed must not do it twice."""
    words, streams = case
    before = operations(peopled)
    code = in_child(peopled, example(COMMANDS[words]), STREAMS[streams])
    assert code in GOOD_CODES
    if operations(peopled) > before:
        assert code in (0, 5)


@pytest.mark.parametrize("streams", STREAMS)
def test_a_person_is_added_whatever_becomes_of_the_output(peopled: Volunteer, streams: str) -> None:
    assert in_child(peopled, ["person", "add", "样一", "-f", "json"], STREAMS[streams]) == 0
    assert [row["name"] for row in peopled.ok("person", "list", "-f", "json").json][-1] == "样一"


# --- words ------------------------------------------------------------

ODDITIES = {
    "very long": "长" * 60_000,
    "signs that steer": "a\x1b[31m\u202eb\x07\u2028c",
    "half a character": "a\udcffb",
    "empty": "",
    "a huge number": "9" * 5000,
    "a very long path": "/".join(["x" * 300] * 20),
    "a folder": "/",
    "quotes and braces": "'\"{name}%s`;DROP TABLE person;--",
}


def variations(command: Any) -> Iterator[list[str]]:
    """The words of a command with one place left open for each of its arguments and options."""
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    required = [
        (parameter.opts[0], "1")
        for parameter in command.params
        if parameter.required and parameter.param_type_name == "option"
    ]
    options = [word for pair in required for word in pair]
    for place in range(len(arguments)):
        yield [*("{}" if place == index else "1" for index in range(len(arguments))), *options]
    for parameter in command.params:
        if parameter.param_type_name == "option" and not parameter.is_flag:
            others = [word for pair in required if pair[0] != parameter.opts[0] for word in pair]
            yield [*["1"] * len(arguments), *others, parameter.opts[0], "{}"]
    for option in ("--community", "--actor", "--today", "--db", "--fields", "--sort", "-o", "--reveal"):
        yield [*["1"] * len(arguments), *options, option, "{}"]


def odd_lines() -> list[tuple[str, ...]]:
    return [
        (*words, *line, oddity)
        for words, command in COMMANDS.items()
        for line in variations(command)
        for oddity in ODDITIES
    ]


def run_odd(volunteer: Volunteer, line: tuple[str, ...]) -> None:
    *words, oddity = line
    result = volunteer(*(ODDITIES[oddity] if word == "{}" else word for word in words), stdin="")
    assert result.code in GOOD_CODES, line
    assert "Traceback" not in result.err
    assert not any(sign in result.err for sign in "\x1b\u202e\x07\u2028\udcff"), line
    if result.code not in (0, 5, 6):
        assert sum(text.startswith("Error: ") for text in result.err.splitlines()) == 1, (line, result.err)


def test_some_words_that_nobody_expects(peopled: Volunteer) -> None:
    for line in random.Random(3).sample(odd_lines(), 120):
        run_odd(peopled, line)


@pytest.mark.faults
@pytest.mark.parametrize("words", COMMANDS, ids=str)
def test_all_words_that_nobody_expects(peopled: Volunteer, words: tuple[str, ...]) -> None:
    for line in variations(COMMANDS[words]):
        for oddity in ODDITIES:
            run_odd(peopled, (*words, *line, oddity))


# --- the process ------------------------------------------------------------


def process(volunteer: Volunteer, words: list[str | bytes], **environment: str) -> subprocess.Popen[bytes]:
    settings = {
        **os.environ,
        "VOLUNTEER_DB": str(volunteer.database),
        "VOLUNTEER_TODAY": volunteer.today,
        "VOLUNTEER_LANG": "en",
        **environment,
    }
    command: list[str | bytes] = [sys.executable, "-m", "volunteer_cli", *words]
    return subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(running: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = running.communicate(timeout=60)
    return running.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")


def test_no_locale_at_all(peopled: Volunteer) -> None:
    names = {"LC_ALL": "C", "PYTHONUTF8": "0", "LANG": "C"}
    assert ended(process(peopled, ["person", "add", "样一"], **names))[0] == 0
    code, out, _err = ended(process(peopled, ["person", "list", "--fields", "name"], **names))
    assert (code, out.split()[-1]) == (0, "样一")


def test_an_output_that_lacks_a_character_goes_on(peopled: Volunteer) -> None:
    peopled.ok("person", "add", "𠮷样😀")
    peopled.ok("person", "add", "最后")
    running = process(peopled, ["person", "list", "-f", "json"], PYTHONIOENCODING="gbk")
    out, _err = running.communicate(timeout=60)
    assert [row["name"] for row in json.loads(out.decode("gbk"))][-2:] == ["𠮷样😀", "最后"]
    running = process(peopled, ["person", "list"], PYTHONIOENCODING="gbk")
    assert "最后" in running.communicate(timeout=60)[0].decode("gbk")


@pytest.mark.parametrize(
    "words", [["person", "add", b"a\xff"], ["--db", b"/tmp/\xff.db", "person", "list"], [b"\xff"]]
)
def test_bytes_that_are_no_text(peopled: Volunteer, words: list[str | bytes]) -> None:
    before = peopled.dump()
    code, _out, err = ended(process(peopled, words))
    assert (code, err.count("\n"), "[bad_encoding]" in err) == (2, 1, True)
    assert peopled.dump() == before


def interrupt(volunteer: Volunteer, times: int) -> None:
    """Interrupted at any moment, the person is there exactly when the exit code says so."""
    started = time.monotonic()
    assert ended(process(volunteer, ["person", "add", "样"]))[0] == 0
    length = time.monotonic() - started
    chance = random.Random(5)
    for number in range(times):
        running = process(volunteer, ["person", "add", f"样{number}"])
        # Before Python itself has started, some tenth of the time, it dies of the signal with its own words.
        time.sleep(chance.uniform(0.3, 1.05) * length)
        running.send_signal(signal.SIGINT)
        code, _out, err = ended(running)
        people = [row["name"] for row in volunteer.ok("person", "list", "-f", "json").json]
        assert code in (0, 130), err
        assert (f"样{number}" in people) == (code == 0), (code, err)
        assert "Traceback" not in err
        assert err.count("\n") == 1


def test_interrupted_at_any_moment(peopled: Volunteer) -> None:
    interrupt(peopled, 4)


@pytest.mark.faults
def test_interrupted_very_often(peopled: Volunteer) -> None:
    interrupt(peopled, 150)


def test_an_interruption_after_the_commit_says_what_is_done(
    volunteer: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("volunteer_cli.core.work.Work.settle", interrupted)
    result = volunteer("person", "add", "样一")
    assert (result.code, result.err) == (0, "Operation 2 is done; only what follows it was interrupted.\n")
    assert volunteer.ok("person", "list", "-f", "ids").out == "1\n"
    result = volunteer("batch", "--each", stdin="person add 样二\nperson add 样三\n")
    assert result.code == 130
    assert result.err == "Interrupted; operations 3 to 3 are done, what follows them is not.\n"


def test_an_output_file_that_fails_after_the_commit(volunteer: Volunteer, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("LOUD: no /dev/full here")
    result = volunteer("person", "add", "样一", "-f", "json", "-o", "/dev/full")
    assert (result.code, "Operation 2 is done, but: " in result.err) == (0, True), result.err
    assert volunteer.ok("person", "list", "-f", "ids").out == "1\n"


def test_a_reader_that_leaves_a_batch_takes_its_changes_along(volunteer: Volunteer) -> None:
    lines = [*(f"person add 样人{number}" for number in range(30)), *["person list"] * 3000]
    script = volunteer.database.with_name("many.txt")
    script.write_text("\n".join(lines), encoding="utf-8")
    running = process(volunteer, ["batch", str(script)])
    assert running.stdout
    running.stdout.read(10)
    running.stdout.close()
    assert running.stderr
    err = running.stderr.read().decode()
    assert (running.wait(60), err.count("\n")) == (1, 1), err
    assert volunteer.ok("person", "list", "-f", "ids").out == ""


def test_a_search_for_more_than_any_name_finds_nobody(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明")
    for count in (1001, 60_000):
        assert volunteer.ok("person", "list", "--search", "明" * count, "-f", "json").json == []
