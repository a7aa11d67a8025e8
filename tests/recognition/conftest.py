"""People who have served: what stars, certificates and evaluations need to begin with."""

from __future__ import annotations

import pytest


@pytest.fixture
def served(volunteer):
    """陈样一 (1) with three confirmed records of 2025 and 2026, 5 h 30 min in all; 李样二 (2) with none."""
    volunteer.ok(
        "person",
        "add",
        "陈样一",
        "--volunteer",
        "--id-number",
        "11010519491231002X",
        "--phone",
        "13800000001",
    )
    volunteer.ok("person", "add", "李样二", "--volunteer")
    volunteer.ok(
        "event",
        "add",
        "楼道清洁",
        "--start",
        "2026-06-01 09:00",
        "--end",
        "2026-06-01 11:00",
        "--place",
        "3号楼",
    )
    volunteer.ok(
        "hours", "add", "1", "--date", "2025-03-01", "--hours", "2h", "--work", "送餐", "--evidence", "signed"
    )
    volunteer.ok("hours", "add", "1", "--date", "2025-05-01", "--hours", "1h30m", "--work", "陪诊")
    volunteer.ok(
        *("hours", "add", "1", "--date", "2026-06-01", "--start", "9:00", "--end", "11:00"),
        *("--event", "楼道清洁", "--evidence", "scanned"),
    )
    volunteer.ok("hours", "confirm", "1", "2", "3")
    return volunteer
