"""Numbers of things, which may be approximate in a direction that every total keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Direction(StrEnum):
    """In which direction a number of things is not exact."""

    #: 余, 多, 以上, over.
    AT_LEAST = "at_least"
    #: 近, 不到, 不足, nearly: 近百件 are fewer than a hundred.
    AT_MOST = "at_most"
    #: 约, 左右, about.
    ABOUT = "about"


SIGNS = {Direction.AT_LEAST: "≥", Direction.AT_MOST: "≤", Direction.ABOUT: "≈"}
OPPOSITE = {Direction.AT_LEAST: Direction.AT_MOST, Direction.AT_MOST: Direction.AT_LEAST}


def united(directions: Iterable[Direction | None]) -> Direction | None:
    """The direction of a total: that of its parts, and about where those differ; exact parts have none."""
    distinct = {direction for direction in directions if direction}
    if len(distinct) > 1:
        return Direction.ABOUT
    return distinct.pop() if distinct else None


@dataclass(frozen=True)
class Quantity:
    """So many of a unit; what is not exact has the direction in which it is not."""

    number: int
    unit: str | None = None
    direction: Direction | None = None

    @property
    def approximate(self) -> bool:
        """Whether the number is not exact."""
        return self.direction is not None

    @property
    def sign(self) -> str:
        """What stands before the number: ≥, ≤, ≈, or nothing where it is exact."""
        return SIGNS[self.direction] if self.direction else ""

    def __str__(self) -> str:
        # 12件, but 12 pieces: words of letters stand apart from the number.
        space = " " if self.unit and self.unit[0].isascii() else ""
        return f"{self.sign}{self.number}{space}{self.unit or ''}"

    def __bool__(self) -> bool:
        return self.number != 0

    def __add__(self, other: Quantity) -> Quantity:
        direction = united((self.direction, other.direction))
        return Quantity(self.number + other.number, self.unit, direction)

    def __sub__(self, other: Quantity) -> Quantity:
        return self + other.negative

    @property
    def negative(self) -> Quantity:
        """As many less; what is at least so many takes away at least as many, and leaves at most the rest."""
        direction = OPPOSITE.get(self.direction, self.direction) if self.direction else None
        return replace(self, number=-self.number, direction=direction)


def quantity_of(value: Quantity | int | None) -> Quantity:
    """A figure as a quantity: a bare number is exact, and none is zero."""
    return value if isinstance(value, Quantity) else Quantity(value or 0)


def number_of(value: Quantity | int) -> int:
    """The number of a figure that may be approximate."""
    return value.number if isinstance(value, Quantity) else value


def total(values: Iterable[Quantity | int]) -> Quantity:
    """The sum of figures, with the direction that its parts give it."""
    return sum(map(quantity_of, values), start=Quantity(0))
