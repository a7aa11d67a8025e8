"""Import: a million hours rows matched, checked and written, beside tools that check nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from .context import Context, removing
from .data import name_of
from .filling import TODAY, Sizes
from .measure import Result, Task

HEADINGS = ("志愿者", "服务日期", "开始时间", "结束时间", "服务内容")
WORKS = ("清扫楼道", "陪同就医", "门岗值守", "文明劝导")
FIRST = date(2021, 1, 1)
#: In how many days people come once where six million rows are to be past.
OFTEN = 10


def benchmarks(context: Context) -> Iterator[Result]:
    """All that issue 3 names."""
    rows = context.size(1_000_000, 2_000)
    people, empty = context.databases.people(), context.databases.full.people
    file, database = hours_file(context, rows, empty), context.path(".db")
    start = context.startup()
    shell = sqlite_import(context, file, HEADINGS)
    ours = importing(context, file, database, "first import", context.copying(people, database))
    what = f"import of {rows:,} hours rows, {empty:,} people"
    yield context.within(7, what, ours, shell, prize=5, less=start)
    yield context.faster(3, f"{what}: the file as it is", ours, sqlite_utils(context, file))
    yield context.memory(150, what, ours)
    again = importing(context, file, database, "the same file again")
    yield context.within(5, "the same file again", again, shell, prize=3.5, less=start)
    dry = importing(context, file, database, "dry run", context.copying(people, database), "--dry-run")
    yield context.within(1.1, "a dry run", dry, ours)
    yield from of_kinds(context, start)
    yield from on_years(context, start)


def of_kinds(context: Context, start: Task) -> Iterator[Result]:
    """The other kinds that come in large files, each beside the shell's import of the same file."""
    base, full = context.copy(context.databases.people()), context.databases.full
    context.volunteer("batch", _prepared(context), "-q", database=base, today=TODAY).run()
    sheets = {
        "people": (context.size(100_000, 300), ("姓名", "性别", "手机号", "出生日期"), _newcomer),
        "members": (context.size(100_000, 30), ("姓名", "队伍", "加入日期"), _member),
        "donations": (context.size(100_000, 300), ("捐赠人", "物品", "数量", "日期"), _gift),
        "signups": (context.size(100_000, 30), ("姓名", "活动"), _signup),
    }
    for kind, (rows, headings, row) in sheets.items():
        file, database = context.path(".csv"), context.path(".db")
        with file.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream)
            lines.writerow(headings)
            lines.writerows(row(number, full) for number in range(rows))
        words = ("--drive", "bench") if kind == "donations" else ()
        copying = context.copying(base, database)
        ours = context.volunteer(
            "import", kind, file, "-q", *words, database=database, name=kind, before=copying, today=TODAY
        )
        shell = sqlite_import(context, file, headings)
        yield context.within(40, f"import of {rows:,} {kind}", ours, shell, prize=20, less=start)


def _prepared(context: Context) -> Path:
    """A batch that opens a drive and twenty events."""
    script, events = context.path(".txt"), range(20)
    lines = ["drive add 冬衣 --code bench --start 2026-05-01"]
    lines += [
        f"event add 活动{number} --code bench{number} --start '2026-07-0{number % 9 + 1} {8 + number // 9}:00' --end {9 + number // 9}:00"
        for number in events
    ]
    lines += [f"event open bench{number}" for number in events]
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return script


def _newcomer(number: int, full: Sizes) -> tuple[str, ...]:
    birth = date(1940, 1, 1) + timedelta(number % 20_000)
    return name_of(full.people + number + 1)[0], "男女"[number % 2], f"199{number:08d}", birth.isoformat()


def _member(number: int, full: Sizes) -> tuple[str, ...]:
    turn, person = divmod(number, full.people)
    team = (person * 7 + turn + 1) % full.teams + 1
    return name_of(person + 1)[0], f"第{team}服务队", (date(2026, 5, 1) + timedelta(number % 30)).isoformat()


def _gift(number: int, full: Sizes) -> tuple[str, ...]:
    day = date(2026, 5, 1) + timedelta(number % 30)
    item = ("棉衣", "图书", "书包")[number % 3]
    return name_of(number % full.people + 1)[0], item, f"{number % 9 + 1}件", day.isoformat()


def _signup(number: int, full: Sizes) -> tuple[str, ...]:
    turn, person = divmod(number, full.people)
    return name_of(person + 1)[0], f"活动{(person + turn) % 20}"


def on_years(context: Context, start: Task) -> Iterator[Result]:
    """Four files of years, each into what the former ones left, and then a night's file."""
    people, empty = context.databases.people(), context.databases.full.people
    rows, small = context.size(1_500_000, 600), context.size(100_000, 200)
    full = context.copy(people)
    files = [hours_file(context, rows, empty, first=rows * year, every=OFTEN) for year in range(4)]
    stages = [context.copy(full)]
    for file in files:
        stages.append(context.copy(stages[-1]))
        context.volunteer("import", "hours", file, "-q", database=stages[-1], today=TODAY).run()
    first, last = (
        importing(context, files[year], full, name, context.copying(stages[year], full))
        for year, name in ((3, "the fourth file"), (0, "the first file"))
    )
    yield context.within(1.3, f"the fourth file of {rows:,} rows", first, last, prize=1.1)
    night = hours_file(context, small, empty, first=rows * 4, every=OFTEN)
    late = importing(context, night, full, "on stored rows", context.copying(stages[4], full))
    bare = context.path(".db")
    early = importing(context, night, bare, "on an empty database", context.copying(people, bare))
    what = f"{small:,} new rows on {rows * 4:,} stored"
    yield context.within(1.5, what, late, early, prize=1.15)
    yield context.memory(150, what, late)
    check = context.volunteer("check", database=stages[4], today=TODAY)
    count = context.sqlite("a full SQL count", "select count(*), count(work) from hours_record", stages[4])
    yield context.within(15, f"check on {rows * 4:,} records", check, count, prize=6, less=start)


def hours_file(context: Context, rows: int, people: int, *, first: int = 0, every: int = 30) -> Path:
    """A clean file: each row another person or day, two hours of service; it goes on from the row `first`."""
    path = context.path(".csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADINGS)
        lines.writerows(row(number, people, every) for number in range(first, first + rows))
    return path


def row(number: int, people: int, every: int = 30) -> tuple[str, ...]:
    """The row of a number: people take turns, and each comes back on another day, `every` so many days."""
    turn, person = divmod(number, people)
    day = FIRST + timedelta(turn * every + person % every)
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
