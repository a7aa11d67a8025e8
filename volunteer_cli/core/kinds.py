"""What values are, for all that reads, keeps or shows them."""

from __future__ import annotations

from enum import StrEnum, auto


class Kind(StrEnum):
    """What a value is; masking, alignment, translation and format follow from it."""

    TEXT = auto()
    ID = auto()
    #: A code or number that people type; never cut.
    CODE = auto()
    #: One of a few stored words, shown translated.
    CHOICE = auto()
    FLAG = auto()
    #: Several short texts.
    LIST = auto()
    DATE = auto()
    DATETIME = auto()
    TIME = auto()
    #: A duration in integer minutes.
    MINUTES = auto()
    COUNT = auto()
    NUMBER = auto()
    #: Integer fen, shown as yuan.
    MONEY = auto()
    PHONE = auto()
    ID_NUMBER = auto()
    #: What of an address lies beyond building and grid.
    ADDRESS = auto()
    #: A list of records, shown by the column's own view.
    ROWS = auto()
    #: Anything that JSON can hold.
    JSON = auto()
    #: A share of one: 0.25 is shown as 25%.
    PERCENT = auto()
    #: A whole number, or a `Quantity`, which is shown with the sign of its direction.
    QUANTITY = auto()


NUMERIC = frozenset(
    {Kind.ID, Kind.MINUTES, Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.QUANTITY},
)
