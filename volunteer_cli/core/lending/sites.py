"""Sites, and which of them gave an id; light, for help and for every command that looks a record up."""

from __future__ import annotations

from enum import StrEnum

#: A site gives ids from site × RANGE on; the office itself is site 0.
RANGE = 100_000_000
#: Twenty of them fit into ids of 32 bits.
MOST_SITES = 20


class Side(StrEnum):
    """Whose value holds where both changed it."""

    OURS = "ours"
    THEIRS = "theirs"


def site_of(key: int) -> int | None:
    """The site whose copy gave an id; None for an id of the office."""
    return key // RANGE or None
