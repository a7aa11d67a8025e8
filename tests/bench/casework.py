"""Residents' requests of ten years, and call campaigns of 9,000 households with a million attempts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from volunteer_cli.core.dates.working_days import add_working_days

from .filling import TODAY, Sizes, insert, moment

CATEGORIES = (
    "heating",
    "water",
    "power_gas",
    "property",
    "repair",
    "sanitation",
    "parking",
    "noise",
    "smell",
)
CHANNELS = ("phone", "visit", "hotline", "grid")
TROUBLES = ("暖气不热", "下水道堵了", "楼道灯不亮", "电梯停了", "垃圾没人收", "半夜有人抽鞭子")
#: The first day of the ten years, and how many of the last requests are still open.
BEGINNING, OPEN = date(2016, 7, 1), 400
FIRMS = 40
#: Callers of every five requests.
CALLERS = 8


def add_requests(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """Requests with their callers, leads and steps; all but the last ones are finished and closed."""
    numbers = range(1, sizes.requests + 1)
    firms = ((f"样例服务公司{n}", f"样例服务公司{n}", "enterprise") for n in range(1, FIRMS + 1))
    insert(connection, "organization", "name name_key kind", firms)
    insert(
        connection,
        "request",
        "community_id number text kind category urgency channel building grid received_at first_due_on due_on moved_at "
        "last_step_id status hold_id extended_days redone result finished_on first_finished_on finished_due_on closed_on",
        (_request(n, sizes) for n in numbers),
    )
    insert(
        connection,
        "request_caller",
        "request_id home_id person_id household_id anonymous confidential wants_callback called_at channel calls "
        "respond_by answered_at",
        (caller for n in numbers for caller in _callers(n, sizes)),
    )
    insert(
        connection,
        "request_callback",
        "caller_id round tried_on reached solved satisfied",
        _callbacks(sizes),
    )
    insert(
        connection,
        "request_hold",
        "request_id organization_id since until ended final",
        (_hold(n, sizes) for n in numbers),
    )
    insert(
        connection,
        "request_step",
        "request_id taken_at step status_before by organization_id days calendar",
        (step for n in numbers for step in _steps(n, sizes)),
    )


def received_on(number: int, sizes: Sizes) -> date:
    """The day of a request: all but the open ones spread over the years, those over the last weeks."""
    closed = sizes.requests - OPEN if sizes.requests > OPEN else sizes.requests // 2
    if number > closed:
        return date.fromisoformat(TODAY) - timedelta(
            days=20 - 19 * (number - closed) // (sizes.requests - closed)
        )
    span = (date.fromisoformat(TODAY) - timedelta(days=30) - BEGINNING).days
    return BEGINNING + timedelta(days=(number - 1) * span // closed)


def is_open(number: int, sizes: Sizes) -> bool:
    """Whether it is still with its lead."""
    return number > (sizes.requests - OPEN if sizes.requests > OPEN else sizes.requests // 2)


@cache
def working_days_after(day: date, count: int) -> date:
    """A day so many working days later."""
    return add_working_days(day, count)


def finished_on(number: int, sizes: Sizes) -> date:
    """One of eleven is finished after its five working days."""
    return working_days_after(received_on(number, sizes), 7 if number % 11 == 0 else number % 4 + 1)


def _request(number: int, sizes: Sizes) -> tuple[Any, ...]:
    day, done = received_on(number, sizes), not is_open(number, sizes)
    due = working_days_after(day, 5)
    finished = finished_on(number, sizes)
    closed = working_days_after(finished, 2)
    steps = (
        number * STEPS if done else (sizes.requests - _opened(sizes)) * STEPS + 2 * _place_open(number, sizes)
    )
    moved = moment(closed if done else day, 0 if done else 11)
    return (
        1, f"BINHU-R{day.year}-{number:06}", TROUBLES[number % len(TROUBLES)], "complaint",
        CATEGORIES[number % len(CATEGORIES)], "ordinary", CHANNELS[number % len(CHANNELS)], str(number % 60 + 1),
        str(number % 33 + 1), moment(day, 9), due, due, moved, steps, "closed" if done else "assigned", number, 0, 0,
        *(("solved", finished, finished, due, closed) if done else (None,) * 5),
    )  # fmt: skip


def _opened(sizes: Sizes) -> int:
    return sum(is_open(n, sizes) for n in range(max(1, sizes.requests - 2 * OPEN), sizes.requests + 1))


def _place_open(number: int, sizes: Sizes) -> int:
    """Which of the open ones it is, from 1."""
    return number - (sizes.requests - (OPEN if sizes.requests > OPEN else (sizes.requests + 1) // 2))


def callers_of(number: int) -> int:
    """How many callers it has: 8 of every 5 requests."""
    return (1, 2, 1, 3, 1)[number % 5]


def _callers(number: int, sizes: Sizes) -> Iterator[tuple[Any, ...]]:
    day, done = received_on(number, sizes), not is_open(number, sizes)
    for place in range(callers_of(number)):
        person = (number * 3 + place) % sizes.people + 1
        answered = moment(day, 12) if done or place == 0 else None
        yield (
            number, number, person, None, 0, 0, 1, moment(day, 9 + place), CHANNELS[number % len(CHANNELS)], 1,
            working_days_after(day, 1), answered,
        )  # fmt: skip


def _callbacks(sizes: Sizes) -> Iterator[tuple[Any, ...]]:
    caller = 0
    for number in range(1, sizes.requests + 1):
        for _place in range(callers_of(number)):
            caller += 1
            if not is_open(number, sizes):
                tried = working_days_after(finished_on(number, sizes), 1)
                solved = ("yes", "yes", "yes", "partly", "no")[caller % 5]
                content = ("yes", "mostly", "yes", "no")[caller % 4]
                yield caller, 1, tried, 1, solved, content


def _hold(number: int, sizes: Sizes) -> tuple[Any, ...]:
    until = None if is_open(number, sizes) else finished_on(number, sizes)
    return number, number % FIRMS + 1, received_on(number, sizes), until, until and "finished", 0


#: Steps of a request that is closed.
STEPS = 4


def _steps(number: int, sizes: Sizes) -> Iterator[tuple[Any, ...]]:
    day, firm = received_on(number, sizes), number % FIRMS + 1
    yield number, moment(day, 9), "register", "registered", "前台", None, 5, 0
    yield number, moment(day, 11), "assign", "registered", "前台", firm, None, 0
    if not is_open(number, sizes):
        finished = finished_on(number, sizes)
        yield number, moment(finished, 0), "finish", "assigned", "前台", None, None, 0
        yield number, moment(working_days_after(finished, 2), 0), "close", "finished", "前台", None, None, 0


# --- campaigns ------------------------------------------------------------

CAMPAIGNS, ATTEMPTS = 40, 3
OUTCOMES = ("no_answer", "busy", "done", "done", "refused", "partial")


def add_campaigns(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """Campaigns with all households on their lists, one after the other; the last one still runs and is half done."""
    campaigns = range(1, CAMPAIGNS + 1)
    insert(
        connection,
        "campaign",
        "community_id code name name_key unit method starts_on urgent coverage_only counts_as_visit opened_at closed_on",
        (
            (
                1, f"round{n}", f"第{n}次电话", f"第{n}次电话", "household", "call", opened_on(n), 0, 0, 0,
                moment(opened_on(n), 8), None if n == CAMPAIGNS else opened_on(n) + timedelta(days=30),
            )
            for n in campaigns
        ),
    )  # fmt: skip
    insert(
        connection,
        "campaign_stage",
        "campaign_id name conditions opened_at",
        ((n, "all", "[]", moment(opened_on(n), 8)) for n in campaigns),
    )
    targets = [(n, home) for n in campaigns for home in range(1, sizes.households + 1)]
    insert(
        connection,
        "target",
        "campaign_id household_id grid building source listed_at",
        (
            (n, home, str(home % 33 + 1), str(home % 60 + 1), "listed", moment(opened_on(n), 8))
            for n, home in targets
        ),
    )
    insert(
        connection,
        "stage_target",
        "stage_id target_id since",
        ((n, key, moment(opened_on(n), 8)) for key, (n, _home) in enumerate(targets, 1)),
    )
    insert(
        connection,
        "attempt",
        "target_id stage_id at by_id method outcome off_hours",
        (attempt for key, (n, home) in enumerate(targets, 1) for attempt in _attempts(key, n, home)),
    )


def opened_on(campaign: int) -> date:
    """The day on which the list of a campaign was frozen; the last one runs since the first of the month."""
    return date(2026, 6, 1) - timedelta(days=90 * (CAMPAIGNS - campaign))


def _attempts(target: int, campaign: int, home: int) -> Iterator[tuple[Any, ...]]:
    """Up to three calls; in the campaign that runs every other household has not been called yet."""
    if campaign == CAMPAIGNS and home % 2:
        return
    for place in range(ATTEMPTS):
        outcome = OUTCOMES[(home + campaign + place * 2) % len(OUTCOMES)]
        day = opened_on(campaign) + timedelta(days=1 + place * 3 + home % 3)
        yield target, campaign, moment(day, 9 + home % 8), home % 20 + 1, "call", outcome, 0
        if outcome in ("done", "refused"):
            return


def add_call_list(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """One campaign with all households on its list, opened at the beginning of the year; nobody was called yet."""
    opened = moment(FIRST_CALL, 8)
    columns = (
        "community_id code name name_key unit method starts_on urgent coverage_only counts_as_visit opened_at"
    )
    campaign = (1, "hanchao", "寒潮", "寒潮", "household", "call", FIRST_CALL, 0, 0, 0, opened)
    insert(connection, "campaign", columns, [campaign])
    insert(connection, "campaign_stage", "campaign_id name conditions opened_at", [(1, "all", "[]", opened)])
    homes = connection.execute("SELECT id, grid, building FROM household ORDER BY id").fetchall()
    insert(
        connection,
        "target",
        "campaign_id household_id grid building source listed_at",
        ((1, *home, "listed", opened) for home in homes),
    )
    insert(
        connection,
        "stage_target",
        "stage_id target_id since",
        ((1, key, opened) for key in range(1, len(homes) + 1)),
    )


#: The day on which the list to call was frozen.
FIRST_CALL = date(2026, 1, 1)
