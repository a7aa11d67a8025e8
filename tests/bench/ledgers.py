"""Accounts of credits for everybody, and a ledger of a million entries."""

from __future__ import annotations

import sqlite3
from .filling import FIRST, LAST, Sizes, insert

#: The credits that a person was given by another, in minutes, and how many such gifts there are for each.
GIFT, GIFTS = 10, 2


def add_accounts(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """The pool of the community and an account for each person, nothing booked yet."""
    insert(
        connection,
        "credit_account",
        "community_id person_id counts_from",
        ((1, person or None, FIRST.isoformat()) for person in range(sizes.people + 1)),
    )


def add_entries(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """What confirmed service counts for, booked on its day, and gifts from one to the next.

    A day counts for eight hours at most; none of the records was booked before.
    """
    rows = connection.execute(COUNTED)
    columns = "community_id booked_on kind from_id to_id minutes hours_id booked_by"
    insert(
        connection,
        "credit_entry",
        columns,
        ((1, day, "earn", 1, person + 1, minutes, key, "站长") for key, person, day, minutes in rows),
    )
    people = sizes.people
    insert(
        connection,
        "credit_entry",
        columns,
        (
            (1, LAST.isoformat(), "gift", n % people + 2, (n + 1) % people + 2, GIFT, None, "站长")
            for n in range(people * GIFTS)
        ),
    )


#: The minutes of each confirmed record that count, in the order in which they fill the eight hours of a day.
COUNTED = """
WITH full_day AS (
  SELECT person_id, served_on FROM hours_record WHERE status = 'confirmed'
  GROUP BY person_id, served_on HAVING sum(minutes) > 480),
ranked AS (
  SELECT r.id, r.minutes, sum(r.minutes) OVER (
    PARTITION BY r.person_id, r.served_on ORDER BY coalesce(r.start_minute, 1440), r.id) - 480 AS beyond
  FROM full_day CROSS JOIN hours_record r USING (person_id, served_on) WHERE r.status = 'confirmed')
SELECT r.id, r.person_id, r.served_on, r.minutes - coalesce(max(0, min(ranked.beyond, ranked.minutes)), 0) AS counted
FROM hours_record r LEFT JOIN ranked USING (id) WHERE r.status = 'confirmed' AND counted > 0
ORDER BY r.served_on, r.id
"""
