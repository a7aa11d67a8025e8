"""Import: a million hours rows matched, checked and written, beside tools that check nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from .context import Context, removing
from .data import name_of
from .filling import TODAY
from .measure import Result, Task

HEADINGS = ("志愿者", "服务日期", "开始时间", "结束时间", "服务内容")
WORKS = ("清扫楼道", "陪同就医", "门岗值守", "文明劝导")
FIRST = date(2021, 1, 1)


def benchmarks(context: Context) -> Iterator[Result]:
    """All that issue 3 names."""
    rows = context.size(1_000_000, 2_000)
    people, empty = context.databases.people(), context.databases.full.people
    file, database = hours_file(context, rows, empty), context.path(".db")
    start = context.startup()
    shell = sqlite_import(context, file, HEADINGS)
    ours = importing(context, file, database, "first import", context.copying(people, database))
    what = f"import of {rows:,} hours rows, {empty:,} people"
    yield context.within(12, what, ours, shell, prize=6, less=start)
    yield context.faster(3, f"{what}: the file as it is", ours, sqlite_utils(context, file))
    yield context.memory(300, what, ours)
    again = importing(context, file, database, "the same file again")
    yield context.within(0.7, "the same file again", again, ours, less=start, beside_less=start)
    night = hours_file(context, rows // 10, empty, first=rows)
    full, bare = context.copy(database), context.path(".db")
    late = importing(context, night, bare, "on stored rows", context.copying(full, bare))
    early = importing(context, night, bare, "on an empty database", context.copying(people, bare))
    what_new = f"{rows // 10:,} new rows on {rows:,} stored"
    yield context.within(1.5, what_new, late, early, prize=1.15)
    dry = importing(context, file, database, "dry run", context.copying(people, database), "--dry-run")
    yield context.within(1.1, "a dry run", dry, ours)


def hours_file(context: Context, rows: int, people: int, *, first: int = 0) -> Path:
    """A clean file: each row another person or day, two hours of service; it goes on from the row `first`."""
    path = context.path(".csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADINGS)
        lines.writerows(row(number, people) for number in range(first, first + rows))
    return path


def row(number: int, people: int) -> tuple[str, ...]:
    """The row of a number: people take turns, and each comes back on another day."""
    turn, person = divmod(number, people)
    day = FIRST + timedelta(turn * 30 + person % 30)
    hour = 8 + number % 9
    return name_of(person + 1)[0], day.isoformat(), f"{hour}:00", f"{hour + 2}:00", WORKS[number % len(WORKS)]


def importing(
    context: Context,
    file: Path,
    database: Path,
    name: str,
    before: Callable[[], object] | None = None,
    *words: str,
) -> Task:
    """An import of the file as hours."""
    return context.volunteer(
        "import", "hours", file, "-q", *words, database=database, name=name, before=before, today=TODAY
    )


def sqlite_import(context: Context, file: Path, headings: Sequence[str]) -> Task:
    """The sqlite3 shell importing the file into a bare table."""
    bare = context.path(".bare")
    task = context.sqlite("sqlite3 .import, bare table", f".import --csv --skip 1 {file} brought", bare)
    create = f"create table brought ({', '.join(headings)})"
    words = [*task.words[:2], "-cmd", create, *task.words[2:]]
    return replace(task, words=words, before=removing(bare))


def sqlite_utils(context: Context, file: Path) -> Task:
    """sqlite-utils inserting the file, which checks nothing."""
    bare = context.path(".utils")
    code = "from sqlite_utils.cli import cli\ncli()\n"
    return context.python(
        "sqlite-utils insert", code, "insert", bare, "hours", file, "--csv", before=removing(bare)
    )
