"""A grid with its workers, an elder who lives alone, and a drive with sacks of rice."""

from __future__ import annotations

import pytest
from volunteering import Volunteer


@pytest.fixture
def care(volunteer: Volunteer) -> Volunteer:
    """王样奶 lives alone at 3-1-101 (a tag of the first of June), 李样一 at 3-1-102 without a rhythm."""
    for name in ("赵样一", "卫样一", "蒋样一"):
        volunteer.ok("person", "add", name)
    volunteer.ok(
        "person", "add", "王样奶", "--address", "3-1-101", "--grid", "07", "--emergency-contact", "女儿密电"
    )
    volunteer.ok("person", "add", "李样一", "--address", "3-1-102", "--grid", "07")
    volunteer.ok("person", "edit", "王样奶", "--add-tag", "elder_alone", "--since", "2026-06-01")
    volunteer.ok("household", "form", "--on", "2026-01-01")
    volunteer.ok("community", "grid", "binhu", "07", "--worker", "赵样一", "--head", "卫样一")
    return volunteer


@pytest.fixture
def weiwen(care: Volunteer) -> Volunteer:
    """The same with a drive that has two sacks of rice on hand, one of each slip."""
    care.ok("drive", "add", "冬日慰问物资", "--code", "weiwen", "--start", "2026-01-01")
    for day in ("2026-01-05", "2026-01-06"):
        care.ok("drive", "receive", "weiwen", "--anonymous", "--item", "米=1袋", "--on", day)
    care.ok("drive", "sort", "weiwen", "--item", "米=2袋", "--as", "accepted", "--on", "2026-01-07")
    return care
