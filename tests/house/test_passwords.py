"""A password in the address of a server comes out of no command, stands in no history and in no file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from command_lines import COMMANDS, example
from servers import OWNER, PASSWORD, OnServer
from volunteering import Volunteer

from volunteer_cli.core.targets import named

SECRET = "pa?ss:w/ord%23"
AWAY = f"postgresql://clerk:{SECRET}@127.0.0.1:1/district"
#: It begins something that does not end by itself.
NOT_RUN = {("shell",)}


@pytest.mark.parametrize(
    "target",
    [
        AWAY,
        AWAY.replace("postgresql", "postgresql+psycopg"),
        f"{AWAY}?schema=binhu&sslmode=prefer",
        f"postgresql://127.0.0.1:1/district?user=clerk&password={SECRET}",
        f"postgresql:/clerk:{SECRET}@127.0.0.1/district",
        f"postgres:clerk:{SECRET}@127.0.0.1",
        f"host=127.0.0.1 password={SECRET} dbname=district",
        f"nosql://clerk:{SECRET}@127.0.0.1/district",
    ],
)
@pytest.mark.parametrize(
    "words", [("community", "list"), ("person", "add", "李明"), ("db", "init"), ("doctor",)]
)
def test_no_form_of_an_address_shows_it(
    target: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # what is no address is the name of a file
    told = Volunteer(tmp_path / "v.db")("--db", target, *words)
    assert "ss:w" not in told.out + told.err
    assert "ord%23" not in told.out + told.err
    assert "127.0.0.1" in named(target) or "://" not in target


@pytest.mark.parametrize("given", ["option", "environment"])
def test_no_command_shows_it(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    volunteer = Volunteer(AWAY)
    words_before = ("--db", AWAY) if given == "option" else ()
    shown = set()
    for words, command in COMMANDS.items():
        if words not in NOT_RUN:
            told = volunteer(*words_before, *example(command), "-v")
            if "ord%23" in told.out + told.err:
                shown.add(words)
    assert shown == set()
    assert not any(
        "ord%23" in path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file()
    )


@pytest.mark.postgres
def test_what_works_keeps_none(volunteer: Volunteer, tmp_path: Path) -> None:
    """Commands that succeed, and the history, the backups and the checks of what they did."""
    if not isinstance(volunteer.database, OnServer):
        pytest.skip("a file has no password")
    url = volunteer.database.server.url(volunteer.database.name, OWNER, password=PASSWORD)
    clerk = Volunteer(url)
    told: list[Any] = [
        clerk.ok("--db", url, "person", "add", "李明", "-v"),
        clerk.ok(f"--db={url}", "undo"),
        clerk.ok("--db", url, "batch", "-", stdin="person add 王芳"),
        clerk.ok("db", "backup", tmp_path / "b.dump"),
        clerk.ok("db", "restore", tmp_path / "b.dump", "--yes", env={"XDG_DATA_HOME": str(tmp_path)}),
        clerk("db", "init"),
        *(
            clerk(*words, "-f", "json")
            for words in COMMANDS
            if words[-1] in ("list", "info", "doctor", "check")
        ),
        clerk.ok("history", "list", "--fields", "all"),
        Volunteer(url.replace(PASSWORD, PASSWORD + "x"))("community", "list"),
    ]
    assert not [each for each in told if PASSWORD in each.out + each.err]
    assert PASSWORD not in str(volunteer.ask("SELECT arguments, reason FROM operation"))
    assert "[no_permission]" in told[-1].err
    assert not re.search(PASSWORD.encode(), (tmp_path / "b.dump").read_bytes())
