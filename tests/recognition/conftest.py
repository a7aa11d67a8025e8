"""People who have served: what stars and certificates need to begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest
from volunteering import Volunteer

from volunteer_cli.core.history import insert_rows
from volunteer_cli.hours.models import HoursRecord

#: Writes services of a person, each a day and its minutes, and answers their ids.
Serve: TypeAlias = Callable[..., list[int]]
SERVICE = {
    "community_id": 1,
    "person_id": 1,
    "event_id": None,
    "team_id": None,
    "start_minute": None,
    "end_minute": None,
    "evidence": "signed",
    "status": "confirmed",
    "late": False,
    "work": "送餐",
    "recorded_by": "tester",
    "confirmed_by": "tester",
    "reason": None,
    "corrects_id": None,
}


@pytest.fixture
def serve() -> Serve:
    """A writer of records of hours: the day and the minutes of each, and what is unlike an ordinary one."""

    def write(volunteer: Volunteer, *services: Any, **unlike: Any) -> list[int]:
        rows = [
            {**SERVICE, **unlike, "served_on": date.fromisoformat(day), "minutes": minutes, **dict(*more)}
            for day, minutes, *more in services
        ]
        with volunteer.writing("hours add") as session:
            return list(insert_rows(session, HoursRecord, rows))

    return write


@pytest.fixture
def served(volunteer: Volunteer, serve: Serve) -> Volunteer:
    """陈样一 (1) with three confirmed records of 2025 and 2026, 5 h 30 min in all; 李样二 (2) with none."""
    volunteer.ok(
        *("person", "add", "陈样一", "--volunteer", "--id-number", "11010519491231002X"),
        *("--phone", "13800000001"),
    )
    volunteer.ok("person", "add", "李样二", "--volunteer")
    volunteer.ok(
        *("event", "add", "楼道清洁", "--place", "3号楼"),
        *("--start", "2026-06-01 09:00", "--end", "2026-06-01 11:00"),
    )
    serve(
        volunteer,
        ("2025-03-01", 120),
        ("2025-05-01", 90, {"work": "陪诊", "evidence": "reported"}),
        ("2026-06-01", 120, {"event_id": 1, "work": None, "evidence": "scanned"}),
    )
    return volunteer
