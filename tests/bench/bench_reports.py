"""Reports: what they cost beside the best SQL for the same answer, and beside hledger."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from .context import Context
from .filling import TODAY
from .measure import Result, Task

#: What the cap of eight hours takes off, by record.
LOST = """
WITH full_day AS (
  SELECT person_id, served_on FROM hours_record WHERE status = 'confirmed'
  GROUP BY person_id, served_on HAVING sum(minutes) > 480),
ranked AS (
  SELECT r.id, r.team_id, substr(r.served_on, 1, 7) AS month, r.minutes, sum(r.minutes) OVER (
    PARTITION BY r.person_id, r.served_on ORDER BY coalesce(r.start_minute, 1440), r.id) - 480 AS beyond
  FROM full_day CROSS JOIN hours_record r USING (person_id, served_on) WHERE r.status = 'confirmed'),
lost AS (SELECT team_id, month, min(beyond, minutes) AS minutes FROM ranked WHERE beyond > 0)
"""
HOURS = f"""{LOST}
SELECT team.name, given.* FROM (
  SELECT team_id, month, sum(minutes), sum(records), sum(people) FROM (
    SELECT team_id, substr(served_on, 1, 7) AS month, sum(minutes) AS minutes, count(*) AS records,
      count(DISTINCT person_id) AS people
    FROM hours_record WHERE status = 'confirmed' GROUP BY 1, 2
    UNION ALL SELECT team_id, month, -sum(minutes), 0, 0 FROM lost GROUP BY 1, 2)
  GROUP BY 1, 2) AS given LEFT JOIN team ON team.id = given.team_id ORDER BY team_id, month;
"""
TOTAL = f"""{LOST}
SELECT sum(minutes) - (SELECT sum(minutes) FROM lost), count(*), count(DISTINCT person_id)
FROM hours_record WHERE status = 'confirmed';
"""
SERVED = "EXISTS (SELECT 1 FROM hours_record WHERE person_id = person.id AND status = 'confirmed' AND served_on {})"
ACTIVE, BEFORE = SERVED.format("BETWEEN '2025-07-01' AND '2026-06-30'"), SERVED.format("< '2025-07-01'")
OVERVIEW = f"""
SELECT count(*), count(*) FILTER (WHERE registered_on >= '2025-07-01'), count(*) FILTER (WHERE {ACTIVE}),
  count(*) FILTER (WHERE {BEFORE} AND NOT {ACTIVE})
FROM person WHERE registered_on <= '2026-06-30' AND archived_on IS NULL;
SELECT count(*) FROM person WHERE archived_on IS NULL;
SELECT count(*) FROM team WHERE archived_on IS NULL;
SELECT count(*), count(*) FILTER (WHERE status = 'done') FROM event;
SELECT count(*) FROM signup WHERE status = 'attended';
{TOTAL}
SELECT count(*) FROM drive;
SELECT count(*) FROM award WHERE voided_on IS NULL;
SELECT count(*) FROM certificate WHERE voided_on IS NULL;
SELECT event_id, status, count(*), min(served_on), max(served_on) FROM hours_record
WHERE status IN ('pending', 'needs_review') GROUP BY event_id, status;
SELECT * FROM event WHERE status IN ('planned', 'open') AND ends_at <= '2026-06-30';
"""
TEAMS = f"""{LOST}
SELECT team.id, team.name, team.kind, members.*, held.events, given.* FROM team
LEFT JOIN (
  SELECT team_id, count(*), count(*) FILTER (WHERE EXISTS (
    SELECT 1 FROM hours_record r WHERE r.person_id = membership.person_id AND +r.team_id = membership.team_id
    AND r.status = 'confirmed'))
  FROM membership WHERE since <= '2026-06-30' AND (until IS NULL OR until > '2026-06-30') GROUP BY team_id
) AS members ON members.team_id = team.id
LEFT JOIN (SELECT team_id, count(*) AS events FROM event WHERE status = 'done' GROUP BY team_id) AS held
  ON held.team_id = team.id
LEFT JOIN (
  SELECT team_id, sum(minutes), sum(records), sum(people) FROM (
    SELECT team_id, sum(minutes) AS minutes, count(*) AS records, count(DISTINCT person_id) AS people
    FROM hours_record WHERE status = 'confirmed' GROUP BY 1
    UNION ALL SELECT team_id, -sum(minutes), 0, 0 FROM lost GROUP BY 1) GROUP BY 1
) AS given ON given.team_id = team.id
ORDER BY 1;
"""
ASKED = (
    (("report", "hours", "--by", "team,month"), HOURS),
    (("report", "overview"), OVERVIEW),
    (("report", "teams"), TEAMS),
)


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 7 names."""
    big, small = context.databases.activities(), context.databases.activities(small=True)
    size = f"{context.databases.full.hours:,} records"
    for words, sql in ASKED:
        name = f"volunteer {' '.join(words)}"
        ours = context.volunteer(*words, database=big, name=name, today=TODAY)
        start = context.volunteer(*words, database=small, name="start-up", today=TODAY)
        beside = context.sqlite("sqlite3, SQL by hand", sql, big)
        yield context.within(1.3, f"{name}, {size}", ours, beside, less=start)
        yield context.memory(150, f"{name}, {size}: memory", ours)
    yield from beside_hledger(context, big, size)
    yield annual(context, big, size)


def beside_hledger(context: Context, database: Path, size: str) -> Iterator[Result]:
    """The monthly sums of teams, from the same records written as timedot."""
    what = f"volunteer report hours --by team,month, {size}"
    hledger = shutil.which("hledger")
    if hledger is None:
        yield context.skipped(what, "hledger is not installed")
        return
    words = [
        hledger,
        "-f",
        str(timedot(context, database)),
        "balance",
        "--monthly",
        "--no-total",
        "--depth",
        "2",
    ]
    beside = Task("hledger balance --monthly", words, context.environment)
    ours = context.volunteer("report", "hours", "--by", "team,month", database=database, today=TODAY)
    yield context.faster(20, what, ours, beside)


def timedot(context: Context, database: Path) -> Path:
    """The confirmed records as hledger reads them: a day, then a line for each record with team and person."""
    path, day = context.path(".timedot"), None
    with sqlite3.connect(database) as connection, path.open("w", encoding="utf-8") as file:
        rows = connection.execute(
            "SELECT served_on, coalesce(team_id, 0), person_id, minutes FROM hours_record WHERE status = 'confirmed' ORDER BY 1"
        )
        for served_on, team, person, minutes in rows:
            if served_on != day:
                day = served_on
                file.write(f"\n{day}\n")
            file.write(f"team:{team}:person:{person}  {minutes}m\n")
    return path


def annual(context: Context, database: Path, size: str) -> Result:
    """The report of a year beside the table of all hours."""
    page = context.path(".html")
    ours = context.volunteer(
        "report", "annual", "--period", "2025", "-o", page, database=database, today=TODAY
    )
    beside = context.volunteer("report", "hours", "--by", "team,month", database=database, today=TODAY)
    return context.within(3, f"volunteer report annual --period 2025, {size}", ours, beside)
