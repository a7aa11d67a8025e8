"""A script is split into commands and words as bash splits it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from volunteering import Volunteer

from volunteer_cli.admin.lines import lines_of
from volunteer_cli.core.work import Work

#: Line separators of Unicode that end no line of a shell, and the ideographic space.
SEPARATORS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u3000"
#: A backslash comes in pairs only, so that what a shell alone expands stays behind one.
PIECES = (*SEPARATORS, *"x王3é#-'\" \t\n", "'#", '"#', " #", "''", *(f"\\{sign}" for sign in "\\\"'# x$`\n"))
HANDLER = 'command_not_found_handle() { printf "%s\\0" "$#" "$@"; }\nPATH=/nonexistent\n'


def split_by_bash(script: str, folder: Path) -> tuple[list[tuple[str, ...]], bool]:
    """The commands that bash would run, and whether it found a quote open."""
    file = folder / "script.sh"
    file.write_bytes((HANDLER + script).encode())
    done = subprocess.run(
        [str(shutil.which("bash")), "--norc", str(file)],
        capture_output=True,
        check=False,
        env={"LC_ALL": "C.UTF-8"},
    )
    words = iter(done.stdout.decode().split("\0")[:-1])
    commands = [tuple(next(words) for _ in range(int(count))) for count in words]
    return commands, b"unexpected EOF" in done.stderr


def split_by_us(script: str) -> tuple[list[tuple[str, ...]], bool]:
    lines = list(lines_of(script))
    return [line.words for line in lines if line.words is not None], any(line.words is None for line in lines)


@pytest.mark.skipif(not shutil.which("bash"), reason="LOUD: no bash here to compare with")
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
@example(pieces=["x", "#", "x"])
@example(pieces=["'x", "\u2028", "x'"])
@example(pieces=["x ", "'", "\n", "#", "'", " #", "\n", "x"])
@example(pieces=["x", "\\"])
def test_words_are_those_of_bash(pieces: list[str], tmp_path: Path) -> None:
    script = "".join(pieces)
    assert split_by_us(script) == split_by_bash(script, tmp_path)


@pytest.mark.parametrize(
    ("script", "commands"),
    [
        ("a b\r\nc\r\n", [("a", "b"), ("c",)]),
        ("a 'b\r\nc' d\r\n", [("a", "b\r\nc", "d")]),
        ("a b # c\r\nd", [("a", "b"), ("d",)]),
        ("a b\\\r\nc", [("a", "bc")]),
        ("a\rb\r", [("a\rb",)]),
        ("# a\n\n \t\n  # b\n", []),
    ],
)
def test_ends_of_lines_of_windows(script: str, commands: list[tuple[str, ...]]) -> None:
    assert split_by_us(script) == (commands, False)


def test_lines_are_numbered_where_they_begin() -> None:
    script = "# first\na 'x\ny'\n\nb \\\n  c\nd 'open\ne"
    assert [(line.number, line.words) for line in lines_of(script)] == [
        (2, ("a", "x\ny")),
        (5, ("b", "c")),
        (7, None),
    ]


def test_a_sign_inside_a_word_ends_no_line(volunteer: Volunteer) -> None:
    volunteer.ok("batch", stdin="person add 王样 --address 3#2-501 --phone 19900001111 # remark\n")
    person = volunteer.ok("person", "show", "王样", "-f", "json", "--reveal", "test").json
    assert person["phone"] == "19900001111"
    assert person["room"] == "501"


@pytest.mark.parametrize("separator", [*SEPARATORS, "\r", "\n", "\r\n"])
def test_a_note_cannot_run_a_command(volunteer: Volunteer, separator: str) -> None:
    before = len(volunteer.ok("community", "list", "-f", "json").json)
    line = f"person add 王样 --note 'x{separator}community add 安大社区 --code anda'\n"
    volunteer("batch", "--each", stdin=line.encode())
    assert len(volunteer.ok("community", "list", "-f", "json").json) == before


def test_nothing_below_an_open_quote_is_run(volunteer: Volunteer) -> None:
    result = volunteer("batch", "--each", stdin="person add 样一\nperson add 样'二\nperson add 样三\n")
    assert (result.code, "Line 2" in result.err, "[usage]" in result.err) == (1, True, True)
    assert [row["name"] for row in volunteer.ok("person", "list", "-f", "json").json] == ["样一"]


def test_a_line_with_nul_is_refused(volunteer: Volunteer) -> None:
    result = volunteer("batch", stdin=b"person list -o 'a\0b.csv'\n")
    assert (result.code, "[usage]" in result.err, result.err.count("\n")) == (2, True, 1)


def test_lines_that_say_nothing_leave_nothing_behind(
    volunteer: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch of ten thousand lines must not keep ten thousand of anything until its end."""
    kept: list[object] = []
    monkeypatch.setattr(Work, "afterwards", lambda _work, action: kept.append(action))
    volunteer.ok("batch", "-", stdin="".join(f"person add 样{number:02}\n" for number in range(50)))
    assert len(kept) <= 1
