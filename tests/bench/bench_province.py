"""A province: what exports cost to write, and reports of twenty million records beside the best SQL by hand."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .context import Context
from .filling import TODAY
from .measure import Result, Task

COMMUNITIES, RECORDS = 1_000, 20_000_000
REPORT, EXPORT = 1.3, 1.5
#: Records of a year: every fourth is a person's of twelve, the others are spread over all volunteers.
HOURS = """
COPY (
  SELECT i AS id, i % {communities} + 1 AS community_id, (i * 7919) % {people} + 1 AS person_id,
    CAST(NULL AS BIGINT) AS event_id, CAST(NULL AS BIGINT) AS team_id,
    DATE '2025-01-01' + CAST((i * 31) % 365 AS INTEGER) AS served_on, 'signed' AS evidence,
    'confirmed' AS status, false AS late, 30 + (i * 13) % 20 * 15 AS minutes,
    'c' || (i % {communities} + 1) AS community, '2025' AS year
  FROM range({records}) AS numbers(i)
) TO '{folder}/hours_record' (FORMAT parquet, PARTITION_BY (community, year), FILENAME_PATTERN 'part', COMPRESSION zstd)
"""
PLACES = """
COPY (
  SELECT i + 1 AS id, 'c' || (i + 1) AS code, 'community ' || (i + 1) AS name, 'mixed' AS kind,
    CAST(NULL AS DATE) AS archived_on, 'c' || (i + 1) AS community, 'all' AS year
  FROM range({communities}) AS numbers(i)
) TO '{folder}/community' (FORMAT parquet, PARTITION_BY (community, year), FILENAME_PATTERN 'part')
"""
PAGE = '{"database": "bench", "operation": 1, "written_by": "bench", "small_cell": "5", "timezone": "Asia/Shanghai"}'
#: The same figures as the report, as somebody writes them who knows the files.
BY_HAND = """
import duckdb
rows = duckdb.sql('''
  SELECT {keys}, sum(minutes), count(*), count(DISTINCT person_id)
  FROM read_parquet('{folder}/hours_record/*/*/*.parquet', hive_partitioning = false)
  GROUP BY ALL ORDER BY ALL''').fetchall()
print(len(rows))
"""
#: What `--by` names, in the words of that somebody.
KEYS = {
    "month": "left(CAST(served_on AS VARCHAR), 7)",
    "community,month": "community_id, left(CAST(served_on AS VARCHAR), 7)",
}


def benchmarks(context: Context) -> Iterator[Result]:
    """Reports of a province, the memory they take, and a district's export."""
    folder = context.folder / "province"
    _generate(context, folder)
    for by, keys in KEYS.items():
        ours = _report(context, folder, by)
        beside = context.python("SQL by hand", BY_HAND.format(keys=keys, folder=folder))
        # Ours starts Python, Typer and SQLAlchemy as well; theirs DuckDB, which both need.
        small = _report(context, _empty(context), by)
        nothing = context.python("DuckDB alone", "import duckdb; duckdb.sql('SELECT 1').fetchall()")
        yield context.within(
            REPORT, f"report hours --by {by}, {_size(context):,} records of a province", ours, beside,
            less=small, beside_less=nothing,
        )  # fmt: skip
        yield replace(context.memory(3_000, f"memory of report hours --by {by}", ours), verdict="ran")
    shutil.rmtree(folder)
    yield from _district(context)


def _size(context: Context) -> int:
    return context.size(RECORDS, 20_000)


def _generate(context: Context, folder: Path) -> None:
    import duckdb

    folder.mkdir()
    communities = context.size(COMMUNITIES, 10)
    sizes = {"communities": communities, "records": _size(context), "people": 3_500 * communities}
    with duckdb.connect() as duck:
        duck.execute("SET partitioned_write_max_open_files = 100000")
        for query in (HOURS, PLACES):
            duck.execute(query.format(folder=folder, **sizes))
    (folder / "export.json").write_text(PAGE, encoding="utf-8")


def _empty(context: Context) -> Path:
    folder = context.folder / "nothing"
    folder.mkdir(exist_ok=True)
    (folder / "export.json").write_text(PAGE, encoding="utf-8")
    return folder


def _report(context: Context, folder: Path, by: str) -> Task:
    words = ("report", "hours", "--by", by, "--from", f"{folder}/**", "-f", "json")
    return context.volunteer(*words, database=context.databases.empty(), today=TODAY)


def _district(context: Context) -> Iterator[Result]:
    """The export of a million records beside the report of them, and of half as many."""
    database = context.databases.activities()
    report = context.volunteer("report", "hours", database=database, today=TODAY)
    whole = _export(context, database)
    yield context.within(
        EXPORT, "db export, a million records", whole, report,
        less=context.startup(), beside_less=context.startup(),
    )  # fmt: skip
    half = context.copy(database)
    with sqlite3.connect(half) as connection:
        connection.execute("DELETE FROM hours_record WHERE id % 2 = 0")
    linear = context.within(
        2.3, "db export, a million records beside half of them", whole, _export(context, half),
        less=context.startup(), beside_less=context.startup(),
    )  # fmt: skip
    yield linear


def _export(context: Context, database: Path) -> Task:
    folder = context.path(".figures")

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    return context.volunteer("db", "export", folder, database=database, today=TODAY, before=remove)
