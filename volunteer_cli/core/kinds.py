"""What values are, for all that reads, keeps or shows them."""

from __future__ import annotations

from enum import StrEnum, auto


class Kind(StrEnum):
    """What a value is; masking, alignment, translation and format follow from it."""

    TEXT = auto()
    ID = auto()
    CODE = auto()
    """A code or number that people type; never cut."""
    CHOICE = auto()
    """One of a few stored words, shown translated."""
    FLAG = auto()
    LIST = auto()
    """Several short texts."""
    DATE = auto()
    DATETIME = auto()
    TIME = auto()
    MINUTES = auto()
    """A duration in integer minutes."""
    COUNT = auto()
    NUMBER = auto()
    MONEY = auto()
    """Integer fen, shown as yuan."""
    PHONE = auto()
    ID_NUMBER = auto()
    ADDRESS = auto()
    """What of an address lies beyond building and grid."""
    ROWS = auto()
    """A list of records, shown by the column's own view."""
    JSON = auto()
    """Anything that JSON can hold."""
    PERCENT = auto()
    """A share of one: 0.25 is shown as 25%."""
    QUANTITY = auto()
    """A whole number, or a `Quantity`, which is shown with the sign of its direction."""


NUMERIC = frozenset(
    {Kind.ID, Kind.MINUTES, Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.QUANTITY},
)
