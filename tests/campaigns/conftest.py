"""Households of one grid with numbers to call, and people who call."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from campaigning import settle
from volunteering import Volunteer


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
