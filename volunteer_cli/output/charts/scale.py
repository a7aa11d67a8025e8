"""A scale that begins at zero and has three or four round ticks."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

MOST_STEPS = 4
#: Steps that people count in, by the power of ten.
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Scale:
    """From nothing to a little more than the greatest value."""

    step: float
    steps: int

    @property
    def top(self) -> float:
        """Where the scale ends."""
        return self.step * self.steps

    @property
    def ticks(self) -> list[float]:
        """Zero and what follows it."""
        return [self.step * place for place in range(self.steps + 1)]

    def share(self, value: float) -> float:
        """How much of the scale a value takes; less than nothing takes none."""
        return max(value, 0) / self.top


def scale_to(most: float, *, whole: bool = False) -> Scale:
    """The scale on which the greatest value stands; of things that are counted no tick is between two of them."""
    if most <= 0:
        return Scale(1, 1)
    power = 10.0 ** floor(log10(most / MOST_STEPS))
    step = next(power * each for each in ROUND if most / (power * each) <= MOST_STEPS)
    step = max(step, 1) if whole else step
    return Scale(step, ceil(most / step - 1e-9))
