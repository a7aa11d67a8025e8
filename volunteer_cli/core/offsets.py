"""Moments for other programs: with the offset that the community's clock had, on the way out and on the way in.

What is stored is the time on the wall, which is what people wrote; a program elsewhere needs to know whose wall.
"""

from __future__ import annotations

from datetime import UTC, datetime

from volunteer_cli.core.clock import Clock, on_wall, says_offset
from volunteer_cli.core.run import run


def with_offset(wall: datetime) -> str:
    """A time on the wall in ISO 8601, with seconds and its offset; without a database by the machine's clock."""
    zone = run().clock.tzinfo if run().session is not None else None
    return (wall.replace(tzinfo=zone) if zone else wall.astimezone()).isoformat(timespec="seconds")


def wall_of(moment: datetime) -> datetime:
    """A moment that is kept in UTC, as operations are, on the clock of the community or else of the machine."""
    zone = run().clock.tzinfo if run().session is not None else None
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, microsecond=0)


def on_the_wall(text: str) -> str:
    """A moment that says its offset as the community's clock shows it; any other text as it is."""
    if not says_offset(text):
        return text
    # A clock of its own: that of the run stands still once it was asked, and a line's --today may be read after this.
    session = run().session
    return on_wall(text, Clock.of(session, None).tzinfo if session is not None else None)
