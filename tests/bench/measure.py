"""Running things beside each other: what one process costs, and what may be said of two.

Ratios come from one run, so that the speed of the machine drops out: the tasks of a comparison
take turns, and of each the cheapest run counts. The clock is CPU time (user and system, children
included), which a busy machine disturbs least; `--clock wall` takes the time on the wall instead.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: A comparison goes on for at most so many rounds, and stops early when it has taken this long.
MOST_ROUNDS, FEWEST_ROUNDS, SECONDS_ENOUGH = 25, 3, 20.0
#: What is left after start-up was taken off is at least this (seconds), or the ratio means nothing.
LEAST = 0.001


class TaskFailed(Exception):
    """A command that was to be measured did not do its work"""


@dataclass(frozen=True)
class Cost:
    """What one process cost: seconds of CPU and on the wall, and its peak of memory in MB."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, eq=False)
class Task:
    """One process to measure.

    `before` runs before each round and is not measured; `times` is how often the work is meant to
    be done when it is measured once (10,000 processes); `output` receives stdout.
    """

    name: str
    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: Path | None = None
    output: Path | None = None
    before: Callable[[], object] | None = None
    times: int = 1

    def run(self) -> Cost:
        """Run it once.

        Raises:
            TaskFailed: it ended with a code that is not 0.
        """
        if self.before:
            self.before()
        with (
            (self.stdin or Path(os.devnull)).open("rb") as given,
            (self.output or Path(os.devnull)).open("wb") as taken,
            tempfile.TemporaryFile() as said,
        ):
            begun = time.perf_counter()
            process = subprocess.Popen(
                self.words, env=self.environment, stdin=given, stdout=taken, stderr=said
            )
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                said.seek(0)
                raise TaskFailed(f"{self.name}: {said.read().decode(errors='replace').strip()[-500:]}")
        return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


@dataclass(frozen=True)
class Result:
    """One line of the table; `verdict` is prize, met, MISSED, skipped, FAILED, or ran where size says nothing."""

    what: str
    verdict: str
    measured: str = ""
    beside: str = ""
    ratio: str = ""
    allowed: str = ""
    prize: str = ""


@dataclass(frozen=True)
class Ruler:
    """How the benchmarks of one run are measured and judged; tiny data (`small`) is not judged."""

    clock: str = "cpu"
    rounds: int = MOST_ROUNDS
    small: bool = False

    def within(
        self,
        allowed: float,
        what: str,
        ours: Task,
        beside: Task,
        *,
        prize: float | None = None,
        less: Task | None = None,
        beside_less: Task | None = None,
    ) -> Result:
        """Ours costs at most `allowed` × what the thing beside it costs.

        Start-up is taken off ours with `less`, and off the other with `beside_less`.
        """
        spent = self._spend([task for task in (ours, beside, less, beside_less) if task])
        upper, lower = spent[ours], spent[beside]
        if less:
            upper = max(upper - spent[less], LEAST)
        if beside_less:
            lower = max(lower - spent[beside_less], LEAST)
        ratio = upper / lower
        return Result(
            what,
            self._verdict(ratio <= allowed, prize is not None and ratio <= prize),
            _difference(spent, ours, less),
            f"{beside.name}: {_difference(spent, beside, beside_less)}",
            f"{ratio:.2f} ×",
            f"≤ {allowed:g} ×",
            f"≤ {prize:g} ×" if prize else "",
        )

    def faster(
        self, times: float, what: str, ours: Task, beside: Task, *, prize: float | None = None
    ) -> Result:
        """Ours is at least so many times faster than the thing beside it."""
        spent = self._spend([ours, beside])
        ratio = spent[beside] / spent[ours]
        return Result(
            what,
            self._verdict(ratio >= times, prize is not None and ratio >= prize),
            seconds(spent[ours]),
            f"{beside.name}: {seconds(spent[beside])}",
            f"{ratio:.3g} × faster",
            f"≥ {times:g} ×",
            f"≥ {prize:g} ×" if prize else "",
        )

    def at_most(self, most: float, what: str, ours: Task) -> Result:
        """Ours takes at most so many seconds."""
        spent = self._spend([ours])[ours]
        return Result(what, self._verdict(spent <= most), seconds(spent), allowed=f"≤ {most:g} s")

    def memory(self, megabytes: float, what: str, ours: Task) -> Result:
        """The peak of memory of one run is at most so many MB."""
        peak = ours.run().peak
        return Result(what, self._verdict(peak <= megabytes), f"{peak:.0f} MB", allowed=f"≤ {megabytes:g} MB")

    def skipped(self, what: str, why: str) -> Result:
        """Something that cannot be measured here, said loudly."""
        return Result(what, "skipped", beside=why)

    def _verdict(self, met: bool, prized: bool = False) -> str:
        if self.small:
            return "ran"
        return "prize" if met and prized else "met" if met else "MISSED"

    def _spend(self, tasks: Sequence[Task]) -> dict[Task, float]:
        """The least that each task cost over rounds in which they take turns."""
        unlike = list(dict.fromkeys(tasks))
        spent: dict[Task, float] = dict.fromkeys(unlike, float("inf"))
        begun = time.perf_counter()
        for done in range(1, self.rounds + 1):
            for task in unlike:
                spent[task] = min(spent[task], getattr(task.run(), self.clock) * task.times)
            if done >= FEWEST_ROUNDS and time.perf_counter() - begun > SECONDS_ENOUGH:
                break
        return spent


def seconds(value: float) -> str:
    """A duration as it is read best."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"


def _difference(spent: Mapping[Task, float], task: Task, less: Task | None) -> str:
    return seconds(spent[task]) + (f" − {seconds(spent[less])}" if less else "")
