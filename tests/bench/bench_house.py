"""The house: what it costs to start, to look something up, and to run a batch and take it back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .context import Context
from .data import name_of
from .measure import Result, Task

BARE = """
import typer
app = typer.Typer(rich_markup_mode=None)
@app.command()
def hello(name: str = "world"):
    print(f"hello {name}")
app()
"""
ONE_QUERY = """
import sys
import typer
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

def main(path: str, query: str):
    with Session(create_engine(f"sqlite:///{path}")) as session:
        for row in session.execute(text(query)):
            print(*row, sep="\\t")

app = typer.Typer(rich_markup_mode=None)
app.command()(main)
app()
"""


def benchmarks(context: Context) -> Iterator[Result]:
    """All that issue 2 names."""
    yield from starting(context)
    yield from looking(context)
    yield from batches(context)


def starting(context: Context) -> Iterator[Result]:
    """Help, version and completion beside a bare Typer app of one command."""
    people = context.databases.people()
    bare = context.python("bare Typer app", BARE)
    bare_help = context.python("bare Typer app --help", BARE, "--help")
    for words, beside in (
        (("--version",), bare),
        (("--help",), bare_help),
        (("person", "show", "--help"), bare_help),
    ):
        yield context.within(
            1.5, f"volunteer {' '.join(words)}", context.volunteer(*words, database=people), beside
        )
    yield context.within(1.5, "completion of a person's name", completing(context, people), bare)


def completing(context: Context, database: Path) -> Task:
    """What the shell runs when the user presses the tab key."""
    asked = {
        "_VOLUNTEER_COMPLETE": "complete_bash",
        "COMP_WORDS": f"volunteer person show {name_of(7)[0][:3]}",
        "COMP_CWORD": "3",
    }
    return context.volunteer(database=database, name="completion", environment=asked)


def looking(context: Context) -> Iterator[Result]:
    """One person and all teams, beside a script that makes one query."""
    people = context.databases.people()
    one, all_teams = "SELECT * FROM person WHERE id = 777", "SELECT * FROM team WHERE archived_on IS NULL"
    if context.small:
        one = one.replace("777", "7")
    for words, query in ((("person", "show", one.split()[-1]), one), (("team", "list"), all_teams)):
        script = context.python("script with one query", ONE_QUERY, people, query)
        ours = context.volunteer(*words, database=people)
        size = f"{context.databases.full.people:,} people"
        yield context.within(1.4, f"{ours.name}, {size}", ours, script, prize=1.15)
        yield context.memory(120, f"memory of {ours.name}, {size}", ours)


def batches(context: Context) -> Iterator[Result]:
    """Ten thousand `person add` in one batch, as many processes, and taking the batch back."""
    lines = context.size(10_000, 50)
    script, database, empty = context.path(".txt"), context.path(".db"), context.databases.empty()
    added = (f"person add {name_of(n)[0]} --phone 1991{n:07}" for n in range(1, lines + 1))
    script.write_text("\n".join(added), encoding="utf-8")

    def task(name: str, *words: object, after: Path = empty, **options: Any) -> Task:
        return context.volunteer(
            *words, database=database, name=name, before=lambda: restore(database, after), **options
        )

    batch = task(f"batch of {lines:,} person add", "batch", script)
    first = ("person", "add", name_of(1)[0], "--phone", "19910000001")
    processes = task(f"{lines:,} processes (1 × {lines:,})", *first, times=lines)
    yield context.faster(100, batch.name, batch, processes)
    yield context.memory(120, f"memory of a {batch.name}", batch)
    undo = task(f"undo of a {batch.name}", "undo", after=context.copy(database))
    yield context.within(1, undo.name, undo, batch)
    yield context.memory(120, f"memory of an {undo.name}", undo)


def restore(database: Path, state: Path) -> None:
    """Begin again with another database."""
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    shutil.copy(state, database)
