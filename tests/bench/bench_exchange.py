"""Exchange: balances and statements in a ledger of a million entries, and posting a million records."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from .context import Context
from .filling import TODAY
from .measure import Result, Task

#: The same answer as `account list`: of each account what came in and went out by kind, and its last entry.
BALANCES = """
WITH moved AS (
  SELECT to_id AS id, kind, sum(minutes) AS minutes, max(booked_on) AS last FROM credit_entry {until} GROUP BY to_id, kind
  UNION ALL
  SELECT from_id, '-' || kind, -sum(minutes), max(booked_on) FROM credit_entry {until} GROUP BY from_id, kind),
figures AS MATERIALIZED (
  SELECT id, sum(minutes) AS balance, sum(minutes) FILTER (WHERE kind IN ('earn', '-correct')) AS earned,
    sum(minutes) FILTER (WHERE kind IN ('gift', 'grant', 'donate')) AS received,
    -sum(minutes) FILTER (WHERE kind = '-spend') AS spent, -sum(minutes) FILTER (WHERE kind IN ('-gift', '-donate')) AS given,
    -sum(minutes) FILTER (WHERE kind = '-expire') AS expired, max(last) AS last FROM moved GROUP BY id)
SELECT account.*, person.name, figures.* FROM credit_account account LEFT JOIN person ON person.id = account.person_id
LEFT JOIN figures ON figures.id = account.id WHERE account.archived_on IS NULL ORDER BY account.id;
"""
#: What posting writes, and nothing besides: an entry for each confirmed record, into a table with its indexes.
POSTING = """
INSERT INTO credit_entry (community_id, booked_on, kind, from_id, to_id, minutes, hours_id, booked_by)
SELECT 1, '2026-06-30', 'earn', 1, person_id + 1, minutes, id, '站长' FROM hours_record WHERE status = 'confirmed';
"""
JOURNAL = """
SELECT booked_on || ' ' || kind || char(10) || '  a:' || to_id || '  ' || minutes || 'm' || char(10) || '  a:' || from_id || char(10)
FROM credit_entry ORDER BY booked_on;
"""
PAST = "2024-06-30"
#: Options of `account list`, and the entries that it looks at then.
LISTED: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), ""),
    (("--as-of", PAST), f"WHERE booked_on <= '{PAST}'"),
)
READING: tuple[tuple[object, ...], ...] = (
    ("account", "show", 7),
    ("account", "statement", 7, "--period", "2026-06"),
)


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 17 names."""
    big, small = context.databases.credits(), context.databases.credits(small=True)
    size = "a million entries"
    for words in READING:
        yield context.beside_empty(1.15, words, big, small, size, today=TODAY)
    for options, until in LISTED:
        asked = ("account", "list", *options, "-f", "csv")
        ours = context.volunteer(*asked, database=big, name="volunteer account list", today=TODAY)
        start = context.volunteer(*asked, database=small, name="start-up", today=TODAY)
        beside = context.sqlite("sqlite3, SQL by hand", BALANCES.format(until=until), big)
        what = " ".join(("account list", *options[:1]))
        yield context.within(1.3, f"{what}, 35,000 accounts, {size}", ours, beside, less=start)
    yield from posting(context)
    yield from beside_hledger(context, big, size)


def posting(context: Context) -> Iterator[Result]:
    """All that was ever served, booked at once; then once more, when there is nothing left to book."""
    bare, database = context.databases.accounts(), context.path(".db")
    words = ("account", "post", "--yes")
    ours = context.volunteer(
        *words,
        database=database,
        name="volunteer account post",
        today=TODAY,
        before=context.copying(bare, database),
    )
    other = context.path(".db")
    beside = context.sqlite("a bare INSERT", POSTING, other, before=context.copying(bare, other))
    what = f"account post, {context.databases.full.hours:,} records"
    yield context.within(3, what, ours, beside, less=context.startup())
    yield context.memory(150, what, ours)
    again = context.volunteer(*words, database=database, name="nothing to book", today=TODAY)
    report = context.volunteer("report", "hours", "--by", "team,month", database=database, today=TODAY)
    yield context.within(1.2, "account post again, nothing to book", again, report)


def beside_hledger(context: Context, database: Path, size: str) -> Iterator[Result]:
    """The balances of all accounts, from the same entries as a journal."""
    what = f"account list, {size}"
    hledger = shutil.which("hledger")
    if hledger is None:
        yield context.skipped(what, "hledger is not installed")
        return
    words = [hledger, "-f", str(journal(context, database)), "balance", "--flat", "--no-total"]
    beside = Task("hledger balance", words, context.environment)
    ours = context.volunteer("account", "list", "-f", "csv", database=database, today=TODAY)
    yield context.faster(20, what, ours, beside)


def journal(context: Context, database: Path) -> Path:
    """The entries as hledger reads them."""
    path = context.path(".journal")
    context.sqlite("journal", JOURNAL, database, output=path).run()
    return path
