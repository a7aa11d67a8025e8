"""What was tried at each target: one structure for one attempt and for a million.

A moment is a number of microseconds, and who tried, in which stage and with which outcome is packed into another, so
that a million attempts take some twenty megabytes, in the order of their moments at each target.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from volunteer_cli.campaigns.models import Stage
from volunteer_cli.campaigns.terms import Outcome

HOUR = 60 * 60 * 1_000_000
DAY = 24 * HOUR
#: Moments that are remembered: to the minute, all of half a year.
MEMORY = 200_000
#: A mark from its lowest bit: the outcome, the stage by its place among the opened ones, the person.
_STAGE, PERSON = 8, 24
OUTCOMES: dict[str, int] = {outcome.value: number for number, outcome in enumerate(Outcome)}
_DONE = OUTCOMES[Outcome.DONE]
_OUTCOME_BITS = (1 << _STAGE) - 1
_STAGE_BITS = (1 << PERSON) - 1


class Moments(dict[datetime, int]):
    """Moments as numbers: a dictionary that fills itself."""

    def __missing__(self, at: datetime) -> int:
        seconds = ((at.toordinal() * 24 + at.hour) * 60 + at.minute) * 60 + at.second
        moment = seconds * 1_000_000 + at.microsecond
        if len(self) < MEMORY:
            self[at] = moment
        return moment


class _Log:
    """The attempts at one target, in the order of their moments."""

    __slots__ = ("last", "marks", "moments", "put_mark", "put_moment")

    def __init__(self) -> None:
        self.moments = array("q")
        self.marks = array("q")
        self.last = -1
        # Looked up once: a million attempts would look for them a million times.
        self.put_moment, self.put_mark = self.moments.append, self.marks.append

    def add(self, moment: int, mark: int) -> None:
        """Put in one more; nearly always it is the latest."""
        if moment >= self.last:
            self.last = moment
            self.moments.append(moment)
            self.marks.append(mark)
            return
        place = bisect_right(self.moments, moment)
        self.moments.insert(place, moment)
        self.marks.insert(place, mark)

    def has(self, moment: int, person: int, outcome: str | None = None) -> bool:
        """Whether somebody tried at a moment, with this outcome if one is given."""
        marks = [mark for _moment, mark in self.between(moment, moment + 1) if mark >> PERSON == person]
        return any(outcome is None or mark & _OUTCOME_BITS == OUTCOMES[outcome] for mark in marks)

    def between(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Moments and marks from a moment to before another."""
        if first > self.last:
            return iter(())
        span = slice(bisect_left(self.moments, first), bisect_left(self.moments, last))
        return zip(self.moments[span], self.marks[span], strict=True)


class Journal:
    """The attempts that are stored or entered, by target; `done` are the targets that ever were done."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self.moments = Moments()
        self.done: set[int] = set()
        self._places = {stage.id: place for place, stage in enumerate(stages)}
        self._logs: dict[int, _Log] = defaultdict(_Log)

    def read(self, rows: Iterable[Any]) -> Iterator[tuple[int, str]]:
        """Take in what is stored; answer the numbers that turned out to be wrong or dead, by target."""
        for target, at, person, stage, outcome, number in rows:
            self.add(target, self.moments[at], person, stage, outcome)
            if number is not None:
                yield target, number

    def mark_of(self, stage: int) -> int:
        """The part of a mark that says the stage."""
        return self._places[stage] << _STAGE

    def add(self, target: int, moment: int, person: int, stage: int, outcome: str) -> None:
        """Enter an attempt."""
        self._logs[target].add(moment, person << PERSON | self.mark_of(stage) | OUTCOMES[outcome])
        if outcome == Outcome.DONE:
            self.done.add(target)

    def enter_all(self, targets: Sequence[int], moments: Sequence[int], marks: Sequence[int]) -> list[bool]:
        """Enter attempts of which none is there yet, by target, moment and person; answer which were entered."""
        logs, is_new = self._logs, [True] * len(targets)
        for place, (target, moment, mark) in enumerate(zip(targets, moments, marks, strict=True)):
            log = logs[target]
            if moment > log.last:
                # As `add` does; a million calls of it would take as long again.
                log.last = moment
                log.put_moment(moment)
                log.put_mark(mark)
            elif log.has(moment, mark >> PERSON):
                is_new[place] = False
            else:
                log.add(moment, mark)
        return is_new

    def has(self, target: int, moment: int, person: int, outcome: str | None = None) -> bool:
        """Whether somebody tried at a moment, with this outcome if one is given."""
        log = self._logs.get(target)
        return log is not None and log.has(moment, person, outcome)

    def has_on(self, target: int, moment: int, outcome: str) -> bool:
        """Whether an attempt of the day of a moment had this outcome."""
        return any(
            mark & _OUTCOME_BITS == OUTCOMES[outcome] for _moment, mark in self._of_day(target, moment)
        )

    def _of_day(self, target: int, moment: int) -> Iterator[tuple[int, int]]:
        first = moment // DAY * DAY
        return self._between(target, first, first + DAY)

    def _between(self, target: int, first: int, last: int) -> Iterator[tuple[int, int]]:
        log = self._logs.get(target)
        return log.between(first, last) if log else iter(())

    def first_done(self, target: int, stage: int, day: int | None) -> int | None:
        """The moment at which a target was first done in a stage, or in a day's round of it."""
        if target not in self.done:
            return None
        span = (0, 1 << 62) if day is None else (day * DAY, (day + 1) * DAY)
        sought = self._places[stage] << _STAGE | _DONE
        marks = self._between(target, *span)
        return next((moment for moment, mark in marks if mark & _STAGE_BITS == sought), None)

    def tried_by(self, target: int, person: int, stages: Iterable[int]) -> bool:
        """Whether somebody ever tried a target in one of these stages."""
        places = {self._places[stage] for stage in stages}
        marks = (mark for _moment, mark in self._between(target, 0, 1 << 62) if mark >> PERSON == person)
        return any((mark & _STAGE_BITS) >> _STAGE in places for mark in marks)
