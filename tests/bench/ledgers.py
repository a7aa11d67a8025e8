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
    beyond = dict(connection.execute(BEYOND))
    rows = connection.execute(CONFIRMED)
    columns = "community_id booked_on kind from_id to_id minutes hours_id booked_by"
    insert(
        connection,
        "credit_entry",
        columns,
        (
            (1, day, "earn", 1, person + 1, minutes - beyond.get(key, 0), key, "站长")
            for key, person, day, minutes in rows
            if minutes > beyond.get(key, 0)
        ),
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


#: The minutes of confirmed records beyond the eight hours of a day, in the order in which they fill it.
BEYOND = """
WITH full_day AS (
  SELECT person_id, served_on FROM hours_record WHERE status = 'confirmed'
  GROUP BY person_id, served_on HAVING sum(minutes) > 480)
SELECT id, max(0, min(beyond, minutes)) FROM (
  SELECT r.id, r.minutes, sum(r.minutes) OVER (
    PARTITION BY r.person_id, r.served_on ORDER BY coalesce(r.start_minute, 1440), r.id) - 480 AS beyond
  FROM full_day CROSS JOIN hours_record r USING (person_id, served_on) WHERE r.status = 'confirmed')
"""
CONFIRMED = "SELECT id, person_id, served_on, minutes FROM hours_record WHERE status = 'confirmed' ORDER BY served_on, id"
