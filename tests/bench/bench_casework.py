"""Requests and campaigns: reading, dealing and recording in a community of ten years, beside hand-written SQL."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time, timedelta
from pathlib import Path

from .bench_import import sqlite_import
from .casework import FIRST_CALL
from .context import Context
from .data import name_of
from .filling import TODAY
from .measure import Result, Task

NOW = f"{TODAY}T20:00"
RUNNING = "round40"
#: The same answer as `report rates`: of the callers whose day has come, who was answered in time, and what they said.
RATES = """
SELECT count(*), count(answered_at), count(*) FILTER (WHERE date(answered_at) <= respond_by) FROM request_caller
JOIN request ON request.id = request_id WHERE request.status <> 'rejected';
SELECT solved, satisfied, count(*) FROM request_callback WHERE reached GROUP BY solved, satisfied;
SELECT count(*), count(*) FILTER (WHERE first_finished_on <= finished_due_on), count(*) FILTER (WHERE status = 'assigned')
FROM request;
"""
#: The same answer as `report requests --by category`: three counts, what became of them, and the median of the days.
COUNTS = """
SELECT category, count(*) FILTER (WHERE status <> 'merged'), sum(callers), sum(calls),
  count(*) FILTER (WHERE status IN ('registered', 'assigned', 'finished')),
  count(*) FILTER (WHERE status <> 'merged' AND suspended_until >= '2026-06-30'),
  count(*) FILTER (WHERE status <> 'merged' AND first_finished_on <= finished_due_on),
  count(*) FILTER (WHERE status <> 'merged' AND first_finished_on > finished_due_on),
  count(*) FILTER (WHERE status IN ('registered', 'assigned') AND due_on < '2026-06-30'),
  count(*) FILTER (WHERE result = 'solved'), count(*) FILTER (WHERE result = 'partly'),
  count(*) FILTER (WHERE result = 'explained'), sum(redone), count(*) FILTER (WHERE status = 'merged')
FROM request LEFT JOIN (SELECT request_id, count(*) AS callers, sum(calls) AS calls FROM request_caller GROUP BY request_id) AS who
  ON who.request_id = request.id GROUP BY category;
SELECT category, avg(days) FROM (
  SELECT category, days, row_number() OVER (PARTITION BY category ORDER BY days) AS place,
    count(*) OVER (PARTITION BY category) AS many
  FROM (SELECT category, julianday(first_finished_on) - julianday(date(received_at)) AS days FROM request
    WHERE status <> 'merged' AND first_finished_on IS NOT NULL))
WHERE place * 2 BETWEEN many AND many + 2 GROUP BY category;
"""
#: The same answer as `report flow --by month`: what came in and went out, and what was open after each month.
FLOW = """
SELECT month, what, count(*), sum(sum(direction)) OVER (ORDER BY month) FROM (
  SELECT substr(received_at, 1, 7) AS month, 'received' AS what, 1 AS direction FROM request WHERE date(received_at) <= '2026-06-30'
  UNION ALL
  SELECT substr(taken_at, 1, 7), step, iif(step IN ('reopen', 'split'), 1, -1) FROM request_step JOIN request ON request.id = request_id
  WHERE step IN ('close', 'reject', 'merge', 'split', 'reopen') AND (step <> 'reopen' OR request_step.status_before <> 'finished')
    AND date(taken_at) <= '2026-06-30')
GROUP BY month, what ORDER BY month, what;
"""
#: Each household of whom anybody was met or reached, once, by the way in which it was.
COVERAGE = """
SELECT count(*) FROM household WHERE founded_on <= '2026-06-30' AND archived_on IS NULL;
SELECT count(DISTINCT household_id) FROM visit WHERE outcome = 'met' AND voided_on IS NULL;
SELECT method, count(DISTINCT household_id) FROM attempt JOIN target ON target.id = target_id
WHERE outcome IN ('done', 'partial') GROUP BY method;
SELECT count(DISTINCT household_id) FROM attempt JOIN target ON target.id = target_id WHERE outcome IN ('done', 'partial');
"""
REPORTS = (
    (("report", "requests", "--by", "category"), COUNTS),
    (("report", "rates"), RATES),
    (("report", "flow", "--by", "month"), FLOW),
    (("report", "coverage"), COVERAGE),
)
#: The commands that read a part, the same in the big and in the small database.
READING: tuple[tuple[object, ...], ...] = (
    ("request", "list", "--limit", 20),
    ("request", "similar"),
    ("household", "list", "--limit", 20),
    ("campaign", "progress", RUNNING),
    ("campaign", "targets", RUNNING, "--limit", 20),
)


def benchmarks(context: Context) -> Iterator[Result]:
    """What issues 15 and 16 name."""
    big, small = context.databases.campaigns(), context.databases.campaigns(small=True)
    size = f"{context.databases.full.requests:,} requests, a million attempts"
    for words in READING:
        yield context.beside_empty(1.15, words, big, small, size, today=NOW)
    for report, sql in REPORTS:
        name = f"volunteer {' '.join(report)}"
        ours = context.volunteer(*report, database=big, name=name, today=NOW)
        start = context.volunteer(*report, database=small, name="start-up", today=NOW)
        yield context.within(
            1.3, f"{name}, ten years", ours, context.sqlite("sqlite3, SQL by hand", sql, big), less=start
        )
    yield from calling(context, big)
    yield from working(context, big)
    yield worklist(context, big)
    yield from calling_sheets(context)


def calling(context: Context, big: Path) -> Iterator[Result]:
    """Dealing twenty and recording one, each in a dry run, beside a record of hours in the same database."""
    hours = ("hours", "add", 7, "--date", "2026-06-28", "--start", "6:00", "--end", "7:00", "--dry-run")
    beside = context.volunteer(*hours, database=big, name="volunteer hours add", today=NOW)
    home = "BINHU-H00003"
    dealt = ("campaign", "deal", RUNNING, "--to", 21, "--take", 20, "--dry-run")
    recorded = ("campaign", "record", RUNNING, home, "--by", 21, "--outcome", "no_answer", "--dry-run")
    alone = without_other_campaigns(context, big)
    for words in (dealt, recorded):
        name = f"volunteer {words[0]} {words[1]}"
        ours = context.volunteer(*words, database=big, name=name, today=NOW)
        yield context.within(1.3, f"{name}, a million attempts", ours, beside)
        other = context.volunteer(*words, database=alone, name="no other campaign", today=NOW)
        yield context.within(1.1, f"{name}, attempts of 39 other campaigns", ours, other)


def without_other_campaigns(context: Context, big: Path) -> Path:
    """The same database, but for the attempts of the campaigns that are over."""
    path = context.copy(big)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM attempt WHERE stage_id <> (SELECT max(id) FROM campaign_stage)")
    connection.close()
    return path


def working(context: Context, big: Path) -> Iterator[Result]:
    """A day: three hundred households called, each recorded, in one batch."""
    count = context.size(300, 3)
    lines, database = context.path(".txt"), context.path(".db")
    homes = context.databases.full.households
    # Every other household has not been called yet.
    called = (f"BINHU-H{n:05}" for n in range(1, homes, 2))
    lines.write_text(
        "".join(
            f"campaign record {RUNNING} {home} --by 21 --outcome done --on '{TODAY} 19:00'\n"
            for home, _n in zip(called, range(count), strict=False)
        ),
        encoding="utf-8",
    )
    ours = context.volunteer(
        "batch",
        lines,
        database=database,
        name=f"batch of {count} campaign record",
        today=NOW,
        before=context.copying(big, database),
    )
    yield context.at_most(3, f"a day: {count} calls recorded in one batch", ours)


def worklist(context: Context, big: Path) -> Result:
    """What waits to be done, beside the same list in the same community without any casework."""
    bare = context.databases.people()
    ours = context.volunteer("report", "today", database=big, today=NOW)
    beside = context.volunteer("report", "today", database=bare, name="without casework", today=NOW)
    return context.within(1.5, "report today with everything", ours, beside)


# --- a sheet of attempts ------------------------------------------------------------

HEADINGS = ("名单编号", "联系结果", "联系时间", "联系人")
WORDS = ("没接", "占线", "关机", "无人接听")


def calling_sheets(context: Context) -> Iterator[Result]:
    """A million attempts from a sheet, beside the same file in a bare table, and a tenth of it."""
    rows, database = context.size(1_000_000, 200), context.path(".db")
    listed = context.databases.call_list()
    file, tenth = (sheet(context, listed, number) for number in (rows, rows // 10))
    start = context.startup()
    ours, less = (bringing(context, each, listed, database) for each in (file, tenth))
    what = f"import of {rows:,} attempts, {context.databases.full.households:,} households"
    yield context.within(6, what, ours, sqlite_import(context, file, HEADINGS), less=start)
    yield context.memory(150, what, ours)
    yield context.within(11, "ten times the rows", ours, less, less=start, beside_less=start)


def bringing(context: Context, file: Path, listed: Path, database: Path) -> Task:
    """An import of a file as attempts."""
    return context.volunteer(
        *("import", "attempts", file, "--campaign", "hanchao", "-q"),
        database=database,
        name="a tenth of it" if file.stat().st_size < LARGE else "import attempts",
        before=context.copying(listed, database),
        today=NOW,
    )


#: A file of so many bytes is the large one.
LARGE = 10_000_000


def sheet(context: Context, listed: Path, rows: int) -> Path:
    """Calls in vain: each target is called once a day, by one of twenty people."""
    path, targets = context.path(".csv"), _targets(listed)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADINGS)
        lines.writerows(attempt(number, targets) for number in range(rows))
    return path


def attempt(number: int, targets: int) -> tuple[object, ...]:
    """The row of a number: all targets one after the other, and again on the next day."""
    turn, target = divmod(number, targets)
    at = datetime.combine(FIRST_CALL, time(9 + target % 9, target % 60)) + timedelta(days=turn)
    by = name_of(target % 20 + 1)[0]
    return target + 1, WORDS[(number + turn) % len(WORDS)], f"{at:%Y-%m-%d %H:%M}", by


def _targets(listed: Path) -> int:
    with closing(sqlite3.connect(listed)) as connection:
        count: int = connection.execute("SELECT count(*) FROM target").fetchone()[0]
    return count
