"""PostgreSQL: the same work on a server and on a file, by the CPU of the client, and eight clients that write at once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from .bench_import import hours_file
from .context import Context
from .data import name_of
from .filling import TODAY
from .installed import ROOT
from .measure import LEAST, Result, Task, TaskFailed

sys.path.insert(0, str(ROOT / "tests"))

from servers import OnServer, programs, server

IMPORTS, READING = 1.6, 1.35
CLIENTS = 8
#: What an office asks all day.
ASKED = (
    ("report", "hours", "--by", "month"),
    ("person", "list"),
    ("report", "today"),
    ("person", "show", "1"),
)


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 21 names; where no server is to be had, one line says so."""
    if programs() is None:
        yield Result("PostgreSQL beside SQLite", "skipped", beside="no server here")
        return
    rows, people = context.size(100_000, 500), context.size(2_000, 50)
    sheets = (people_file(context, people), hours_file(context, rows, people))
    file, database = context.path(".db"), OnServer(server())
    for target in (str(file), str(database)):
        run(context, target, "db", "init")
        run(context, target, "community", "add", "滨湖社区", "--code", "binhu")
    for what, sheet in zip(("people", "hours"), sheets, strict=True):
        ours, beside = (bringing(context, target, what, sheet) for target in (str(database), str(file)))
        yield context.within(
            IMPORTS, f"import {what} on a server, {rows:,} hours of {people:,}", ours, beside
        )
    for words in ASKED:
        ours, beside = (asking(context, target, words) for target in (str(database), str(file)))
        yield context.within(READING, f"{' '.join(words)} on a server", ours, beside)
    yield writing(context, database)


def people_file(context: Context, people: int) -> Path:
    """A clean file of the people whom the hours name."""
    path = context.path(".csv")
    lines = ("姓名", *(name_of(number + 1)[0] for number in range(people)))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def bringing(context: Context, target: str, what: str, sheet: Path) -> Task:
    """An import that finds nothing there yet; the round before it is taken back."""

    def take_back() -> None:
        if int(run(context, target, "history", "list", "--limit", "1", "-f", "ids")) > 1 + (what == "hours"):
            run(context, target, "undo")

    task = asking(context, target, ("import", what, str(sheet), "-q"))
    return replace(task, before=take_back)


def asking(context: Context, target: str, words: Sequence[str]) -> Task:
    """A command on a database, named by the kind of it."""
    name = "on a server" if "://" in target else "on a file"
    return context.volunteer(
        *words, database=Path(), name=name, today=TODAY, environment={"VOLUNTEER_DB": target}
    )


def run(context: Context, target: str, *words: str) -> str:
    """A command that is not measured; what it answers."""
    task = asking(context, target, words)
    done = subprocess.run(task.words, env=dict(task.environment), capture_output=True, text=True, check=True)
    return done.stdout


def writing(context: Context, database: OnServer) -> Result:
    """Commits a second of one client, and of eight at once with as many in all; none may be lost."""
    commits = context.size(240, 16)
    alone = rate(context, database.copy(), clients=1, commits=commits)
    together = rate(context, database.copy(), clients=CLIENTS, commits=commits)
    ratio = together / alone
    return Result(
        f"{CLIENTS} clients writing at once, {commits} commits, none lost",
        "ran" if context.small else "met" if ratio >= 1 else "MISSED",
        f"{together:.1f} a second",
        f"one client: {alone:.1f} a second",
        f"{ratio:.2f} ×",
        "≥ 1 ×",
    )


def rate(context: Context, database: OnServer, *, clients: int, commits: int) -> float:
    """Commits a second on the wall; what it takes to start the clients and to commit once is taken off."""
    each = commits // clients
    begun = seconds(context, database, clients, 1)
    whole = seconds(context, database, clients, 1 + each)
    return each * clients / max(whole - begun, LEAST)


def seconds(context: Context, database: OnServer, clients: int, lines: int) -> float:
    """How long clients that start together take for so many commits each.

    Raises:
        TaskFailed: one of them failed, or a commit was lost.
    """
    before = people_of(context, database)
    task = asking(context, str(database), ("batch", "-", "--each", "-q"))
    script = "\n".join(["person add 并发"] * lines)
    started = time.perf_counter()
    running = [
        subprocess.Popen(task.words, env=dict(task.environment), stdin=subprocess.PIPE, text=True)
        for _client in range(clients)
    ]
    for process in running:
        assert process.stdin
        process.stdin.write(script)
        process.stdin.close()
    codes = {process.wait(600) for process in running}
    spent = time.perf_counter() - started
    if codes != {0} or people_of(context, database) != before + clients * lines:
        raise TaskFailed(f"{clients} clients: codes {codes}, {people_of(context, database) - before} commits")
    return spent


def people_of(context: Context, database: OnServer) -> int:
    """How many people are on file."""
    return len(run(context, str(database), "person", "list", "-f", "ids").split())
