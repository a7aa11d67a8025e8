"""A small community with people at three addresses."""

from __future__ import annotations

import pytest
from volunteering import Volunteer


@pytest.fixture
def binhu(volunteer: Volunteer) -> Volunteer:
    """Two people at 3-2-501, one at 3-501 without a unit, one of whom only the building is known."""
    volunteer.ok("person", "add", "李明", "--address", "3-2-501", "--phone", "13800000001", "--grid", "07")
    volunteer.ok("person", "add", "王芳", "--address", "3-2-501")
    volunteer.ok("person", "edit", "王芳", "--add-tag", "elder_alone", "--since", "2025-09-01")
    volunteer.ok("person", "add", "赵样一", "--address", "3-501")
    volunteer.ok("person", "add", "钱样一", "--building", "3")
    return volunteer


@pytest.fixture
def formed(binhu: Volunteer) -> Volunteer:
    """The same with their households, the first headed by 李明."""
    binhu.ok("household", "form", "--on", "2026-01-01")
    binhu.ok("household", "edit", "3-2-501", "--head", "李明")
    return binhu
