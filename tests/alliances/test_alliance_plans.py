"""What is asked all day of an alliance walks through no table that grows: steps into an index, never all contacts."""

from __future__ import annotations

from typing import Any

import pytest
from chain_scripts import CARRIED_OUT, FIRST, NEED, UNITS, batch
from drives.test_drive_plans import statements
from volunteering import Volunteer

#: Tables that grow with the years; pairings are asked one by one when each is due.
GROWING = {
    "contact", "delivery", "need", "action", "action_step", "topic", "topic_step", "topic_action", "decision",
    "attendance", "agenda_item", "council_session", "alliance_activity", "activity_unit", "organization",
}  # fmt: skip
HOT = (
    "pairing due",
    "pairing show 1",
    "pairing contacts 1",
    "pairing needs 1",
    "pairing contact 1 --text 问候",
    "pairing need 1 用工难",
    "pairing answer 3 --text 已转",
    "pairing raise 3 --council hall",
    "pairing hand 1 --official 样干部二",
    "council agenda 3",
    "council session 3",
    "council topic 1",
    "council topics hall --open",
    "council actions hall --open",
    "council actions hall --overdue",
    "council steps 3",
    "council progress 3 --text 在办",
    "council done 3 --result 好",
    "council attend 3 区城市管理局",
    "council minutes UNION-2026-02",
    "alliance members union",
    "report today",
)
#: Ten years of contacts to one enterprise, and as many matters that are settled long ago.
YEARS = """
    WITH RECURSIVE days(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM days WHERE n < 3000)
"""


@pytest.fixture
def years(volunteer: Volunteer) -> Volunteer:
    batch(volunteer, UNITS, NEED, FIRST, CARRIED_OUT)
    script = (
        "pairing contact 1 --text 走访 --on 2026-03-01",
        "pairing need 1 融资难 --on 2026-06-29",
        "council convene hall --start '2026-07-10 14:00' --end 16:00",
    )
    volunteer.ok("batch", "-", stdin="\n".join(script))
    for table in ("contact", "action"):
        columns = ", ".join(
            row[0]
            for row in volunteer.ask(f"SELECT name FROM pragma_table_info('{table}')")
            if row[0] != "id"
        )
        of = "1" if table == "contact" else "2"
        volunteer.ask(
            f"{YEARS} INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}, days WHERE id = {of}"
        )
    return volunteer


def scans(volunteer: Volunteer, statement: str, parameters: Any) -> list[str]:
    """The tables that grow and that a query walks through, with or without an index."""
    if not statement.lstrip().startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
        return []
    with volunteer.connected(writing=False) as ask:
        plan = [row[3] for row in ask(f"EXPLAIN QUERY PLAN {statement}", *parameters)]
    return [step for step in plan if step.startswith("SCAN") and step.split()[1] in GROWING]


def test_no_hot_command_scans_a_table_that_grows(years: Volunteer) -> None:
    walked: dict[tuple[str, str], str] = {}
    for line in HOT:
        with statements() as asked:
            years.ok(*line.split())
        for statement, parameters in asked:
            walked |= {(line, step): statement for step in scans(years, statement, parameters)}
    assert walked == {}


def test_a_scan_would_be_seen(years: Volunteer) -> None:
    assert scans(years, "SELECT * FROM contact WHERE text = 'x'", ()) == ["SCAN contact"]
