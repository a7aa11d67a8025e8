"""Households with numbers to call, and people who call, for the tests of campaigns and the benchmarks."""

from __future__ import annotations

from volunteering import Volunteer

CALLERS = ("赵样一", "蒋样一", "卫样一")


def resident(place: int) -> str:
    """The name of who lives behind a door; the first four are 居民甲, 居民乙, 居民丙 and 居民丁."""
    return f"居民{'甲乙丙丁'[place - 1]}" if place <= 4 else f"居民样{place}"


def settle(volunteer: Volunteer, number: int, *, grid: str = "07", phones: bool = True) -> None:
    """So many households of one person each, 3-1-101 and so on, with numbers from 19900000001 on."""
    lines = [f"person add {name}" for name in CALLERS]
    for place in range(1, number + 1):
        phone = f" --phone 199{place:08}" if phones else ""
        lines.append(f"person add {resident(place)} --address 3-1-{100 + place} --grid {grid}{phone}")
    lines.append("household form --on 2026-01-01")
    volunteer.ok("batch", "-", stdin="\n".join(lines))
