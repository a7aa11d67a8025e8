"""What a chart says, before anybody draws it: what was found, of what, in which unit, and every value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TypeAlias

from volunteer_cli.core.i18n import _, listed
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.visible import harmless

Value: TypeAlias = float | Quantity


class Form(StrEnum):
    """How values are drawn, which follows from what they are of."""

    #: Months, one beside the other.
    COLUMNS = auto()
    #: More months than there is room for columns.
    LINE = auto()
    #: Kinds of things, one below the other; of two dimensions the second one's parts in a row.
    BARS = auto()
    #: Ages, one sex to the left and one to the right.
    PYRAMID = auto()
    #: Each value against a goal of its own.
    BULLETS = auto()
    #: The few parts of one whole.
    SHARE = auto()


@dataclass(frozen=True)
class Series:
    """A value for each label of a chart; those of the period before are drawn in grey."""

    name: str
    values: Sequence[Value]
    former: bool = False


@dataclass(frozen=True)
class Chart:
    """One picture.

    Attributes:
        title: what was found.
        subtitle: of what: the unit, the breakdown, whose, when.
        source: where the figures come from, and how old they are.
        unit: what all values are counted in; `units` where each label has its own.
        rest: the place of the label for what belongs to nothing, which is drawn in grey.
        note: what is not drawn.
    """

    form: Form
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    subtitle: str = ""
    source: str = ""
    unit: str = ""
    units: Sequence[str] = ()
    rest: int | None = None
    note: str = ""

    @property
    def now(self) -> list[Series]:
        """The series that are of the period itself; of bullets the second one is the goal."""
        return [one for one in self.series if not one.former]

    @property
    def before(self) -> Series | None:
        """The series of the period before, where it is compared."""
        return next((one for one in self.series if one.former), None)

    @property
    def one_scale(self) -> bool:
        """Whether all values can be measured against each other: pieces and sets cannot."""
        return len(set(self.units)) <= 1

    @property
    def most(self) -> float:
        """The greatest value that one bar reaches; parts of a bar are added up."""
        reach = self.total if self.form is Form.BARS else self._highest
        former = map(size, self.before.values) if self.before else ()
        most: float = max([0.0, *map(reach, range(len(self.labels))), *former])
        return most

    def _highest(self, place: int) -> float:
        return max((size(one.values[place]) for one in self.now), default=0)

    def most_of(self, place: int) -> float:
        """The greatest value that is measured in the unit of a label."""
        alike = (other for other in range(len(self.labels)) if self.unit_of(other) == self.unit_of(place))
        return max([0.0, *map(self.total, alike)])

    def total(self, place: int) -> float:
        """The values of a label, added up."""
        return sum(max(size(one.values[place]), 0) for one in self.now)

    def unit_of(self, place: int) -> str:
        """What the values of a label are counted in."""
        return self.units[place] if self.units else self.unit

    @property
    def alternative(self) -> str:
        """All that the picture shows, in words: what was found, and every figure."""
        told = listed(list(self._figures()))
        return _("; ").join(harmless(part) for part in (self.title, self.subtitle, told, self.note) if part)

    def _figures(self) -> Iterator[str]:
        for place, label in enumerate(self.labels):
            values = [
                f"{one.name} {figure(one.values[place])}".strip()
                if len(self.series) > 1
                else figure(one.values[place])
                for one in self.series
            ]
            yield f"{label} {' / '.join(values)} {self.unit_of(place)}".strip()


def size(value: Value) -> float:
    """How far a value reaches in a picture."""
    return value.number if isinstance(value, Quantity) else value


def figure(value: Value, unit: str = "") -> str:
    """The value as it stands beside a bar: at most one decimal, the sign of an inexact one, and the unit."""
    sign = f"{value.sign} " if isinstance(value, Quantity) and value.sign else ""
    number = sign + f"{size(value):,.1f}".removesuffix(".0")
    return _("{number} {unit}").format(number=number, unit=unit) if unit else number


def percent(number: float) -> str:
    """A share as people read it."""
    return f"{round(number)}%"


def share_words(chart: Chart, one: Series) -> Iterator[str]:
    """Each part of a whole with its value and what it is of the whole in per cent."""
    whole = sum(map(size, one.values)) or 1
    for label, value in zip(chart.labels, one.values, strict=True):
        told = figure(value, chart.unit), percent(100 * size(value) / whole)
        yield _("{label} {value} ({percent})").format(label=harmless(label), value=told[0], percent=told[1])
