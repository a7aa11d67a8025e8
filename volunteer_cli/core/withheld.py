"""A figure that must not be printed, for it tells too much of too few."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Withheld:
    """What is printed instead of a number: nothing in JSON, a sign where people read.

    Attributes:
        sign: `<5`, or `*` for a larger number by which a smaller one could be computed.
        number: the number itself, of which totals are made.
        total: what is printed instead of the column's total, where that must not be printed either.
    """

    sign: str
    number: int = field(repr=False, default=0)
    total: str | None = None


def is_withheld(value: object) -> bool:
    """Whether a value must not be printed."""
    return isinstance(value, Withheld)
