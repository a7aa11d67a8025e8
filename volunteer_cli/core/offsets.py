"""Moments for other programs: with the offset that the community's clock had, on the way out and on the way in.

What is stored is the time on the wall, which is what people wrote; a program elsewhere needs to know whose wall.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from volunteer_cli.core.clock import WITH_OFFSET
from volunteer_cli.core.run import run


def with_offset(wall: datetime) -> str:
    """A time on the wall in ISO 8601, with seconds and its offset."""
    zone = _zone()
    return (wall.replace(tzinfo=zone) if zone else wall.astimezone()).isoformat(timespec="seconds")


def on_the_wall(text: str) -> str:
    """A moment that says its offset as the community's clock shows it; any other text as it is."""
    stripped = text.strip()
    if not WITH_OFFSET.fullmatch(stripped):
        return text
    return datetime.fromisoformat(stripped).astimezone(_zone()).replace(tzinfo=None).isoformat()


def _zone() -> ZoneInfo | None:
    """The zone of the database that is open; without one, and without a name, the machine's own."""
    name = run().clock.zone if run().session is not None else ""
    return ZoneInfo(name) if name else None
