"""Households of one grid with numbers to call, and people who call."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from volunteering import Volunteer

CALLERS = ("赵样一", "蒋样一", "卫样一")


def settle(volunteer: Volunteer, number: int, *, grid: str = "07", phones: bool = True) -> None:
    """So many households of one person each, 3-1-101 and so on, with numbers from 19900000001 on."""
    lines = [f"person add {name}" for name in CALLERS]
    for place in range(1, number + 1):
        phone = f" --phone 199{place:08}" if phones else ""
        lines.append(f"person add 居民样{place} --address 3-1-{100 + place} --grid {grid}{phone}")
    lines.append("household form --on 2026-01-01")
    volunteer.ok("batch", "-", stdin="\n".join(lines))


@pytest.fixture
def settled(volunteer: Volunteer) -> Callable[[int], Volunteer]:
    """The same database with so many households."""

    def make(number: int) -> Volunteer:
        volunteer.today = "2026-06-01T09:00"
        settle(volunteer, number)
        return volunteer

    return make


@pytest.fixture
def calls(settled: Callable[[int], Volunteer]) -> Volunteer:
    """A campaign `hanchao` of calls to four households, opened on 2026-06-01 at nine."""
    volunteer = settled(4)
    volunteer.ok(
        "campaign", "add", "寒潮电话排查", "--code", "hanchao", "--preset", "calls", "--start", "2026-06-01"
    )
    volunteer.ok("campaign", "open", "hanchao")
    return volunteer
