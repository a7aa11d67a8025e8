"""An alliance of 300 units with the enterprises that are paired with their officials, and ten years of contacts and needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from .filling import TODAY, Sizes, insert

UNITS = 300
#: The first day of the ten years; days from one contact to the next, and from one need of an enterprise to the next.
BEGINNING, EVERY, NEED_EVERY = date(2016, 7, 1), 90, 365
FIELDS = ("approval", "regulation", "enforcement", "credit")
KINDS = ("visit", "phone", "meeting", "online")


def units(sizes: Sizes) -> int:
    """How many units the alliance has: no more than enterprises."""
    return min(UNITS, sizes.enterprises)


def add_pairings(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """Units and enterprises, each paired for all the time; one of forty is due for a contact."""
    count, enterprises = units(sizes), range(1, sizes.enterprises + 1)
    named: list[tuple[str, str, str | None]] = [
        (f"样例单位{n}", "department", FIELDS[n % 4]) for n in range(1, count + 1)
    ]
    named += [(f"样例企业{n}", "enterprise", None) for n in enterprises]
    insert(
        connection,
        "organization",
        "name name_key kind field",
        ((name, name, kind, field) for name, kind, field in named),
    )
    insert(connection, "alliance", "code name name_key", [("jishui", "济水联盟", "济水联盟")])
    start = BEGINNING.isoformat()
    insert(
        connection,
        "alliance_membership",
        "alliance_id organization_id role since",
        ((1, n, "lead" if n == 1 else "member", start) for n in range(1, count + 1)),
    )
    insert(
        connection,
        "pairing",
        "enterprise_id alliance_id since every_days",
        ((count + n, 1, start, EVERY) for n in enterprises),
    )
    insert(
        connection,
        "pairing_official",
        "pairing_id unit_id official since",
        ((n, n % count + 1, f"样{n % 90 + 1}", start) for n in enterprises),
    )
    insert(
        connection,
        "contact",
        "pairing_id made_on kind text by",
        (contact for n in enterprises for contact in _contacts(n)),
    )
    _add_needs(connection, sizes)


def _contacts(pairing: int) -> Iterator[tuple[Any, ...]]:
    """One each quarter up to today; of one enterprise of forty the last one is missing."""
    day, last = BEGINNING + timedelta(days=pairing % EVERY), date.fromisoformat(TODAY)
    if pairing % 40 == 0:
        last -= timedelta(days=EVERY)
    while day <= last:
        yield pairing, day.isoformat(), KINDS[pairing % 4], "上门走访", f"样{pairing % 90 + 1}"
        day += timedelta(days=EVERY)


def needs(sizes: Sizes) -> Iterator[tuple[int, date]]:
    """The needs, each with its pairing and day: one a year of each enterprise."""
    for pairing in range(1, sizes.enterprises + 1):
        day = BEGINNING + timedelta(days=pairing % NEED_EVERY)
        while day < date.fromisoformat(TODAY):
            yield pairing, day
            day += timedelta(days=NEED_EVERY)


def is_open(pairing: int, day: date) -> bool:
    """Of the needs of the last weeks every other one is not solved yet."""
    return pairing % 2 == 0 and (date.fromisoformat(TODAY) - day).days < 30


def _add_needs(connection: sqlite3.Connection, sizes: Sizes) -> None:
    count = units(sizes)
    insert(
        connection,
        "action",
        "source text field raised_by_id owner_id raised_on due_on answer_due_on answered_on status done_on result "
        "confirmed_on score",
        (_action(pairing, day, count) for pairing, day in needs(sizes)),
    )
    insert(
        connection,
        "action_step",
        "action_id step happened_on text due_after owner_after_id",
        (step for key, need in enumerate(needs(sizes), 1) for step in _steps(key, *need, count)),
    )
    insert(
        connection,
        "need",
        "pairing_id action_id",
        ((pairing, n) for n, (pairing, _day) in enumerate(needs(sizes), 1)),
    )


def _action(pairing: int, day: date, count: int) -> tuple[Any, ...]:
    due, answer, done = (day + timedelta(days=days) for days in (14, 3, 5 + pairing % 12))
    owner, raised = pairing % count + 1, count + pairing
    state = (
        ("open", None, None, None, None) if is_open(pairing, day) else ("confirmed", done, "已办", done, 5)
    )
    return "need", "用工难", FIELDS[pairing % 4], raised, owner, day, due, answer, answer, *state


def _steps(key: int, pairing: int, day: date, count: int) -> Iterator[tuple[Any, ...]]:
    yield key, "raised", day, None, day + timedelta(days=14), pairing % count + 1
    yield key, "answered", day + timedelta(days=3), None, None, None
    if not is_open(pairing, day):
        done = day + timedelta(days=5 + pairing % 12)
        yield key, "done", done, "已办", None, None
        yield key, "confirmed", done, None, None, None
